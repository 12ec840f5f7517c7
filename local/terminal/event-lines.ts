/** What an event on the bus means to someone watching. The words come from the event, never from a script. */
import type { OutgoingEvents } from '../../functions/events.ts';
import type { Line } from './lines.ts';
import { countWord, lengthWord, waybillWord } from './wording.ts';

/** One event as the bus told it. */
export interface Told {
  detailType: string;
  detail: unknown;
  /** epoch milliseconds */
  at: number;
}

/** What is known besides the event itself. */
export interface Known {
  companyOf(contract: { shopId: string; sellerId?: string }): string | undefined;
  /** when the shop told of the shipment, epoch ms */
  shippedAt(shipmentId: string): number | undefined;
  /** numbers left of the contract's pool, at the time of the event */
  numbersLeft?: number;
  trackingHours: number;
  promiseMinutes: number;
  /** more than the one demo shipment is under way: say which order a line is about */
  crowd: boolean;
}

type Details = OutgoingEvents & {
  OrderShipped: { orderId: string; shopId: string; sellerId?: string };
  ShipmentCancelled: { shipmentId: string };
};
type Render = { [Type in keyof Details]?: (detail: Details[Type], known: Known) => Omit<Line, 'at'> };

/** The line for an event; undefined for one that nobody watches. */
export const eventLine = (told: Told, known: Known): Line | undefined => {
  const render = RENDER[told.detailType as keyof Details] as
    ((detail: unknown, known: Known) => Omit<Line, 'at'>) | undefined;
  if (render === undefined) return undefined;
  const line = { ...render(told.detail, known), at: told.at };
  if (!known.crowd || told.detailType === 'OrderShipped') return line;
  const { orderId } = told.detail as { orderId?: string };
  return orderId === undefined ? line : { ...line, aside: [line.aside, orderId].filter(Boolean).join(' · ') };
};

const since = (shipmentId: string, until: string, known: Known): string | undefined => {
  const from = known.shippedAt(shipmentId);
  return from === undefined ? undefined : lengthWord(Date.parse(until) - from);
};

const RENDER: Render = {
  OrderShipped: (detail, known) => ({
    mark: 'done',
    label: '출고완료',
    text: `${known.companyOf(detail) ?? detail.shopId} 주문`,
    aside: detail.orderId,
  }),
  WaybillAllocated: (detail, known) => ({
    mark: 'done',
    label: '운송장 발급',
    text: waybillWord(detail.waybillNumber),
    highlight: true,
    ...(known.numbersLeft !== undefined && { aside: `대역 ${countWord(known.numbersLeft)}개 남음` }),
  }),
  ShipmentWaiting: (detail) => ({ mark: 'trouble', label: '대기', text: detail.explanation }),
  ShipmentTransmitted: (detail, known) => {
    const length = since(detail.shipmentId, detail.transmittedAt, known);
    const text =
      length === undefined ? '우체국이 접수를 확인했습니다' : `접수를 확인했습니다. 출고 후 ${length}`;
    return { mark: 'done', label: '전송완료', text, aside: `약속 ${known.promiseMinutes}분` };
  },
  ShipmentRefused: (detail) => ({ mark: 'failed', label: '거절', text: detail.reason, aside: detail.code }),
  ShipmentConflict: (detail) => ({
    mark: 'trouble',
    label: '내용 충돌',
    text: '같은 발송 건이 다른 내용으로 왔습니다. 처음 것을 따릅니다',
    aside: detail.differingFields.join(', '),
  }),
  WaybillReplaced: (detail) => ({
    mark: 'trouble',
    label: '번호 변경',
    text: `${waybillWord(detail.oldWaybillNumber)} → ${waybillWord(detail.newWaybillNumber)}`,
    aside: detail.reason,
  }),
  WaybillPoolLow: (detail, known) => ({
    mark: 'trouble',
    label: '잔여 부족',
    text: `${known.companyOf(detail) ?? detail.contractId} 운송장번호가 ${countWord(detail.remaining)}개 남았습니다`,
  }),
  ShipmentCancelled: (detail) => ({ mark: 'news', label: '취소 요청', text: detail.shipmentId }),
  CancellationAccepted: () => ({ mark: 'done', label: '취소완료', text: '발송을 취소했습니다' }),
  CancellationRefused: (detail) => ({ mark: 'trouble', label: '취소 거절', text: detail.reason }),
  DeliveryStatusChanged: (detail, known) => statusLine(detail, known),
};

const statusLine = (detail: OutgoingEvents['DeliveryStatusChanged'], known: Known): Omit<Line, 'at'> => {
  const word = ['우체국:', detail.rawText, detail.office].filter(Boolean).join(' ');
  const seen = `${known.trackingHours}시간 갱신에서 확인했습니다`;
  const base = { mark: detail.flagged ? ('trouble' as const) : ('done' as const), aside: word };
  if (detail.orderStatus === '배송완료') {
    const length = since(detail.shipmentId, detail.observedAt, known);
    return { ...base, label: '배송완료', text: length === undefined ? seen : `${length} 만에 끝났습니다` };
  }
  return { ...base, label: detail.orderStatus ?? '배송상태', text: seen };
};
