/** When the drain leaves ePost alone, and for how long. */

export type PauseReason = 'maintenance' | 'unreachable' | 'wrong-key';

/** The whole carrier is left alone; ended by a probe, never by time alone. */
export interface CarrierPause {
  reason: PauseReason;
  since: number;
  /** not probed before */
  until: number;
  /** probes that failed so far */
  step: number;
  /** codes that opened it */
  codes: string[];
  /** wrong-key: a contract that showed it; the key is checked with it */
  contractId?: string;
}

/** An operator holds all transmission back: ended by an operator, by no probe and no time. */
export interface Stop {
  at: number;
  by: string;
  reason: string;
}

/** One contract is left alone; over at `until`, when one shipment tries. */
export interface ContractPause {
  code: string;
  since: number;
  until: number;
  step: number;
}

const MINUTE = 60_000;
/** Ten at most: with a drain every two minutes a recovery is noticed well inside the 20-minute promise. */
const CARRIER_STEPS = [2, 4, 8, 10];
const CONTRACT_STEPS = [15, 30, 60];

const minutes = (steps: readonly number[], step: number): number =>
  (steps[Math.min(step, steps.length - 1)] ?? 0) * MINUTE;

export const openCarrierPause = (
  reason: PauseReason,
  now: number,
  detail: { codes?: string[]; contractId?: string } = {},
): CarrierPause => ({
  reason,
  since: now,
  until: now + minutes(CARRIER_STEPS, 0),
  step: 0,
  codes: detail.codes ?? [],
  ...(detail.contractId !== undefined && { contractId: detail.contractId }),
});

/** Probed and still down: the next look is later. */
export const prolong = (pause: CarrierPause, now: number): CarrierPause => ({
  ...pause,
  step: pause.step + 1,
  until: now + minutes(CARRIER_STEPS, pause.step + 1),
});

/** A contract refused again right after its pause stays away longer. */
export const pauseContract = (
  before: ContractPause | undefined,
  code: string,
  now: number,
): ContractPause => {
  const step = before === undefined ? 0 : before.step + 1;
  return { code, since: before?.since ?? now, step, until: now + minutes(CONTRACT_STEPS, step) };
};
