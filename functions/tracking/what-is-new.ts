/**
 * What one answer of the trace adds to what we know of a parcel. The same answer again, an older one, or the
 * same scans in another order: nothing. The order never moves back (A10, A11).
 */
import type { Scan } from '../epost/trace-reply.ts';
import {
  type OrderStatus,
  readStatusWord,
  type StatusReading,
  type TrackingStatus,
} from '../epost/status-words.ts';
import type { Shipment, Tracked } from '../shipment/shipment.ts';

/** Kept per parcel, newest; an ordinary journey has 6 to 15 scans. Holds the record near 1 KB. */
export const SCANS_KEPT = 40;
/** A status text is a few words; anything longer is not one. */
const WORD_LENGTH = 60;

type ScanTuple = NonNullable<Shipment['scans']>[number];
export type Known = Pick<Shipment, 'tracked' | 'scans'>;

/** One thing the shop hears of. */
export interface Headline {
  status: TrackingStatus;
  orderStatus: OrderStatus;
  flagged: boolean;
  word: string;
  office: string;
  /** time of the scan, epoch ms */
  at: number;
}
export type News =
  | { outcome: 'none' }
  | {
      /** late-scan: only the history grows */
      outcome: 'change' | 'late-scan';
      /** in the order to tell them */
      tell: Headline[];
      tracked: Tracked;
      scans: ScanTuple[];
      unknownWords: number;
      /** 배송완료: never asked again */
      ended: boolean;
    };

interface Seen {
  tuple: ScanTuple;
  at: number;
  word: string;
  reading: StatusReading;
  fresh: boolean;
}

/**
 * Compares an answer with the stored record.
 * @param answer scans in any order; times ISO with offset
 * @param now when we saw it, epoch ms
 */
export const whatIsNew = (known: Known, answer: readonly Scan[], now: number): News => {
  const stored = (known.scans ?? []).map((tuple) => seen(tuple, false));
  const fresh = unseen(stored, answer);
  if (fresh.length === 0) return { outcome: 'none' };
  const all = [...stored, ...fresh].sort(inOrder);
  const orderBefore = known.tracked?.orderStatus ?? null;
  const tell = orderBefore === '배송완료' ? afterTheEnd(known.tracked, all) : onTheRoad(orderBefore, all);
  const tracked = standing(known.tracked, all, fresh.length, now);
  return {
    outcome: tell.length > 0 ? 'change' : 'late-scan',
    tell,
    tracked,
    scans: all.slice(-SCANS_KEPT).map(({ tuple }) => tuple),
    unknownWords: fresh.filter(({ reading }) => !reading.known).length,
    ended: tracked.orderStatus === '배송완료',
  };
};

const seen = (tuple: ScanTuple, fresh: boolean): Seen => ({
  tuple,
  at: tuple[0],
  word: tuple[1],
  reading: readStatusWord(tuple[1]),
  fresh,
});

/** The office is no part of the key: two sources spell it differently. */
const keyOf = ([at, word]: ScanTuple) => `${at} ${word}`;

const unseen = (stored: readonly Seen[], answer: readonly Scan[]): Seen[] => {
  const keys = new Set(stored.map(({ tuple }) => keyOf(tuple)));
  // Beyond the cap older scans were dropped on purpose: they must not come back as new at each poll.
  const horizon = stored.length >= SCANS_KEPT ? Math.min(...stored.map(({ at }) => at)) : -Infinity;
  const fresh: Seen[] = [];
  for (const { at, word, office } of answer) {
    const tuple: ScanTuple = [Date.parse(at), tidy(word), tidy(office)];
    if (!Number.isFinite(tuple[0]) || tuple[1] === '' || tuple[0] <= horizon) continue;
    if (keys.has(keyOf(tuple))) continue;
    keys.add(keyOf(tuple));
    fresh.push(seen(tuple, true));
  }
  return fresh;
};

const tidy = (text: string) => text.normalize('NFC').replace(/\s+/gu, ' ').trim().slice(0, WORD_LENGTH);

