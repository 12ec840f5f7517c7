/** What goes wrong in one run, and how often: drawn once per run, so that some runs meet much of one kind and none of another. */
import type { Tape } from '../kernel/tape.ts';
import { AS_AT_CARRIER, AT_CARRIER, type CarrierFault } from './carrier-faults.ts';
import { AWS_FAULTS, type AwsCall, type AwsFault, canMeet, SWEPT, type SweptFault } from './call-site.ts';

export interface Trouble {
  /** undefined: the call goes well */
  forCall(site: string, call: AwsCall): AwsFault | undefined;
  forCarrier(site: string, kinds: readonly CarrierFault[]): CarrierFault | undefined;
}

/** Per mille of the calls. */
const RATES = [0, 3, 10, 20, 30] as const;
const CARRIER_RATES = [0, 0, 0, 5, 20, 60] as const;
/** In the function this run looks at most. */
const MORE = 4;

/** Per mille: what fails more often than this never comes to an end. */
const MOST = 120;

/**
 * A place where calls seldom leave meets as much as one that is passed all the time: the first calls there in a run meet
 * more of everything, the many after them less.
 */
const FRESH = { calls: 3, weight: 9, after: 0.6 };
/** At ePost many kinds are one fault, the others weigh more for it. */
const FRESH_AT_CARRIER: Partial<Record<CarrierFault, number>> = {
  'crash-before': 9,
  'crash-after': 9,
  'ERR-531': 6,
  slow: 6,
};
/** No call meets one kind of trouble more often than this, or hardly any would go well. */
const MOST_FRESH = 200;
/** Places that few runs come by: what is handed on, put right or taken back. */
const RARE =
  /^(jobs dynamodb (DeleteItem|UpdateItem shipments)|jobs sqs (SendMessageBatch|Change|Delete)|(watch|sync|ledger-audit|operator) sqs Send|(allocate|retain|sync|operator) dynamodb UpdateItem|(drain|platform-api) dynamodb DeleteItem|drain epost Get(Appr|ResCancel|Stopped)|onboard epost (GetStopped|InsertOffice)|(retain|operator) dynamodb Query shipments|operator dynamodb TransactWriteItems applications)/;
/** The first calls there meet one of the five faults that every call can meet: per mille of them. */
const RARELY = { calls: 8, hits: 800 };
/** Rare as well, but what comes after it is rarer still. */
const BEFORE_RARE = { sites: /^jobs sqs SendMessage where-it-came-from/, hits: 300 };

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
  const carrier = new Map(
    AT_CARRIER.map((kind) => [
      kind as CarrierFault,
      tape.pick(kind in FRESH_AT_CARRIER ? RATES : CARRIER_RATES),
    ]),
  );
  const hot = tape.next(2) === 1 ? entries[tape.next(entries.length)] : undefined;
  /** No kind of trouble comes before the others every time. */
  const inTurn = <T>(kinds: readonly T[]): readonly T[] => {
    const first = tape.next(kinds.length);
    return [...kinds.slice(first), ...kinds.slice(0, first)];
  };
  const passed = new Map<string, number>();
  /** How often a call has left from there before. */
  const pass = (site: string): number => {
    const before = passed.get(site) ?? 0;
    passed.set(site, before + 1);
    return before;
  };
  /** @param weight of a call that is one of the first */
  const hits = (rate: number, site: string, before: number, weight = FRESH.weight) => {
    const fresh = before < FRESH.calls;
    const weighted = rate * (fresh ? weight : FRESH.after) * (isHot(site) ? MORE : 1);
    return rate > 0 && tape.chance(Math.min(Math.round(weighted), fresh ? MOST_FRESH : MOST));
  };
  const isHot = (site: string): boolean => hot !== undefined && site.startsWith(`${hot} `);
  const rarely = (site: string, before: number): SweptFault | undefined => {
    const hits = RARE.test(site) ? RARELY.hits : BEFORE_RARE.sites.test(site) ? BEFORE_RARE.hits : 0;
    return hits > 0 && before < RARELY.calls && tape.chance(hits)
      ? SWEPT[tape.next(SWEPT.length)]
      : undefined;
  };
  return {
    forCall: (site, call) => {
      if (plan !== undefined) return plan.aws(site, call);
      if (tape.ended) return undefined;
      const before = pass(site);
      return (
        rarely(site, before) ??
        inTurn(aws).find(([fault, rate]) => canMeet(fault, call) && hits(rate, site, before))?.[0]
      );
    },
    forCarrier: (site, kinds) => {
      if (plan !== undefined) return plan.carrier(site, kinds);
      if (tape.ended) return undefined;
      const before = pass(site);
      const fault = rarely(site, before);
      const as = fault === undefined ? [] : AS_AT_CARRIER[fault].filter((kind) => kinds.includes(kind));
      if (as.length > 0) return as[tape.next(as.length)];
      return inTurn(kinds).find((kind) =>
        hits(carrier.get(kind) ?? 0, site, before, FRESH_AT_CARRIER[kind] ?? 2),
      );
    },
  };
};
