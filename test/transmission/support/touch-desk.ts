/** What one touch asks of its ports and is answered, without tables, queue or ePost: for the decisions between them. */
import type { Reservation } from '../../../functions/epost/carrier-answer.ts';
import type { OutgoingEvent } from '../../../functions/events.ts';
import type { Contract } from '../../../functions/merchant/contract.ts';
import type { Change, Claimed, Committed } from '../../../functions/shipment/attempt.store.ts';
import type { Shipment } from '../../../functions/shipment/shipment.ts';
import type { ContractPause } from '../../../functions/transmission/carrier-pause.ts';
import type { Gated } from '../../../functions/transmission/decide-answer.ts';
import type { TouchPorts } from '../../../functions/transmission/endings.ts';
import { aContract, T0 } from '../../support/builders.ts';

export const SETTLE = 210_000;

export interface TouchDesk {
  ports: TouchPorts;
  now: number;
  contract: Contract | undefined;
  /** what GetResInfo answers */
  held: Gated<Reservation[]>;
  /** answers to the writes to come; written when there is none left */
  overtakenBy: (Shipment | undefined)[];
  claimAgain: Claimed['outcome'];
  /** whether the contract was paused, and the pause a refusal gives it */
  paused: boolean;
  pause: ContractPause | undefined;
  committed: { fence: Shipment; states: readonly string[]; change: Change }[];
  pauses: string[];
  unsaid: string[];
  told: OutgoingEvent[];
  counts: Record<string, number>;
  warnings: { text: string; about: Record<string, unknown> }[];
  types(): string[];
}

export const openTouchDesk = (): TouchDesk => {
  const written = (shipment: Shipment, change: Change): Committed => {
    const after = { ...shipment, ...change.set };
    for (const name of change.remove ?? []) delete after[name];
    return { outcome: 'written', shipment: after };
  };
  const desk: TouchDesk = {
    now: T0 + SETTLE,
    contract: aContract(),
    held: { outcome: 'ok', value: [] },
    overtakenBy: [],
    claimAgain: 'claimed',
    paused: false,
    pause: undefined,
    committed: [],
    pauses: [],
    unsaid: [],
    told: [],
    counts: {},
    warnings: [],
    types: () => desk.told.map(({ detailType }) => detailType),
    ports: {
      clock: () => desk.now,
      attempts: {
        read: () => Promise.reject(new Error('nobody reads here')),
        claim: () => Promise.reject(new Error('nobody claims here')),
        claimAgain: async (settled, at) => {
          const shipment = { ...(settled as Shipment), attempt: settled.attempt + 1, attemptAt: at };
          return desk.claimAgain === 'claimed'
            ? { outcome: 'claimed', shipment }
            : { outcome: 'not-claimed', existing: undefined };
        },
        commit: async (fence, states, change) => {
          desk.committed.push({ fence: fence as Shipment, states, change });
          if (desk.overtakenBy.length > 0) return { outcome: 'changed', existing: desk.overtakenBy.shift() };
          return written(fence as Shipment, change);
        },
      },
      contract: async () => desk.contract,
      carrier: {
        insertOrder: () => Promise.reject(new Error('nothing is sent here')),
        cancel: () => Promise.reject(new Error('nothing is cancelled here')),
        getResInfo: async () => desk.held,
      },
      contractGate: {
        enter: () => undefined,
        taken: () => desk.paused,
        refused: () => desk.pause,
        unsaid: (contractId) => void desk.unsaid.push(contractId),
      },
      pauses: {
        writeContract: async (contractId, { code }) => void desk.pauses.push(`${contractId} rests: ${code}`),
        clearContract: async (contractId) => void desk.pauses.push(`${contractId} goes on`),
      },
      publish: async (events) => void desk.told.push(...events),
      count: (name, value = 1) => void (desk.counts[name] = (desk.counts[name] ?? 0) + value),
      warn: (text, about) => void desk.warnings.push({ text, about }),
      settleMs: SETTLE,
      maxAttempts: 5,
    },
  };
  return desk;
};
