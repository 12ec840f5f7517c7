import { afterAll, beforeAll, beforeEach } from 'vitest';
import { startTables, type TestTables } from '../../support/dynamo.ts';
import { createWorld, type World } from './world.ts';

/** A fresh world with one contract before each test; the engine is started once per file. */
export const worlds = () => {
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
  return {
    world: () => world,
    db: () => db,
    anotherAt: async (start: number) => {
      world = createWorld(db, start);
      await world.aContract();
      return world;
    },
  };
};
