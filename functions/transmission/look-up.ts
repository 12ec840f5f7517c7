import type { Booking, Reservation } from '../epost/carrier-answer.ts';
import type { Contract } from '../merchant/contract.ts';
import { daysToAsk } from '../shipment/korean-day.ts';
import type { Shipment } from '../shipment/shipment.ts';
import type { GatedCarrier } from './gate.ts';

/** What ePost says it holds of a shipment. */
export type LookUp =
  /** `day` it was booked on, yyyymmdd KST */
  | { found: 'one'; booking: Booking; day: string }
  | { found: 'many' }
  /** `withdrawn`: it held one that was cancelled there */
  | { found: 'none'; withdrawn: boolean }
  | { found: 'no-answer'; why: string };

/** Asks GetResInfo for every KST day the attempt may have landed on. One day without an answer: no answer. */
export const lookUp = async (
  carrier: Pick<GatedCarrier, 'getResInfo'>,
  { shipmentId, attemptAt = 0 }: Pick<Shipment, 'shipmentId' | 'attemptAt'>,
  { customerNo }: Pick<Contract, 'customerNo'>,
): Promise<LookUp> => {
  const rows: { day: string; row: Reservation }[] = [];
  for (const day of daysToAsk(attemptAt)) {
    const answer = await carrier.getResInfo({ customerNo, shipmentId, day });
    if (answer.outcome !== 'ok') return { found: 'no-answer', why: whyOf(answer) };
    rows.push(...answer.value.map((row) => ({ day, row })));
  }
  const parcels = new Map(rows.filter(({ row }) => isLive(row)).map((one) => [one.row.reqNo, one]));
  const [first] = parcels.values();
  if (first === undefined) return { found: 'none', withdrawn: rows.length > 0 };
  if (parcels.size > 1) return { found: 'many' };
  return { found: 'one', booking: { ...first.row, resNo: first.row.resNo ?? '' }, day: first.day };
};

/** 05 신청취소; one cancelled on the portal has lost its resNo (wire facts 1.6). */
const isLive = ({ statusCode, resNo }: Reservation): boolean =>
  statusCode !== '05' && (resNo !== undefined || ['01', '02', '03', '04'].includes(statusCode ?? ''));

const whyOf = (answer: { outcome: string; code?: string; why?: string }): string =>
  answer.code ?? answer.why ?? answer.outcome;
