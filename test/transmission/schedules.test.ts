import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DrainPorts } from '../../functions/transmission/drain.ts';
import { drain } from '../../functions/transmission/drain.ts';
import { T0 } from '../support/builders.ts';
import type { Fault } from './support/fake-carrier.ts';
import { worlds } from './support/start.ts';
import { createWorld, MINUTE, type World } from './support/world.ts';

const { db } = worlds();

/** Choices come from one tape; when it ends, every choice is benign, and all must come to rest. */
const tapeOf = (tape: readonly number[]) => {
  let at = 0;
  return {
    ended: () => at >= tape.length,
    pick: <T>(choices: readonly [T, ...T[]]): T => {
      const n = tape[at++];
      return n === undefined ? choices[0] : (choices[n % choices.length] ?? choices[0]);
    },
  };
};
type Tape = ReturnType<typeof tapeOf>;

const INSERT: readonly [Fault, ...Fault[]] = [
  'ok',
  'ok',
  'lost',
  'late',
  'dropped',
  'unreachable',
  'system',
  'maintenance',
  'ERR-322',
  'ERR-511',
];
const LOOK_UP: readonly [Fault, ...Fault[]] = ['ok', 'ok', 'ok', 'dropped', 'system', 'maintenance'];

/** From some call on nothing happens any more: the invocation was killed, its last call done or not. */
const killable = (ports: DrainPorts, dies: { after: number; done: boolean }): DrainPorts => {
  let calls = 0;
  const wrap = <Call extends (...asked: never[]) => Promise<unknown>>(call: Call): Call =>
    (async (...asked: never[]) => {
      calls += 1;
      if (calls > dies.after) throw new Error('killed');
      if (calls < dies.after) return call(...asked);
      if (dies.done) await call(...asked);
      throw new Error('killed');
    }) as Call;
  const wrapAll = <Port extends object>(port: Port): Port =>
    Object.fromEntries(
      Object.entries(port).map(([name, value]) => [name, typeof value === 'function' ? wrap(value) : value]),
    ) as Port;
  const { insertOrder, getResInfo, cancel, getApprNo, getStoppedZip } = ports.carrier;
  return {
    ...ports,
    attempts: wrapAll(ports.attempts),
    queue: wrapAll(ports.queue),
    pauses: wrapAll(ports.pauses),
    publish: wrap(ports.publish),
    carrier: wrapAll({ insertOrder, getResInfo, cancel, getApprNo, getStoppedZip }),
  };
};

const drainOnce = async (world: World, tape: Tape) => {
  const dies = tape.pick([false, false, true]);
  const ports = dies
    ? killable(world.ports, {
        after: tape.pick([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 14, 17, 20]),
        done: tape.pick([true, false]),
      })
    : world.ports;
  try {
    await drain(ports, world.settings);
  } catch (error) {
    if (!dies) throw error;
  }
};

/** One life of three shipments through faults, kills, copies, cancellations and midnight. */
const live = async (numbers: readonly number[], sabotage: (ports: DrainPorts) => void) => {
  const tape = tapeOf(numbers);
  const world = createWorld(db(), tape.pick([T0, Date.parse('2026-11-24T14:56:30Z')]));
  sabotage(world.ports);
  await world.forget();
  await world.aContract();
  await world.aContract({ contractId: 'other', numbering: 'carrier-issued' });
  world.carrier.insertFault = () => tape.pick(INSERT);
  world.carrier.lookUpFault = () => tape.pick(LOOK_UP);
  world.carrier.cancelFault = () => tape.pick(['ok', 'lost', 'dropped', 'not-cancelled']);
  const ids = [
    await world.ship('A'),
    await world.ship('B'),
    await world.ship('C', { contractId: world.id('other'), waybillNumber: undefined } as object),
  ];
  for (let round = 0; !tape.ended() && round < 40; round++) {
    await drainOnce(world, tape);
    const about = tape.pick(ids as [string, ...string[]]);
    const then = tape.pick(['nothing', 'copy', 'nothing', 'nothing', 'cancel'] as const);
    if (then === 'cancel') await world.shipments.requestCancel(about, { at: world.now() });
    if (then !== 'nothing') world.enqueue({ v: 1, shipmentId: about });
    world.pass(tape.pick([2, 2, 2, 1, 4, 11]) * MINUTE);
  }
  const end = world.now() + 90 * MINUTE;
  while (world.messages.length > 0 && world.now() < end) await world.drainFor(2);
  return { world, ids };
};

const AT_REST = ['accepted', 'refused', 'parked', 'cancelled'];

const tapes = fc.array(fc.nat({ max: 999 }), { minLength: 5, maxLength: 60 });
const seeded = process.env['SEED'] === undefined ? {} : { seed: Number(process.env['SEED']) };

/** Lives out a tape and holds what must be true at the end of it. */
const holds = (sabotage: (ports: DrainPorts) => void = () => undefined) =>
  fc.asyncProperty(tapes, async (numbers) => {
    const { world, ids } = await live(numbers, sabotage);
    for (const id of ids) {
      const { state, waybillNumber } = await world.stored(id);
      const bookings = world.carrier.bookings.filter((one) => one.shipmentId === id);
      expect(AT_REST).toContain(state);
      expect(bookings.length).toBeLessThanOrEqual(1);
      if (state === 'accepted') {
        expect(world.carrier.of(id).map((one) => one.waybillNumber)).toEqual([waybillNumber]);
        expect(world.typesOf(id)).toContain('ShipmentTransmitted');
      }
      if (state === 'cancelled' || state === 'refused') expect(world.carrier.of(id)).toEqual([]);
      if (state === 'refused') expect(world.typesOf(id)).toContain('ShipmentRefused');
      if (state === 'cancelled') expect(world.typesOf(id)).toContain('CancellationAccepted');
    }
    expect(world.messages).toEqual([]);
  });

describe('whatever goes wrong, in whatever order', () => {
  it('no shipment is booked twice, none is lost, and all come to rest', async () => {
    await fc.assert(holds(), { numRuns: 200, ...seeded });
  }, 120_000);
});

describe('the schedules are sharp: they catch', () => {
  const bugs: Record<string, (ports: DrainPorts) => void> = {
    'a settle time that is too short': (ports) => {
      ports.settleMs = 30_000;
    },
    'a claim that is not stored before the call': (ports) => {
      const { claim, read } = ports.attempts;
      ports.attempts.claim = async (id, now) => {
        const shipment = await read(id);
        if (shipment?.state !== 'sending') return claim(id, now);
        return { outcome: 'claimed', shipment: { ...shipment, attempt: shipment.attempt + 1 } };
      };
    },
    'sending again without asking': (ports) => {
      ports.carrier.getResInfo = async () => ({ outcome: 'ok', value: [] });
    },
    'putting back without a new message': (ports) => {
      ports.queue.send = async () => undefined;
    },
  };
  it.each(Object.keys(bugs))(
    '%s',
    async (name) => {
      const result = await fc.check(holds(bugs[name]), { numRuns: 300, endOnFailure: true, seed: 4711 });
      expect(result.failed).toBe(true);
    },
    120_000,
  );
});