const RANK: Record<TrackingStatus, number> = {
  unknown: 0,
  'information-received': 1,
  cancelled: 2,
  'not-collected': 3,
  collected: 4,
  'in-transit': 5,
  'out-for-delivery': 6,
  'attempt-failed': 7,
  returning: 8,
  delivered: 9,
};

/** By time, then stage: ePost's times are whole minutes, so two scans may share one. */
const inOrder = (a: Seen, b: Seen) =>
  a.at - b.at || RANK[a.reading.status] - RANK[b.reading.status] || (a.word < b.word ? -1 : 1);

const headline = ({ tuple: [at, word, office], reading }: Seen): Headline => ({
  status: reading.status,
  orderStatus: reading.orderStatus,
  flagged: reading.flagged,
  word,
  office,
  at,
});

/** A scan after 배송완료 is told once as worth a look; the order stays where it is (A11). */
const afterDelivery = (scan: Seen): Headline => ({
  ...headline(scan),
  status: 'delivered',
  orderStatus: null,
  flagged: true,
});

const isDelivery = ({ reading }: Seen) => reading.status === 'delivered';

const afterTheEnd = (before: Tracked | undefined, all: readonly Seen[]): Headline[] => {
  const newest = all.findLast((scan) => scan.fresh && !isDelivery(scan));
  return newest !== undefined && newest.at > (before?.at ?? 0) ? [afterDelivery(newest)] : [];
};

/**
 * Several new scans of one poll make one headline, the newest. Only a step of the order is never skipped: a
 * platform that needs 배송중 before 배송완료 hears both, each with the time of its own scan. A step no scan
 * shows is not invented: a parcel whose only scan is 배달완료 goes straight to 배송완료.
 */
const onTheRoad = (orderBefore: OrderStatus, all: readonly Seen[]): Headline[] => {
  const delivery = all.find(isDelivery);
  const newest = delivery ?? all.at(-1);
  const tell = newest?.fresh ? [headline(newest)] : [];
  const road = delivery === undefined ? all : all.slice(0, all.indexOf(delivery));
  const start = road.find(({ reading }) => reading.orderStatus === '배송중');
  const startMissing = orderBefore === null && !tell.some(({ orderStatus }) => orderStatus === '배송중');
  if (startMissing && start !== undefined) tell.unshift(headline(start));
  if (delivery === undefined) return tell;
  // Delivered after 반송 may be delivered back to the sender: ePost's word stands, and the shop shall look.
  const returned = road.some(({ reading }) => reading.status === 'returning');
  const later = all.findLast((scan) => scan.at > delivery.at && !isDelivery(scan));
  return [
    ...tell.map((line) => (line.status === 'delivered' ? { ...line, flagged: returned } : line)),
    ...(later === undefined ? [] : [afterDelivery(later)]),
  ];
};

const ORDER_RANK = { none: 0, 배송중: 1, 배송완료: 2 } as const;
const higher = (a: OrderStatus, b: OrderStatus): OrderStatus =>
  ORDER_RANK[a ?? 'none'] >= ORDER_RANK[b ?? 'none'] ? a : b;

/** Where the parcel stands: at its delivery, else at the newest scan whose word means something. */
const standing = (before: Tracked | undefined, all: readonly Seen[], added: number, now: number): Tracked => {
  const counted = { scans: (before?.scans ?? 0) + added, changedAt: now };
  if (before?.orderStatus === '배송완료') return { ...before, ...counted };
  const meaningful = all.filter(({ reading }) => reading.status !== 'unknown');
  const { status, word, office, at } = headline(
    (all.find(isDelivery) ?? meaningful.at(-1) ?? all.at(-1)) as Seen,
  );
  const reached = all.reduce<OrderStatus>(
    (order, { reading }) => higher(order, reading.orderStatus),
    before?.orderStatus ?? null,
  );
  return { status, word, ...(office !== '' && { office }), at, orderStatus: reached, ...counted };
};
