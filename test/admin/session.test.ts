import { GetCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isTokenOf, hashOf, maskToken } from '../../functions/admin/door/session.ts';
import { createSessions, type Sessions } from '../../functions/admin/door/session.store.ts';
import { T0 } from '../support/builders.ts';
import { startTables, type TestTables } from '../support/dynamo.ts';
import { anOperator, LIMITS } from './support/console.ts';

const MINUTE = 60_000;

describe('a session', () => {
  let tables: TestTables;
  let sessions: Sessions;
  beforeAll(async () => {
    tables = await startTables();
    sessions = createSessions(tables.doc, tables.tables.sessions, LIMITS);
  });
  afterAll(() => tables.stop());

  it('is known by its token, which the table does not hold', async () => {
    const token = await sessions.open(anOperator('review'), T0);
    expect(token).toMatch(/^[\w-]{43}$/);
    expect(await sessions.use(token, T0 + 1)).toMatchObject({ operatorId: 'sub-review', role: 'review' });
    const rows = await tables.doc.send(new ScanCommand({ TableName: tables.tables.sessions }));
    expect(JSON.stringify(rows.Items)).not.toContain(token);
  });

  it('lives on with every use and ends after 30 minutes without one', async () => {
    const token = await sessions.open(anOperator('view'), T0);
    expect(await sessions.use(token, T0 + 29 * MINUTE)).toBeDefined();
    expect(await sessions.use(token, T0 + 58 * MINUTE)).toBeDefined();
    expect(await sessions.use(token, T0 + 88 * MINUTE)).toBeUndefined();
  });

  it('is not kept alive by a refresh', async () => {
    const token = await sessions.open(anOperator('view'), T0);
    expect(await sessions.look(token, T0 + 29 * MINUTE)).toBeDefined();
    expect(await sessions.use(token, T0 + 30 * MINUTE)).toBeUndefined();
    expect(await sessions.look(token, T0 + 30 * MINUTE)).toBeUndefined();
  });

  it('ends nine hours after the sign-in however busy it is', async () => {
    const token = await sessions.open(anOperator('view'), T0);
    for (let minutes = 20; minutes < 9 * 60; minutes += 20)
      expect(await sessions.use(token, T0 + minutes * MINUTE)).toBeDefined();
    expect(await sessions.use(token, T0 + 9 * 60 * MINUTE)).toBeUndefined();
  });

  it('is dead at once when it is ended, for good and for itself alone', async () => {
    const [one, other] = [
      await sessions.open(anOperator('view'), T0),
      await sessions.open(anOperator('view'), T0),
    ];
    const session = await sessions.use(one, T0);
    await sessions.end(session!);
    await sessions.end(session!);
    expect(await sessions.use(one, T0 + 1)).toBeUndefined();
    expect(await sessions.use(other, T0 + 1)).toBeDefined();
  });

  it('ends on every machine of its operator, and a later sign-in opens a new one', async () => {
    const who = anOperator('manage', { id: 'sub-everywhere' });
    const tokens = [await sessions.open(who, T0), await sessions.open(who, T0 + 5)];
    const someoneElse = await sessions.open(anOperator('manage'), T0);
    await sessions.endAll(who.id, T0 + 10);
    for (const token of tokens) expect(await sessions.use(token, T0 + 20)).toBeUndefined();
    expect(await sessions.use(someoneElse, T0 + 20)).toBeDefined();
    const fresh = await sessions.open(who, T0 + 30);
    expect(await sessions.use(fresh, T0 + 40)).toBeDefined();
    expect(await sessions.look(fresh, T0 + 40)).toBeDefined();
  });

  it('gives a notice once', async () => {
    const token = await sessions.open(anOperator('view'), T0);
    const session = await sessions.use(token, T0);
    await sessions.leave(session!, { tone: 'ok', text: '저장했습니다.' });
    expect((await sessions.use(token, T0 + 1))?.notice?.text).toBe('저장했습니다.');
    expect((await sessions.use(token, T0 + 2, true))?.notice?.text).toBe('저장했습니다.');
    expect((await sessions.use(token, T0 + 3, true))?.notice).toBeUndefined();
  });

  it('is not brought back by a notice that comes too late', async () => {
    const token = await sessions.open(anOperator('view'), T0);
    const session = await sessions.use(token, T0);
    await sessions.end(session!);
    await sessions.leave(session!, { tone: 'ok', text: '저장했습니다.' });
    const Key = { sessionHash: hashOf(token) };
    const row = await tables.doc.send(new GetCommand({ TableName: tables.tables.sessions, Key }));
    expect(row.Item).toBeUndefined();
  });

  it('is not found by what is no token, nor by another row of the table', async () => {
    const token = await sessions.open(anOperator('view'), T0);
    for (const bad of [undefined, '', 'x', `${token}=`, token.slice(1), hashOf(token), 'operator#sub-view'])
      expect(await sessions.use(bad, T0)).toBeUndefined();
  });
});

describe('the token of forms', () => {
  const secret = fc
    .uint8Array({ minLength: 32, maxLength: 32 })
    .map((b) => Buffer.from(b).toString('base64url'));

  it('is another text on every page and still the same token', () => {
    fc.assert(
      fc.property(secret, secret, secret, (token, pad, other) => {
        expect(isTokenOf(token, maskToken(token, pad))).toBe(true);
        if (pad !== other) expect(maskToken(token, pad)).not.toBe(maskToken(token, other));
        if (token !== other) expect(isTokenOf(token, maskToken(other, pad))).toBe(false);
      }),
    );
  });

  it('is not any text', () => {
    fc.assert(fc.property(secret, fc.string(), (token, text) => !isTokenOf(token, text)));
  });
});
