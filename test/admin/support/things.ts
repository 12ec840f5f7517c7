/** The console with one page and its two actions, fresh for every test of a file, over one table engine. */
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { startTables, type TestTables } from '../../support/dynamo.ts';
import { anOperator, fieldsOf, testConsole, type TestConsole } from './console.ts';
import { thingPages, type ThingPages } from './pages.ts';

export const RENAME = '/things/7/rename';
export const REMOVE = '/things/7/remove';

export interface Things extends TestConsole {
  tables: TestTables;
  things: ThingPages;
  /** Opens the page as an operator and fills its form. */
  opened(
    action?: string,
    role?: 'review' | 'manage',
    id?: string,
  ): Promise<{ cookie: string; fields: Record<string, string> }>;
}

/** Filled before each test of the file that calls it. */
export const startThings = (): Things => {
  const world = {} as Things;
  beforeAll(async () => {
    world.tables = await startTables();
  });
  afterAll(() => world.tables.stop());
  beforeEach(() => {
    const things = thingPages();
    Object.assign(world, testConsole(world.tables, things.registry), { things });
  });
  world.opened = async (action = RENAME, role = 'review', id = `sub-${role}`) => {
    const cookie = await world.signIn(anOperator(role, { id }));
    const html = await (await world.get('/things/7', cookie)).text();
    return { cookie, fields: { ...fieldsOf(html, action), name: '새 이름' } };
  };
  return world;
};
