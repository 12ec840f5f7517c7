/** Who may call ePost now: the carrier's slots, a contract's rest, the breaker. */
import { describe, expect, it } from 'vitest';
import { classifyRefusal } from '../../functions/epost/refusal.ts';
import { createBreaker } from '../../functions/transmission/breaker.ts';
import { type ContractPause, openCarrierPause, prolong } from '../../functions/transmission/carrier-pause.ts';
import { createContractGate } from '../../functions/transmission/contract-gate.ts';
import { type Carrier, createGate, type GateOptions } from '../../functions/transmission/gate.ts';
import { T0 } from '../support/builders.ts';

const MINUTE = 60_000;

/** A carrier whose calls end when the test says so. */
const gateOf = (over: Partial<GateOptions> = {}) => {
  const flying: ((answer: object) => void)[] = [];
  const notes: unknown[][] = [];
  let now = T0;
  const call = () => new Promise<never>((resolve) => flying.push(resolve as never));
  const carrier = { insertOrder: call, getResInfo: call, cancel: call } as unknown as Carrier;
  const gate = createGate(carrier, {
    slots: 2,
    cautious: false,
    open: () => true,
    clock: () => now,
    note: (...noted) => void notes.push(noted),
    ...over,
  });
  const begin = (n: number) => Array.from({ length: n }, () => gate.insertOrder({} as never));
  const end = async (answer: object = { outcome: 'ok', value: {} }) => {
    flying.shift()?.(answer);
    await settled();
  };
  return { gate, flying, notes, begin, end, pass: (ms: number) => (now += ms) };
};
const settled = () => new Promise((resolve) => setImmediate(resolve));
const failed = (code: string) => ({
  outcome: 'error',
  code,
  message: '',
  refusal: classifyRefusal('InsertOrder', code),
});

describe('the gate', () => {
  it('lets so many calls begin, and the next the moment one has ended', async () => {
    const { begin, end, flying } = gateOf();
    const all = begin(4);
    await settled();
    expect(flying).toHaveLength(2);
    await end();
    expect(flying).toHaveLength(2);
    for (let i = 0; i < 3; i++) await end(failed('ERR-322'));
    expect(await Promise.all(all)).toMatchObject([
      { outcome: 'ok' },
      { outcome: 'error' },
      { outcome: 'error' },
      { outcome: 'error' },
    ]);
    void begin(3);
    await settled();
    expect(flying, 'what has ended is free again, and no more than that').toHaveLength(2);
  });

  it('lets one at a time pass after an outage until ePost says yes, then all', async () => {
    const { begin, end, flying } = gateOf({ cautious: true, slots: 3 });
    void begin(6);
    await settled();
    expect(flying).toHaveLength(1);
    await end(failed('ERR-322'));
    expect(flying, 'a no is no sign that all is well').toHaveLength(1);
    await end();
    expect(flying).toHaveLength(3);
    await end();
    expect(flying, 'it opens once').toHaveLength(3);
  });

  it('begins nothing once it is closed, also what has waited for its slot', async () => {
    let open = true;
    const { begin, end, flying, notes } = gateOf({ slots: 1, open: () => open });
    const [, waited] = begin(2);
    await settled();
    open = false;
    await end();
    expect(await waited).toEqual({ outcome: 'not-begun' });
    expect(flying).toHaveLength(0);
    expect(notes).toHaveLength(1);
  });

  it('notes what was called, how it ended and how long it took; a fault inside ePost is no answer', async () => {
    const { gate, end, notes, pass } = gateOf({ slots: 3 });
    void gate.insertOrder({} as never);
    void gate.getResInfo({} as never);
    void gate.cancel({} as never);
    await settled();
    pass(150);
    await end(failed('ERR-531'));
    await end(failed('ERR-322'));
    await end({ outcome: 'maintenance' });
    expect(notes).toEqual([
      ['insertOrder', 'unknown', 150],
      ['getResInfo', 'error', 150],
      ['cancel', 'maintenance', 150],
    ]);
  });

  it('frees the slot of a call that broke off', async () => {
    let asked = 0;
    const insertOrder = () => (asked++, Promise.reject(new Error('broke off')));
    const { note, clock } = { note: () => undefined, clock: () => T0 };
    const gate = createGate({ insertOrder } as unknown as Carrier, {
      slots: 1,
      cautious: false,
      open: () => true,
      clock,
      note,
    });
    for (let i = 0; i < 3; i++) await expect(gate.insertOrder({} as never)).rejects.toThrow('broke off');
    expect(asked).toBe(3);
  });
});

