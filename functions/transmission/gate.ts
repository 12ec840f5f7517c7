import type { CarrierAnswer } from '../epost/carrier-answer.ts';
import type { EpostClient } from '../epost/epost.client.ts';
import type { Gated } from './decide-answer.ts';

export type Carrier = Pick<
  EpostClient,
  'insertOrder' | 'getResInfo' | 'cancel' | 'getApprNo' | 'getStoppedZip'
>;
type ValueOf<Call extends keyof Carrier> =
  Awaited<ReturnType<Carrier[Call]>> extends CarrierAnswer<infer Value> ? Value : never;

/** The carrier as one run sees it: every call passes the gate and may come back as not begun. */
export type GatedCarrier = {
  [Call in 'insertOrder' | 'getResInfo' | 'cancel']: (
    ...asked: Parameters<Carrier[Call]>
  ) => Promise<Gated<ValueOf<Call>>>;
};

export interface GateOptions {
  /** calls in flight at once */
  slots: number;
  /** one call at a time until the first good answer: ePost was down a moment ago */
  cautious: boolean;
  /** whether a call may begin now */
  open: () => boolean;
  clock: () => number;
  /** told of every call made; a fault inside ePost counts as no answer */
  note: (call: keyof GatedCarrier, outcome: CarrierAnswer<unknown>['outcome'], tookMs: number) => void;
}

/**
 * At most `slots` calls at a time. Shipments may be at more places than slots (being claimed, being told), so
 * that a slot is filled the moment it is free.
 */
export const createGate = (
  carrier: Carrier,
  { slots, cautious, clock, open, note }: GateOptions,
): GatedCarrier => {
  const { enter, widen } = createSlots(slots, cautious ? 1 : slots);
  const pass = async <T>(
    call: keyof GatedCarrier,
    ask: () => Promise<CarrierAnswer<T>>,
  ): Promise<Gated<T>> => {
    const leave = await enter();
    try {
      if (!open()) return { outcome: 'not-begun' };
      const began = clock();
      const answer = await ask();
      if (answer.outcome === 'ok') widen();
      note(call, signOf(answer), clock() - began);
      return answer;
    } finally {
      leave();
    }
  };
  return {
    insertOrder: (order) => pass('insertOrder', () => carrier.insertOrder(order)),
    getResInfo: (q) => pass('getResInfo', () => carrier.getResInfo(q)),
    cancel: (q) => pass('cancel', () => carrier.cancel(q)),
  };
};

const signOf = (answer: CarrierAnswer<unknown>): CarrierAnswer<unknown>['outcome'] =>
  answer.outcome === 'error' && answer.refusal.class === 'system' ? 'unknown' : answer.outcome;

/** Waits for a free slot, first come first served; what `enter` answers frees it again. */
const createSlots = (most: number, first: number) => {
  const waiting: (() => void)[] = [];
  let size = first;
  let free = first;
  const leave = () => {
    const next = waiting.shift();
    if (next === undefined) free += 1;
    else next();
  };
  return {
    enter: async () => {
      if (free > 0) free -= 1;
      else await new Promise<void>((resolve) => waiting.push(resolve));
      return leave;
    },
    widen: () => {
      for (; size < most; size++) leave();
    },
  };
};
