/** Today before the demonstration began: parcels that ePost took hour by hour, and a shop's that it refused. */
import { createAttempts } from '../../functions/shipment/attempt.store.ts';
import { koreanTimeOfDay } from '../../functions/shipment/korean-day.ts';
import { accepted } from '../../functions/transmission/changes.ts';
import { createRunTallies } from '../../functions/transmission/run-tally.store.ts';
import { createLedger } from '../../functions/waybill/ledger.store.ts';
import { BUSY_SHOP, REFUSED_SHOP } from './contracts.ts';
import type { DemoWorld } from './demo-data.ts';
import { bookingOf, numbered, refuse } from './past-shipments.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** From eight o'clock on: parcels of each hour. */
const HOURS = [2, 5, 6, 8, 5, 4, 6, 3, 4, 2];
const FIRST_HOUR = 8;
/** Enough that sending them again becomes a job of its own. */
const REFUSED = 12;
const REFUSED_AS = 'ERR-322';

/** The second time nothing changes: what has its number is left alone. */
export const seedBusyDay = async (world: DemoWorld): Promise<void> => {
  const midnight = world.now - koreanTimeOfDay(world.now);
  let before = 0;
  for (const [i, count] of HOURS.entries()) {
    const at = midnight + (FIRST_HOUR + i) * HOUR_MS + 10 * MINUTE_MS;
    if (at + HOUR_MS < world.now) await takenBy(world, at, count, before);
    before += count;
  }
  await refusedAtOnce(world);
};

const takenBy = async (world: DemoWorld, shippedAt: number, count: number, before: number): Promise<void> => {
  const { doc, tables } = world;
  const at = shippedAt + 2 * MINUTE_MS;
  const attempts = createAttempts(doc, tables.shipments);
  const parcels = await numbered(world, BUSY_SHOP, shippedAt, count, before);
  await Promise.all(
    parcels.map(async ({ shipmentId, waybillNumber = '' }) => {
      const claim = await attempts.claim(shipmentId, at);
      if (claim.outcome !== 'claimed') return;
      await attempts.commit(claim.shipment, ['sending'], accepted(bookingOf(waybillNumber, at), false, at));
    }),
  );
  const [first] = parcels;
  if (first?.ledgerSeq === undefined) return;
  await createLedger(doc, tables.ledger).markSent({ contractId: first.contractId, seq: first.ledgerSeq });
  await createRunTallies(doc, tables.operations).write({ at, done: parcels.length, failed: 0 });
};

/** A whole upload of orders whose telephone numbers ePost did not like. */
const refusedAtOnce = async (world: DemoWorld): Promise<void> => {
  const { doc, tables } = world;
  const at = world.now - 30 * MINUTE_MS;
  const attempts = createAttempts(doc, tables.shipments);
  const parcels = await numbered(world, REFUSED_SHOP, at - 2 * MINUTE_MS, REFUSED);
  if (parcels.length === 0) return;
  for (const { shipmentId } of parcels) await refuse(attempts, shipmentId, REFUSED_AS, at);
  await createRunTallies(doc, tables.operations).write({ at, done: 0, failed: parcels.length });
};
