/**
 * Whom a round asks. With calls enough: every parcel on the road, once a round. With too few: what is likely
 * to move first, silent parcels in turns, and never more calls than the quota leaves.
 *
 * Nothing is stored about an unchanged parcel (a poll without news writes nothing), so turns are dealt by the
 * shipment id and the number of the round.
 */
import type { Shipment } from '../shipment/shipment.ts';
import { koreanTimeOfDay } from '../shipment/korean-day.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** What tracking reads of a shipment: no parcel, so no person. */
export type Followed = Pick<
  Shipment,
  | 'shipmentId'
  | 'orderId'
  | 'contractId'
  | 'state'
  | 'waybillNumber'
  | 'receivedAt'
  | 'attemptAt'
  | 'refusal'
  | 'booking'
  | 'tracked'
  | 'scans'
>;

/** ask: ePost may know more · wait: not with ePost (yet) · ended: nothing will come · silent: given up */
export type Standing = 'ask' | 'wait' | 'ended' | 'silent';

/** Refused or parked for this long, the recipient's data is gone (requirements section 8): never sent again. */
const NEVER_SENT = 30 * DAY;
/** A parcel nobody scanned for this long is lost or was never handed over; a manual check still asks for it. */
const SILENT = 60 * DAY;
/** 접수취소 may be a clerk's correction followed by another 접수, so it ends a parcel only after a while. */
const SILENT_AFTER_CANCEL = 7 * DAY;

/** Whether a shipment still needs tracking at `now`. */
export const standingOf = (shipment: Followed, now: number): Standing => {
  switch (shipment.state) {
    case 'closed':
    case 'cancelled':
      return 'ended';
    case 'refused':
    case 'parked': {
      const since = shipment.refusal?.at ?? shipment.attemptAt ?? shipment.receivedAt;
      return now - since > NEVER_SENT ? 'ended' : 'wait';
    }
    case 'accepted': {
      // TESTREGINOAPI and the like: an order sent with testYn=Y has no parcel to follow.
      if (!isWaybillNumber(shipment.waybillNumber)) return 'ended';
      const patience = shipment.tracked?.status === 'cancelled' ? SILENT_AFTER_CANCEL : SILENT;
      return now - lastSign(shipment) > patience ? 'silent' : 'ask';
    }
    default:
      return 'wait';
  }
};

/** ePost answers ERR-321 for anything else. */
export const isWaybillNumber = (number: string | undefined): number is string =>
  /^\d{13}$/.test(number ?? '');

/** When the parcel last gave a sign of life: a change we saw, else its booking. */
const lastSign = (shipment: Followed): number =>
  shipment.tracked?.changedAt ?? shipment.booking?.at ?? shipment.attemptAt ?? shipment.receivedAt;

/** A number ePost should know by now: seen before, or booked long ago. Its absence is worth an alarm. */
export const shouldBeKnown = (shipment: Followed, now: number): boolean =>
  shipment.tracked !== undefined || now - lastSign(shipment) > 3 * DAY;

/** How likely a parcel is to have moved since the last round. */
export type Pace = 'moving' | 'quiet' | 'silent' | 'fresh';
export type PerPace = Record<Pace, number>;

export const none = (): PerPace => ({ moving: 0, quiet: 0, silent: 0, fresh: 0 });

/** fresh: booked within the hour and never scanned, so it cannot have moved. */
export const paceOf = (shipment: Followed, now: number): Pace => {
  const quietFor = now - lastSign(shipment);
  if (shipment.tracked === undefined && quietFor < HOUR) return 'fresh';
  if (quietFor < 2 * DAY) return 'moving';
  return quietFor < 7 * DAY ? 'quiet' : 'silent';
};

/** Of the day's quota, kept for checks asked for by hand. */
const MANUAL_RESERVE = 0.05;

/** Calls of a day that rounds may use. */
export const scheduledQuota = (quota: number): number => Math.floor(quota * (1 - MANUAL_RESERVE));

/**
 * Calls this round may make: an equal part of what the KST day has left, so that the evening is not blind.
 * @param used calls already reserved today
 */
export const roundBudget = (quota: number, used: number, now: number, periodMs: number): number => {
  const roundsLeft = Math.ceil((DAY - koreanTimeOfDay(now)) / periodMs);
  return Math.max(0, Math.floor((scheduledQuota(quota) - used) / roundsLeft));
};

/** Calls of a round asked for by hand: its equal part, and what is kept for checks by hand. 0: it could ask nobody. */
export const askedBudget = (quota: number, used: number, now: number, periodMs: number): number => {
  const kept = Math.max(0, quota - Math.max(used, scheduledQuota(quota)));
  return roundBudget(quota, used, now, periodMs) + kept;
};

/** When calls are short: every round, every 4th, once a day; not at all within the first hour. */
const LEAST: PerPace = { moving: 1, quiet: 1 / 4, silent: 1 / 8, fresh: 0 };
const RAISED_IN_TURN: readonly Pace[] = ['quiet', 'silent', 'fresh'];
/** Shares move in these steps: a parcel's turn would jump about if they changed a little every round. */
const STEPS = 32;

/**
 * The share of each pace that is asked in a round. Shares × demand never exceed the budget; everybody is
 * asked when it suffices. Turns fall unevenly (like dice), so two deviations are left free: else the end of the
 * list would go without, whoever stands there. What is left over goes to the day's later rounds.
 * @param budget calls of the round; undefined = no quota
 * @param demand parcels of each pace, as the last round met them
 */
export const planRound = (budget: number | undefined, demand: PerPace): PerPace => {
  const all: PerPace = { moving: 1, quiet: 1, silent: 1, fresh: 1 };
  if (budget === undefined || cost(all, demand) <= budget) return all;
  const dealt = budget > demand.moving ? budget - demand.moving : budget;
  const planned = Math.max(0, budget - 2 * Math.sqrt(dealt));
  const least = cost(LEAST, demand);
  const slower = least > planned ? planned / least : 1;
  const shares = mapPaces((pace) => LEAST[pace] * slower);
  for (const pace of RAISED_IN_TURN) {
    const left = planned - cost(shares, demand);
    if (left > 0 && demand[pace] > 0) shares[pace] = Math.min(1, shares[pace] + left / demand[pace]);
  }
  return mapPaces((pace) => Math.floor(shares[pace] * STEPS) / STEPS);
};

const PACES: readonly Pace[] = ['moving', 'quiet', 'silent', 'fresh'];
const mapPaces = (value: (pace: Pace) => number): PerPace =>
  Object.fromEntries(PACES.map((pace) => [pace, value(pace)])) as PerPace;
const cost = (shares: PerPace, demand: PerPace): number =>
  PACES.reduce((sum, pace) => sum + shares[pace] * demand[pace], 0);

/**
 * Whether it is this parcel's turn: of a share of 1/4 each parcel has its turn in exactly every fourth round,
 * a quarter of them in each.
 */
export const isTurn = (shipmentId: string, round: number, share: number): boolean => {
  if (share >= 1) return true;
  const phase = hashOf(shipmentId) / 2 ** 32;
  return Math.floor(round * share + phase) > Math.floor((round - 1) * share + phase);
};

/** FNV-1a with a final mix: neighbours among ids must not share their turns. */
const hashOf = (key: string): number => {
  let hash = 0x811c9dc5;
  for (let i = 0; i < key.length; i++) hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
};
