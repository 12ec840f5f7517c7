/** Parcels from before the demonstration began: delivered ones out of a pool that is nearly used up, and two failures. */
import { classifyRefusal } from '../../functions/epost/refusal.ts';
import type { Contract } from '../../functions/merchant/contract.ts';
import { newShipment } from '../../functions/order/new-shipment.ts';
import { type OrderShipped, OUR_DELIVERY_METHOD } from '../../functions/order/told-events.ts';
import { type Attempts, createAttempts } from '../../functions/shipment/attempt.store.ts';
import { koreanDay, koreanTimeOfDay } from '../../functions/shipment/korean-day.ts';
import type { Shipment } from '../../functions/shipment/shipment.ts';
import { createTrackingStore } from '../../functions/shipment/tracking.store.ts';
import { whatIsNew } from '../../functions/tracking/what-is-new.ts';
import { accepted, asUnknown, parked, refused } from '../../functions/transmission/changes.ts';
import { createRunTallies } from '../../functions/transmission/run-tally.store.ts';
import { PARKED } from '../../functions/transmission/words.ts';
import { createAllocate } from '../../functions/waybill/allocation.store.ts';
import { createLedger } from '../../functions/waybill/ledger.store.ts';
import { FAILING_SHOP, LOW_SHOP } from './contracts.ts';
import type { DemoWorld } from './demo-data.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** Days ago and parcels of each afternoon; all but four of the thirty numbers. */
const AFTERNOONS = [
  [5, 8],
  [4, 5],
  [3, 7],
  [2, 6],
] as const;
const GOODS = ['보리차 티백 100개입', '무선 노트 3권', '천연 비누 4개', '원목 도마', '수제 잼 2병'];
const NAMES = ['김받음', '이받음', '박받음', '최받음', '정받음', '강받음'];

/** The second time nothing changes: a shipment that has its number is left alone. */
export const seedShipments = async (world: DemoWorld): Promise<void> => {
  for (const [daysAgo, count] of AFTERNOONS) await deliveredAfternoon(world, daysAgo, count);
  await failedThisHour(world);
};

const afternoon = (now: number, daysAgo: number): number =>
  now - koreanTimeOfDay(now) - daysAgo * DAY_MS + 15 * HOUR_MS;

/** What these afternoons shipped, latest first. */
export const deliveredIds = (now: number): string[] =>
  AFTERNOONS.toReversed().flatMap(([daysAgo, count]) =>
    Array.from({ length: count }, (_, i) => orderOf(LOW_SHOP, afternoon(now, daysAgo), i).shipmentId),
  );

const deliveredAfternoon = async (world: DemoWorld, daysAgo: number, count: number): Promise<void> => {
  const shippedAt = afternoon(world.now, daysAgo);
  const parcels = await numbered(world, LOW_SHOP, shippedAt, count);
  const attempts = createAttempts(world.doc, world.tables.shipments);
  const acceptedAt = shippedAt + 2 * MINUTE_MS;
  await Promise.all(parcels.map((parcel) => deliver(world, attempts, parcel, acceptedAt)));
  const [first] = parcels;
  if (first?.ledgerSeq === undefined) return;
  const entry = { contractId: first.contractId, seq: first.ledgerSeq };
  const ledger = createLedger(world.doc, world.tables.ledger);
  await ledger.markSent(entry);
  await ledger.close(entry, acceptedAt + DAY_MS);
  const tallies = createRunTallies(world.doc, world.tables.operations);
  await tallies.write({ at: acceptedAt, done: parcels.length, failed: 0 });
};

/** Numbers for a day's orders of a shop; only those that had none before come back. */
export const numbered = async (
  world: DemoWorld,
  contract: Contract,
  at: number,
  count: number,
  /** orders of that day before these */
  before = 0,
): Promise<Shipment[]> => {
  const allocate = createAllocate(world.doc, world.tables, () => at);
  const candidates = Array.from({ length: count }, (_, index) => ({
    shipment: newShipment(orderOf(contract, at, before + index), at, world.promiseMinutes),
    expect: 'new' as const,
  }));
  const { results } = await allocate(contract, candidates);
  return results.flatMap((result) => (result.outcome === 'allocated' ? [result.shipment] : []));
};

