import { DeleteCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAudit } from '../../functions/audit/audit.store.ts';
import { findingSentence } from '../../functions/ledger-audit/finding.ts';
import { readHead } from '../../functions/waybill/pool.store.ts';
import { retireBlock } from '../../functions/waybill/retire-block.store.ts';
import { T0 } from '../support/builders.ts';
import { startTables, type TestTables } from '../support/dynamo.ts';
import { audit, give, lend, names } from './support.ts';

let db: TestTables;
beforeAll(async () => {
  db = await startTables();
});
afterAll(() => db.stop());

const kim = { kind: 'operator', id: 'op-1', name: '김운영' } as const;
const findingsOf = async (contractId: string) => (await audit(db, contractId)).findings;
const dropEntry = (contractId: string, seq: number) =>
  db.doc.send(new DeleteCommand({ TableName: db.tables.ledger, Key: { contractId, seq } }));
const setHead = (contractId: string, position: number) =>
  db.doc.send(
    new UpdateCommand({
      TableName: db.tables.pools,
      Key: { contractId, item: 'head' },
      UpdateExpression: 'SET #position = :position',
      ExpressionAttributeNames: { '#position': 'position' },
      ExpressionAttributeValues: { ':position': position },
    }),
  );
const setNumber = (shipmentId: string, waybillNumber: string) =>
  db.doc.send(
    new UpdateCommand({
      TableName: db.tables.shipments,
      Key: { shipmentId },
      UpdateExpression: 'SET waybillNumber = :number',
      ExpressionAttributeValues: { ':number': waybillNumber },
    }),
  );

describe('a ledger in order', () => {
  it('explains every number: over several blocks, one given back, parcels of many batches', async () => {
    await lend(db, 'whole', 25);
    await lend(db, 'whole', 40);
    await give(db, 'whole', names('whole', 20));
    const order = { contractId: 'whole', block: 1, by: kim, reason: '반납', now: T0 + 1 };
    expect(await retireBlock(db.doc, db.tables, createAudit(db.doc, db.tables), order)).toMatchObject({
      removed: 5,
    });
    await give(db, 'whole', names('whole', 30, 20));
    expect(await findingsOf('whole')).toEqual([]);
  });

  it('knows what we gave from the history where ePost drew another number afterwards', async () => {
    await lend(db, 'drawn', 5);
    const [ours] = await give(db, 'drawn', ['drawn-0']);
    await db.doc.send(
      new UpdateCommand({
        TableName: db.tables.shipments,
        Key: { shipmentId: 'drawn-0' },
        UpdateExpression: 'SET waybillNumber = :new, formerNumbers = :former',
        ExpressionAttributeValues: {
          ':new': '6999900000001',
          ':former': [{ number: ours, until: T0, reason: '취소' }],
        },
      }),
    );
    expect(await findingsOf('drawn')).toEqual([]);
  });

  it('is walked in pieces that hand on where they stand, and finds the same', async () => {
    await lend(db, 'pieces', 300);
    await give(db, 'pieces', names('pieces', 150), 1);
    await dropEntry('pieces', 120);
    const [whole, parts] = [await audit(db, 'pieces'), await audit(db, 'pieces', 1)];
    expect(parts.pieces).toBeGreaterThan(3);
    expect(parts.findings).toEqual(whole.findings);
    expect(whole.findings.map(({ kind }) => kind)).toEqual(['entry-missing', 'hole']);
  });
});

