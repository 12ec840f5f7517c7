import { type ContractPause, pauseContract } from './carrier-pause.ts';

export interface ContractGate {
  /** Undefined: go on. Else how long a shipment of this contract stays away. */
  enter(contractId: string): { delayMs: number } | undefined;
  /** ePost took an order of it. True: it was paused, and that is to be forgotten. */
  taken(contractId: string): boolean;
  /** ePost refused the contract. The pause to remember; undefined: it is paused already. */
  refused(contractId: string, code: string): ContractPause | undefined;
  /** the call ended without saying anything about the contract */
  unsaid(contractId: string): void;
}

/** A queue delay is at most this (SQS). */
const LONGEST_DELAY_MS = 900_000;
const WHILE_ANOTHER_TRIES_MS = 60_000;

/** Contracts that ePost refuses rest; when the rest is over, one shipment tries for all. */
export const createContractGate = (paused: Map<string, ContractPause>, clock: () => number): ContractGate => {
  const trying = new Set<string>();
  return {
    enter: (contractId) => {
      const pause = paused.get(contractId);
      if (pause === undefined) return undefined;
      const left = pause.until - clock();
      if (left > 0) return { delayMs: Math.min(left, LONGEST_DELAY_MS) };
      if (trying.has(contractId)) return { delayMs: WHILE_ANOTHER_TRIES_MS };
      trying.add(contractId);
      return undefined;
    },
    taken: (contractId) => {
      trying.delete(contractId);
      return paused.delete(contractId);
    },
    refused: (contractId, code) => {
      trying.delete(contractId);
      const before = paused.get(contractId);
      const now = clock();
      if (before !== undefined && before.until > now) return undefined;
      const pause = pauseContract(before, code, now);
      paused.set(contractId, pause);
      return pause;
    },
    unsaid: (contractId) => void trying.delete(contractId),
  };
};