const orderOf = ({ contractId }: Contract, at: number, index: number): OrderShipped => {
  const orderId = `${koreanDay(at)}${String(1501 + index * 7)}`;
  const pick = <T>(from: readonly T[]): T => from[(index + Number(koreanDay(at))) % from.length]!;
  return {
    shipmentId: `demo-${contractId}-${orderId}`,
    orderId,
    shopId: contractId,
    deliveryMethod: OUR_DELIVERY_METHOD,
    paid: true,
    shippedAt: new Date(at).toISOString(),
    recipient: {
      name: pick(NAMES),
      zip: '04524',
      address1: '서울특별시 중구 세종대로 110',
      address2: `${1 + index}층`,
      mobile: '010-0000-0000',
    },
    goods: { name: pick(GOODS), quantity: 1 },
    weightKg: 2,
    sizeCm: 80,
  };
};

const deliver = async (
  { doc, tables }: DemoWorld,
  attempts: Attempts,
  { shipmentId, waybillNumber = '' }: Shipment,
  at: number,
): Promise<void> => {
  const claim = await attempts.claim(shipmentId, at);
  if (claim.outcome !== 'claimed') return;
  await attempts.commit(claim.shipment, ['sending'], accepted(bookingOf(waybillNumber, at), false, at));
  const tracking = createTrackingStore(doc, tables.shipments);
  const [known] = await tracking.read([shipmentId]);
  const news = known && whatIsNew(known, scansAfter(at), at + DAY_MS);
  if (known && news && news.outcome !== 'none') await tracking.write(known, news);
};

export const bookingOf = (waybillNumber: string, at: number) => ({
  reqNo: `${koreanDay(at)}${waybillNumber.slice(-10)}`,
  resNo: `${koreanDay(at)}${waybillNumber.slice(0, 8)}`,
  waybillNumber,
  postOffice: '모의우체국',
});

const scansAfter = (at: number) =>
  (
    [
      [2, '접수', '모의우체국'],
      [4, '발송', '모의우체국'],
      [15, '도착', '가상우편집중국'],
      [18, '배달준비', '가상우체국'],
      [23, '배달완료(수령희망장소배달)', '가상우체국'],
    ] as const
  ).map(([hours, word, office]) => ({
    at: new Date(at + hours * HOUR_MS).toISOString().slice(0, 16) + ':00Z',
    word,
    office,
  }));

const failedAt = (now: number): number => now - 50 * MINUTE_MS;
/** The orders behind `failedThisHour`: the refused one first. */
export const failedOrders = (now: number): OrderShipped[] =>
  [0, 1].map((index) => orderOf(FAILING_SHOP, failedAt(now), index));

/** One that ePost refused for the merchant to mend, one that never got an answer. */
const failedThisHour = async (world: DemoWorld): Promise<void> => {
  const shippedAt = failedAt(world.now);
  const attempts = createAttempts(world.doc, world.tables.shipments);
  const [one, other] = await numbered(world, FAILING_SHOP, shippedAt, 2);
  if (one === undefined || other === undefined) return;
  await refuse(attempts, one.shipmentId, 'ERR-311', shippedAt + 2 * MINUTE_MS);
  await giveUp(attempts, other.shipmentId, shippedAt + 2 * MINUTE_MS, world.maxAttempts);
};

export const refuse = async (
  attempts: Attempts,
  shipmentId: string,
  code: string,
  at: number,
): Promise<void> => {
  const claim = await attempts.claim(shipmentId, at);
  if (claim.outcome !== 'claimed') return;
  const { reason, mustAct } = classifyRefusal('InsertOrder', code);
  const refusal = { code, reason, mustAct, at };
  await attempts.commit(claim.shipment, ['sending'], refused(claim.shipment, refusal));
};

const giveUp = async (attempts: Attempts, shipmentId: string, at: number, most: number): Promise<void> => {
  let claim = await attempts.claim(shipmentId, at);
  for (let tries = 1; claim.outcome === 'claimed'; tries++) {
    const { shipment } = claim;
    const lost = await attempts.commit(shipment, ['sending'], asUnknown(shipment, 'timeout', true));
    if (lost.outcome !== 'written') return;
    const next = at + tries * 6 * MINUTE_MS;
    if (tries === most) {
      await attempts.commit(shipment, ['unknown'], parked(shipment, { ...PARKED.ATTEMPTS, at: next }));
      return;
    }
    claim = await attempts.claimAgain(shipment, next);
  }
};