describe('a contract at rest', () => {
  const gate = (until: number, paused = true) => {
    const pause: ContractPause = { code: 'ERR-223', since: T0, until, step: 0 };
    const known = new Map(paused ? [['shop', pause]] : []);
    return { known, ...createContractGate(known, () => T0) };
  };

  it('keeps its shipments away until it is over, a quarter of an hour at most', () => {
    expect(gate(T0, false).enter('shop')).toBeUndefined();
    expect(gate(T0 + 1).enter('shop')).toEqual({ delayMs: 1 });
    expect(gate(T0 + 15 * MINUTE - 1).enter('shop')).toEqual({ delayMs: 15 * MINUTE - 1 });
    expect(gate(T0 + 60 * MINUTE).enter('shop')).toEqual({ delayMs: 15 * MINUTE });
    expect(gate(T0 + 60 * MINUTE).enter('other')).toBeUndefined();
  });

  it('is tried by one shipment when it is over, and by the next only if that says nothing', () => {
    const { enter, unsaid } = gate(T0);
    expect(enter('shop')).toBeUndefined();
    expect(enter('shop')).toEqual({ delayMs: MINUTE });
    unsaid('shop');
    expect(enter('shop')).toBeUndefined();
  });

  it('is forgotten when ePost takes an order of it', () => {
    const { enter, taken, known } = gate(T0);
    enter('shop');
    expect(taken('shop')).toBe(true);
    expect(known.size).toBe(0);
    expect([enter('shop'), enter('shop')]).toEqual([undefined, undefined]);
    expect(taken('shop')).toBe(false);
  });

  it('rests longer when it is refused again, and is not paused twice for one refusal', () => {
    const { enter, refused, known } = gate(T0);
    enter('shop');
    expect(refused('shop', 'ERR-224')).toEqual({
      code: 'ERR-224',
      since: T0,
      step: 1,
      until: T0 + 30 * MINUTE,
    });
    expect(refused('shop', 'ERR-224')).toBeUndefined();
    expect(known.get('shop')?.step).toBe(1);
    const fresh = gate(T0, false);
    expect(fresh.refused('shop', 'ERR-223')).toEqual({
      code: 'ERR-223',
      since: T0,
      step: 0,
      until: T0 + 15 * MINUTE,
    });
    expect(fresh.enter('shop')).toEqual({ delayMs: 15 * MINUTE });
  });

  it('refused while it tried is free to be tried by another later', () => {
    let now = T0;
    const known = new Map<string, ContractPause>([['shop', { code: 'x', since: T0, until: T0, step: 0 }]]);
    const { enter, refused } = createContractGate(known, () => now);
    enter('shop');
    refused('shop', 'x');
    now = T0 + 30 * MINUTE;
    expect(enter('shop')).toBeUndefined();
  });
});

describe('a pause of the carrier', () => {
  it('says why, since when, and which contract showed it', () => {
    expect(openCarrierPause('maintenance', T0)).toEqual({
      reason: 'maintenance',
      since: T0,
      until: T0 + 2 * MINUTE,
      step: 0,
      codes: [],
    });
    const pause = openCarrierPause('wrong-key', T0, { codes: ['ERR-511'], contractId: 'shop' });
    expect(pause).toMatchObject({ codes: ['ERR-511'], contractId: 'shop' });
    expect(prolong(pause, T0 + 2 * MINUTE)).toEqual({ ...pause, step: 1, until: T0 + 6 * MINUTE });
  });

  it('is opened by misses in a row: any answer between begins the count anew', () => {
    const breaker = createBreaker();
    const say = (...outcomes: Parameters<typeof breaker>[0][]) => outcomes.map((one) => breaker(one));
    expect(say('unknown', 'unreachable', 'unknown', 'unreachable', 'error').every((one) => !one)).toBe(true);
    expect(say('unknown', 'unreachable', 'unknown', 'unreachable', 'unknown', 'unknown').slice(-2)).toEqual([
      'unreachable',
      'unreachable',
    ]);
  });
});
