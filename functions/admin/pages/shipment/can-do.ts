/** What an operator may do with a shipment now; a sentence where not. */
import type { Shipment } from '../../../shipment/shipment.ts';
import { hourMinute } from '../../time.ts';

/** `says` stands under the button, whether it may be pressed or not. */
export interface Doable {
  may: boolean;
  says: string;
}
export interface CanDo {
  check: Doable;
  resend: Doable;
  cancel: Doable;
}
const yes = (says: string): Doable => ({ may: true, says });
const no = (says: string): Doable => ({ may: false, says });

/** @param nextRoundAt epoch ms of the next tracking round, as the last one planned it */
export const canDo = (shipment: Shipment, now: number, nextRoundAt: number | undefined): CanDo => ({
  check: checkable(shipment, now, nextRoundAt),
  resend: resendable(shipment),
  cancel: cancellable(shipment),
});

const checkable = ({ state, waybillNumber }: Shipment, now: number, next: number | undefined): Doable => {
  if (state !== 'accepted' && state !== 'closed') return no('우체국이 접수한 뒤에 확인할 수 있습니다.');
  if (!/^\d{13}$/.test(waybillNumber ?? '')) return no('시험 접수라 배송상태가 없습니다.');
  if (state === 'closed') return no('배송을 마쳐 더 바뀌지 않습니다.');
  return yes(
    next !== undefined && next > now
      ? `다음 자동 확인은 ${hourMinute(next)}입니다.`
      : '3시간마다 자동으로 확인합니다.',
  );
};

const resendable = ({ state, parcel, cancel, ledgerSeq }: Shipment): Doable => {
  if (cancel !== undefined && state !== 'cancelled') return no('취소를 요청해 다시 보내지 않습니다.');
  switch (state) {
    case 'refused':
    case 'parked':
    case 'retrying':
      if (ledgerSeq === undefined)
        return no(
          '운송장번호를 받기 전에 거절됐습니다. 쇼핑몰이 주문을 고쳐 다시 보내면 번호를 받아 나갑니다.',
        );
      if (parcel === undefined) return no('보관 기간이 지나 발송 정보가 남아 있지 않습니다.');
      return yes(
        state === 'parked'
          ? '우체국에 접수 여부를 먼저 묻고, 없으면 같은 운송장번호로 다시 보냅니다.'
          : '같은 운송장번호로 다시 보냅니다.',
      );
    case 'waiting':
      return no('아직 운송장번호가 없어 보낼 수 없습니다. 번호가 생기면 자동으로 보냅니다.');
    case 'allocated':
    case 'sending':
      return no('전송 차례를 기다리고 있습니다. 자동으로 보냅니다.');
    case 'unknown':
      return no('우체국에 접수 여부를 묻고 있습니다. 접수되지 않았으면 자동으로 다시 보냅니다.');
    case 'accepted':
    case 'closed':
      return no('이미 전송을 마쳐 다시 보낼 수 없습니다.');
    case 'cancelled':
      return no('취소한 출고라 다시 보낼 수 없습니다.');
  }
};

const cancellable = ({ state, cancel, tracked }: Shipment): Doable => {
  switch (state) {
    case 'cancelled':
      return no('이미 취소했습니다.');
    case 'closed':
      return no('배송을 마쳐 취소할 수 없습니다.');
    case 'parked':
      return no('우체국 접수 여부를 먼저 확인해야 합니다. 다시 전송해 결과가 정해진 뒤 취소해 주세요.');
    case 'waiting':
    case 'allocated':
    case 'retrying':
    case 'refused':
      return yes('우체국에 보내기 전이라 바로 취소합니다.');
    case 'sending':
    case 'unknown':
    case 'accepted':
      if (cancel !== undefined) return no('취소를 요청했습니다. 우체국의 답을 기다리고 있습니다.');
      if (tracked?.orderStatus) return no('이미 집하되어 취소할 수 없습니다.');
      return yes('우체국에 예약 취소를 요청합니다. 집하 전까지만 받아 줍니다.');
  }
};
