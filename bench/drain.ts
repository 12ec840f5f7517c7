/** P10, P11: how well the drain keeps k calls in flight, and what a million shipments with faults leave behind. */
import type { Booking, CarrierAnswer, Reservation } from '../functions/epost/carrier-answer.ts';
import type { Carrier } from '../functions/transmission/gate.ts';
import { drain } from '../functions/transmission/drain.ts';
import { T0 } from '../test/support/builders.ts';
import { createMemoryWorld } from './memory-world.ts';
import { type Figure, progress } from './report.ts';

const K = 20;
const LONG_RUN = 3_600_000;

const bookingOf = (shipmentId: string, waybillNumber: string | undefined): Booking => ({
  reqNo: `R-${shipmentId}`,
  resNo: '2026112400000001',
  waybillNumber: waybillNumber ?? '',
});
const carrierOf = (insertOrder: Carrier['insertOrder'], getResInfo: Carrier['getResInfo']): Carrier => ({
  insertOrder,
  getResInfo,
  cancel: () => Promise.reject(new Error('nothing is cancelled here')),
  getApprNo: async () => ({ outcome: 'ok', value: [] }),
  getStoppedZip: async () => ({ outcome: 'ok', value: [] }),
});

/** Real timers: k / t is what k calls in flight of mean time t can carry. */
export const benchDrainEfficiency = async (): Promise<Figure[]> => {
  // One call in ten is slow: 1,500 ms; the others take 100 to 300.
  const longTail = (i: number) => (i % 10 === 0 ? 1500 : 100 + ((i * 37) % 201));
  return [
    await efficiency('fixed 200 ms', 2000, () => 200, 0.98),
    await efficiency('long tail 100–1,500 ms', 3000, longTail, 0.97),
  ];
};

const efficiency = async (
  what: string,
  count: number,
  takes: (i: number) => number,
  least: number,
): Promise<Figure> => {
  const world = createMemoryWorld(count, Date.now);
  let [calls, asleep] = [0, 0];
  const insertOrder: Carrier['insertOrder'] = async ({ shipmentId, waybillNumber }) => {
    const ms = takes(calls++);
    asleep += ms;
    if (calls % 500 === 0) progress(`P10 ${what}: ${calls} of ${count} calls`);
    await new Promise((resolve) => setTimeout(resolve, ms));
    return { outcome: 'ok', value: bookingOf(shipmentId, waybillNumber) };
  };
  const carrier = carrierOf(insertOrder, () => Promise.reject(new Error('nothing is unknown here')));
  const began = performance.now();
  await drain({ ...world.ports, carrier }, { callsInFlight: K, drainMs: LONG_RUN });
  const took = performance.now() - began;
  if (world.open() > 0) throw new Error(`${world.open()} shipments were left`);
  return {
    id: 'P10',
    what: `drain efficiency against k/t, ${what}, k = ${K}`,
    value: asleep / K / took,
    budget: { least },
  };
};

const SHIPMENTS = 200_000;
const RESET = 0.01;
const CRASH = 0.01;

/** Virtual time: 1 % of the calls are reset (half of them after booking), 1 % of the shipments see a crash. */
export const benchDrainFaults = async (): Promise<Figure[]> => {
  const random = mulberry(20_261_124);
  let now = T0;
  let life = { dead: false };
  const never = new Promise<never>(() => undefined);
  // A shipment makes about five calls to the outside.
  const guardOf =
    (mine: { dead: boolean }) =>
    async <T>(answer: T): Promise<T> => {
      await Promise.resolve();
      if (!mine.dead && random() < CRASH / 5) {
        mine.dead = true;
        die();
      }
      return mine.dead ? never : answer;
    };
  let die: () => void = () => undefined;
  const world = createMemoryWorld(
    SHIPMENTS,
    () => now,
    (answer) => guardOf(life)(answer),
  );
  const bookings = new Map<string, number>();
  let [inFlight, maxInFlight, runs, crashes] = [0, 0, 0, 0];
  const insertOrder: Carrier['insertOrder'] = async ({ shipmentId, waybillNumber }) => {
    const mine = life;
    maxInFlight = Math.max(maxInFlight, ++inFlight);
    const luck = random();
    if (luck > RESET / 2) bookings.set(shipmentId, (bookings.get(shipmentId) ?? 0) + 1);
    await guardOf(mine)(undefined);
    inFlight -= 1;
    if (luck < RESET) return { outcome: 'unknown', why: 'reset' };
    return { outcome: 'ok', value: bookingOf(shipmentId, waybillNumber) };
  };
  const getResInfo: Carrier['getResInfo'] = async ({ shipmentId }) => {
    const rows: Reservation[] = Array.from({ length: bookings.get(shipmentId) ?? 0 }, (_, i) => ({
      ...bookingOf(shipmentId, world.shipments.get(shipmentId)?.waybillNumber),
      reqNo: i === 0 ? `R-${shipmentId}` : `R-${shipmentId}-${i}`,
      statusCode: '01',
    }));
    return guardOf(life)<CarrierAnswer<Reservation[]>>({ outcome: 'ok', value: rows });
  };
  const carrier = carrierOf(insertOrder, getResInfo);
  while (world.open() > 0) {
    if (++runs > 100_000) throw new Error(`${world.open()} shipments are not getting through`);
    life = { dead: false };
    inFlight = 0;
    const crashed = new Promise<'crashed'>((resolve) => (die = () => resolve('crashed')));
    const run = drain({ ...world.ports, carrier }, { callsInFlight: K, drainMs: LONG_RUN });
    if ((await Promise.race([run, crashed])) === 'crashed') crashes += 1;
    now += 120_000;
    if (runs % 200 === 0)
      progress(`P11: ${SHIPMENTS - world.open()} of ${SHIPMENTS} shipments, ${crashes} crashes`);
  }
  const doubled = [...bookings.values()].filter((times) => times > 1).length;
  const note = `${SHIPMENTS.toLocaleString('en')} shipments, ${crashes.toLocaleString('en')} crashes`;
  return [
    {
      id: 'P11',
      what: 'calls in flight above k',
      value: Math.max(0, maxInFlight - K),
      budget: { most: 0 },
      digits: 0,
    },
    {
      id: 'P11',
      what: 'second registrations per million, 1 % resets and 1 % crashes',
      value: (doubled * 1e6) / SHIPMENTS,
      budget: { most: 0 },
      digits: 0,
      note,
    },
  ];
};

/** Small seeded generator, so that the run is the same every time. */
const mulberry = (seed: number) => (): number => {
  seed = (seed + 0x6d2b79f5) | 0;
  let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
};
