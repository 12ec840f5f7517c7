/** What goes wrong in one run, and how often: drawn once per run, so that some runs meet much of one kind and none of another. */
import type { Tape } from '../kernel/tape.ts';
import { AT_CARRIER, type CarrierFault } from './carrier-faults.ts';
import { AWS_FAULTS, type AwsCall, type AwsFault, canMeet } from './call-site.ts';

export interface Trouble {
  /** undefined: the call goes well */
  forCall(site: string, entry: string, call: AwsCall): AwsFault | undefined;
  forCarrier(site: string, entry: string, kinds: readonly CarrierFault[]): CarrierFault | undefined;
}

/** Per mille of the calls. */
const RATES = [0, 0, 3, 10, 20] as const;
const CARRIER_RATES = [0, 0, 0, 5, 20, 60] as const;
/** In the function this run looks at most. */
const MORE = 4;

/** Per mille: what fails more often than this never comes to an end. */
const MOST = 120;

/** Functions that run seldom meet more in a run, and so do writes, of which there are few for every read. */
const SELDOM: Record<string, number> = {
  'platform-api': 2,
  'ledger-audit': 2,
  operator: 2,
  retain: 2,
  onboard: 1.5,
  'send-sms': 1.5,
};
const OFTEN = /^(Query|ReceiveMessage|GetSecretValue|GetItem)$/;
const weightOf = (entry: string, { operation }: AwsCall): number =>
  (SELDOM[entry] ?? 1) * (OFTEN.test(operation) ? 0.6 : 2.5);

/** A plan stands in for the tape where every choice is laid down: the sweep over all single faults. */
export interface FaultPlan {
  /** what is to be met begins now */
  arm(): void;
  disarm(): void;
  aws(site: string, call: AwsCall): AwsFault | undefined;
  carrier(site: string, kinds: readonly CarrierFault[]): CarrierFault | undefined;
}

export const createTrouble = (tape: Tape, entries: readonly string[], plan?: FaultPlan): Trouble => {
  const aws = AWS_FAULTS.map((fault) => [fault, tape.pick(RATES)] as const);
  // Many kinds for one call: each is seldom, and most runs know only a few.
  const carrier = new Map(AT_CARRIER.map((kind) => [kind as CarrierFault, tape.pick(CARRIER_RATES)]));
  const hot = tape.next(2) === 1 ? entries[tape.next(entries.length)] : undefined;
  const hits = (rate: number, entry: string, weight = 1) => {
    const weighted = Math.round(rate * weight * (entry === hot ? MORE : 1));
    return rate > 0 && tape.chance(Math.min(weighted, MOST));
  };
  return {
    forCall: (site, entry, call) => {
      if (plan !== undefined) return plan.aws(site, call);
      if (tape.ended) return undefined;
      return aws.find(
        ([fault, rate]) => canMeet(fault, call) && hits(rate, entry, weightOf(entry, call)),
      )?.[0];
    },
    forCarrier: (site, entry, kinds) => {
      if (plan !== undefined) return plan.carrier(site, kinds);
      if (tape.ended) return undefined;
      return kinds.find((kind) => hits(carrier.get(kind) ?? 0, entry));
    },
  };
};
