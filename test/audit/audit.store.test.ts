import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { type AuditEntry, EMPTY_HEAD, firstBreak, nextRow } from '../../functions/audit/audit.ts';
import { type Audit, createAudit } from '../../functions/audit/audit.store.ts';
import { KIM } from '../support/applications.ts';
import { T0 } from '../support/builders.ts';
import { startTables, type TestTables } from '../support/dynamo.ts';

const entry = (over: Partial<AuditEntry> = {}): AuditEntry => ({
  at: T0,
  by: KIM,
  what: 'shipment.resent',
  subject: 'shipment#S-1',
  after: { b: 1, a: [1, { d: null, c: '둘' }] },
  ...over,
});

let world: TestTables | undefined;
let audit: Audit;
let tables: TestTables;
beforeEach(async () => {
  await world?.stop();
  tables = world = await startTables();
  audit = createAudit(tables.doc, tables.tables);
});
afterAll(() => world?.stop());

describe('the audit', () => {
  it('is a chain without a gap, whatever is written at once', async () => {
    await Promise.all(
      Array.from({ length: 15 }, (_, i) => audit.append(entry({ subject: `shipment#S-${i}` }))),
    );
    const { rows } = await audit.page(undefined, 100);
    expect(rows.map(({ seq }) => seq)).toEqual(Array.from({ length: 15 }, (_, i) => 15 - i));
    expect(new Set(rows.map(({ subject }) => subject)).size).toBe(15);
    expect(await audit.firstBreak()).toBeUndefined();
  });

  it.each(['reason', 'what', 'at', 'after'])(
    'shows when %s of a row was changed afterwards',
    async (field) => {
      for (const n of [1, 2, 3]) await audit.append(entry({ reason: `사유 ${n}` }));
      await tables.doc.send(
        new UpdateCommand({
          TableName: tables.tables.audit,
          Key: { chain: 'main', seq: 2 },
          UpdateExpression: 'SET #f = :v',
          ExpressionAttributeNames: { '#f': field },
          ExpressionAttributeValues: { ':v': field === 'at' ? 1 : '다른 말' },
        }),
      );
      expect(await audit.firstBreak()).toBe(2);
    },
  );

  it('writes with what it tells of, or not at all', async () => {
    const put = (pk: string) => ({
      Put: {
        TableName: tables.tables.operations,
        Item: { pk, sk: 'x' },
        ConditionExpression: 'attribute_not_exists(pk)',
      },
    });
    expect(await audit.commit(entry(), [put('a'), put('b')])).toMatchObject({ outcome: 'written' });
    expect(await audit.commit(entry(), [put('c'), put('b')])).toMatchObject({ outcome: 'refused', item: 1 });
    const { rows } = await audit.page();
    expect(rows).toHaveLength(1);
  });

  it('is read newest first, page by page, and by subject', async () => {
    for (const n of [1, 2, 3, 4, 5]) await audit.append(entry({ subject: `shipment#S-${n % 2}` }));
    const first = await audit.page(undefined, 2);
    const second = await audit.page(first.cursor, 2);
    const last = await audit.page(second.cursor, 2);
    expect([first, second, last].map(({ rows }) => rows.map(({ seq }) => seq))).toEqual([
      [5, 4],
      [3, 2],
      [1],
    ]);
    expect((await audit.of('shipment#S-1')).map(({ seq }) => seq)).toEqual([5, 3, 1]);
  });
});

describe('a chain', () => {
  const rows = (() => {
    const one = nextRow(EMPTY_HEAD, entry());
    const two = nextRow(one, entry({ reason: '둘째' }));
    return [one, two, nextRow(two, entry())] as const;
  })();

  it('shows a row taken out, put in another place, or doubled', () => {
    const [one, two, three] = rows;
    expect(firstBreak(rows)).toBeUndefined();
    expect(firstBreak([one, three])).toBe(3);
    expect(firstBreak([two, one, three])).toBe(2);
    expect(firstBreak([one, one, two])).toBe(1);
  });

  it('seals the same whatever the order of attributes', () => {
    const [one] = rows;
    const shuffled = Object.fromEntries(Object.entries(one).toReversed()) as typeof one;
    expect(firstBreak([shuffled])).toBeUndefined();
  });
});
