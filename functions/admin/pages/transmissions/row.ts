import type { MustAct } from '../../../events.ts';
import type { ListedShipment } from '../../../shipment/listing.store.ts';
import { waybillNumber } from '../../mask.ts';
import { shipmentCode } from '../../shipment-code.ts';
import type { ShipmentCode } from '../../vocabulary.ts';
import { boxWords } from '../shipments/row.ts';
import { causeOf, delayWords } from './causes.ts';
import { isFailed } from './unsent.ts';

/** A transmission as a line of a list; names nobody. */
export interface TxRow {
  shipmentId: string;
  /** 5-4-4 */
  number?: string;
  shop: string;
  orderId: string;
  box?: string;
  code: ShipmentCode;
  attempt: number;
  /** '': none to tell */
  cause: string;
  who?: MustAct;
  receivedAt: number;
  /** since it was shipped: until ePost took it, or until now */
  ageMs: number;
  /** against the promise of 20 minutes */
  age: 'in-time' | 'soon' | 'over';
  /** when it is tried again, where a time is known */
  nextAt?: number;
  /** what comes next otherwise */
  next: string;
  acceptedAt?: number;
}

/** So long before the promise ends an operator should look. */
const SOON_MS = 5 * 60_000;

export const txRow = (shipment: ListedShipment, shops: ReadonlyMap<string, string>, now: number): TxRow => {
  const { state, booking, receivedAt, deadline, waybillNumber: number, notBefore } = shipment;
  const until = booking?.at ?? now;
  const cause = isFailed(shipment) ? causeOf(shipment) : undefined;
  return {
    shipmentId: shipment.shipmentId,
    ...(number !== undefined && { number: waybillNumber(number) }),
    shop: shops.get(shipment.contractId) ?? shipment.contractId,
    orderId: shipment.orderId,
    ...(shipment.box && { box: boxWords(shipment.box) }),
    code: shipmentCode(state),
    attempt: shipment.attempt,
    cause: cause?.words ?? delayWords(shipment),
    ...(cause && { who: cause.who }),
    receivedAt,
    ageMs: until - receivedAt,
    age: until > deadline ? 'over' : until > deadline - SOON_MS ? 'soon' : 'in-time',
    ...(state === 'retrying' && notBefore !== undefined && { nextAt: notBefore }),
    next: NEXT[state],
    ...(booking && { acceptedAt: booking.at }),
  };
};

const NEXT: Readonly<Record<ListedShipment['state'], string>> = {
  waiting: '운송장번호가 생기면',
  allocated: '다음 차례에',
  sending: '보내는 중',
  unknown: '접수 여부를 먼저 확인',
  retrying: '다음 차례에',
  refused: '자동으로 보내지 않음',
  parked: '자동으로 보내지 않음',
  accepted: '',
  cancelled: '',
  closed: '',
};

export const AGE_WORDS: Readonly<Record<TxRow['age'], string>> = {
  'in-time': '20분 안',
  soon: '20분이 가까움',
  over: '20분 넘김',
};
