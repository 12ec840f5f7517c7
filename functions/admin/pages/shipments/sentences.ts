import type { OurNumber } from '../../../waybill/find-number.store.ts';
import { waybillNumber } from '../../mask.ts';
import { day, moment } from '../../time.ts';
import type { Covered } from './search.ts';

const count = (n: number): string => n.toLocaleString('ko');

/** What was looked through, and how to look further. */
export const coveredSentence = ({ shops, shipments, since, whole }: Covered, now: number): string => {
  const where = shops > 1 ? `쇼핑몰 ${count(shops)}곳의 ` : '';
  if (since === undefined) return `${where}출고가 아직 없습니다.`;
  if (whole) return `${where}출고 ${count(shipments)}건을 모두 찾아보았습니다.`;
  const further =
    shops > 1
      ? ' 쇼핑몰을 고르면 더 오래된 출고까지 찾습니다.'
      : ' 더 오래된 출고는 운송장번호로 찾아 주세요.';
  return `${where}최근 출고 ${count(shipments)}건(${day(since, now)} 이후)에서 찾아보았습니다.${further}`;
};

export const notFoundSentence = (q: string): string =>
  `'${q}'와 맞는 출고를 찾지 못했습니다. 운송장번호는 13자리, 주문번호는 전체를 넣어 주세요.`;

/** What became of one of our numbers that no shipment has. */
export const numberSentence = (digits: string, found: OurNumber, shop: string, now: number): string => {
  const shown = waybillNumber(digits);
  const place = `${shop} ${found.block}번째 대역의 ${count(found.position + 1)}번째 번호`;
  switch (found.outcome) {
    case 'given':
      return `${shown}: ${place}이며 출고 ${found.shipmentId}에 쓰였습니다.`;
    case 'free':
      return `${shown}: ${place}이며 아직 쓰지 않았습니다.`;
    case 'retired':
      return `${shown}: ${place}였으나 ${moment(found.at, now)} ${found.by} 님이 쓰지 않고 반납했습니다. 사유: ${found.reason}`;
    case 'void':
      return `${shown}: ${place}였으나 ${moment(found.at, now)} ${found.by} 님이 무효로 했습니다. 사유: ${found.reason}`;
    case 'unexplained':
      return `${shown}: ${place}이며 어느 출고에도 쓰이지 않고 건너뛴 번호입니다. 원장 점검이 필요합니다.`;
  }
};