describe('damage', () => {
  it('a hole: an entry is gone, and nobody knows whose its numbers are', async () => {
    const first = await lend(db, 'hole', 30);
    await give(db, 'hole', names('hole', 30));
    await dropEntry('hole', 3);
    expect(await findingsOf('hole')).toEqual([
      { kind: 'entry-missing', seq: 3, count: 1 },
      { kind: 'hole', block: 1, from: 10, count: 10, first: String(Number(first) + 10) },
    ]);
  });

  it('the newest entries are gone: the numbers up to the cursor are a hole', async () => {
    await lend(db, 'tail', 30);
    await give(db, 'tail', names('tail', 20));
    await dropEntry('tail', 3);
    expect(await findingsOf('tail')).toMatchObject([
      { kind: 'entry-missing', seq: 3, count: 1 },
      { kind: 'hole', from: 10, count: 10 },
    ]);
  });

  it('a number twice: the cursor went back and gave the same ones again', async () => {
    const first = await lend(db, 'twice', 30);
    await give(db, 'twice', names('twice', 10));
    await setHead('twice', 4);
    expect(await findingsOf('twice')).toEqual([{ kind: 'cursor-behind', block: 1, position: 4 }]);
    await give(db, 'twice', names('twice', 6, 10));
    expect(await findingsOf('twice')).toEqual([
      {
        kind: 'number-twice',
        seq: 3,
        block: 1,
        from: 4,
        count: 6,
        first: String(Number(first) + 4),
      },
    ]);
  });

  it('a shipment that holds another number than the ledger gave it', async () => {
    await lend(db, 'other', 10);
    const [given, second] = await give(db, 'other', names('other', 2));
    await setNumber('other-0', second!);
    expect(await findingsOf('other')).toEqual([
      { kind: 'other-number', seq: 2, shipmentId: 'other-0', number: given, holds: second },
    ]);
  });

  it('an entry without its shipment', async () => {
    await lend(db, 'lost', 10);
    const [, number] = await give(db, 'lost', names('lost', 3));
    await db.doc.send(new DeleteCommand({ TableName: db.tables.shipments, Key: { shipmentId: 'lost-1' } }));
    expect(await findingsOf('lost')).toEqual([
      {
        kind: 'shipment-missing',
        seq: 2,
        shipmentId: 'lost-1',
        number,
        place: { block: 1, from: 1 },
      },
    ]);
  });

  it('a number given after it had been given back to ePost', async () => {
    await lend(db, 'dead', 10);
    await give(db, 'dead', names('dead', 2));
    const order = { contractId: 'dead', block: 1, by: kim, reason: '반납', now: T0 - 1 };
    await retireBlock(db.doc, db.tables, createAudit(db.doc, db.tables), order);
    const head = await readHead(db.doc, db.tables.pools, 'dead');
    await db.doc.send(
      new PutCommand({
        TableName: db.tables.ledger,
        Item: {
          contractId: 'dead',
          seq: head.seq + 1,
          kind: 'allocated',
          at: T0,
          segments: [{ block: 1, from: 2, count: 1 }],
          ids: 'dead-0',
        },
      }),
    );
    await db.doc.send(
      new PutCommand({ TableName: db.tables.pools, Item: { ...head, seq: head.seq + 1, position: 3 } }),
    );
    expect((await findingsOf('dead')).map(({ kind }) => kind)).toEqual(['void-given', 'other-number']);
  });

  it('a pool that a restore put behind its own ledger', async () => {
    await lend(db, 'behind', 30);
    await give(db, 'behind', names('behind', 10));
    const before = await readHead(db.doc, db.tables.pools, 'behind');
    await give(db, 'behind', names('behind', 10, 10));
    await db.doc.send(new PutCommand({ TableName: db.tables.pools, Item: before }));
    expect(await findingsOf('behind')).toEqual([{ kind: 'pool-rewound', seq: 2, ledgerSeq: 3 }]);
  });

  it('an entry with fewer shipments than numbers, and a block that is gone', async () => {
    await lend(db, 'unfit', 10);
    await give(db, 'unfit', names('unfit', 2));
    await db.doc.send(
      new UpdateCommand({
        TableName: db.tables.ledger,
        Key: { contractId: 'unfit', seq: 2 },
        UpdateExpression: 'SET ids = :ids',
        ExpressionAttributeValues: { ':ids': 'unfit-0' },
      }),
    );
    expect(await findingsOf('unfit')).toEqual([{ kind: 'entry-unfit', seq: 2, numbers: 2, shipments: 1 }]);
    const Key = { contractId: 'unfit', item: 'block#000001' };
    await db.doc.send(new DeleteCommand({ TableName: db.tables.pools, Key }));
    expect((await findingsOf('unfit')).map(({ kind }) => kind)).toContain('block-missing');
  });

  it('is told in sentences without a person in them', async () => {
    const findings = (await audit(db, 'hole')).findings;
    expect(findingSentence({ contractId: 'hole', ...findings[1]! })).toMatch(
      /^hole: 1번째 대역 \d{13}부터 10개: 어디에 쓰였는지 원장에 없습니다\.$/,
    );
  });
});
