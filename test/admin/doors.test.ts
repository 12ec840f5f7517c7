import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routesOf } from '../../functions/admin/app.tsx';
import { registry } from '../../functions/admin/pages.ts';
import { startTables, type TestTables } from '../support/dynamo.ts';
import { anOperator, testConsole } from './support/console.ts';

let db: TestTables;
beforeAll(async () => {
  db = await startTables();
});
afterAll(() => db.stop());

const filled = (path: string) => path.replaceAll(/:\w+/g, '7');

describe('every route of the console', () => {
  const closed = routesOf(registry).filter(({ needs }) => needs !== 'open');

  it('is there to be tested', () => {
    expect(closed.length).toBeGreaterThan(15);
  });
  it.each(closed)('$method $path sends a stranger to sign in', async ({ method, path }) => {
    const console = testConsole(db, registry);
    const answer = method === 'GET' ? await console.get(filled(path)) : await console.post(filled(path), {});
    // A form that comes too late is kept on a page of its own; nothing else is drawn for nobody.
    expect(answer.status).toBe(method === 'POST' || path.startsWith('/api') ? 401 : 302);
  });
  it.each(closed.filter(({ method }) => method === 'POST'))(
    'POST $path is refused to who may only look',
    async ({ path }) => {
      const console = testConsole(db, registry);
      const cookie = await console.signIn(anOperator('view'));
      expect((await console.post(filled(path), {}, cookie)).status).toBe(403);
    },
  );
});
