import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTables, type TestTables } from '../support/dynamo.ts';
import { createWorld, type World } from './support/world.ts';

let db: TestTables;
let world: World;
beforeAll(async () => {
  db = await startTables();
});
afterAll(() => db.stop());
beforeEach(async () => {
  world = createWorld(db);
  await world.forget();
  await world.aContract();
});

describe('a shipment with a number', () => {
  it('is booked once, told once and done', async () => {
    const id = await world.ship('A');
    expect(await world.drain()).toEqual({ touched: 1, failed: 0 });
    const shipment = await world.stored(id);
    expect(shipment).toMatchObject({ state: 'accepted', attempt: 1, attemptDay: '20261124' });
    expect(shipment.booking).toMatchObject({ postOffice: '서울중앙', feeWon: 3300 });
    expect(world.carrier.of(id)).toHaveLength(1);
    expect(world.typesOf(id)).toEqual(['ShipmentTransmitted']);
    expect(world.messages).toEqual([]);
  });
});
