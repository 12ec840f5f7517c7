import { GetCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importBlock } from '../../functions/waybill/import-block.store.ts';
import type { ImportRequest } from '../../functions/waybill/import-request.ts';
import { startTables, type TestTables } from '../support/dynamo.ts';

let db: TestTables;
beforeAll(async () => {
  db = await startTables();
});
afterAll(() => db.stop());

const lend = (contractId: string, request: ImportRequest) =>
  importBlock(db.doc, db.tables, { contractId, request, by: '김운영', now: 1 });
const run = (first: string, last: string): ImportRequest => ({ kind: 'run', first, last });
const listed = (...numbers: string[]): ImportRequest => ({ kind: 'list', numbers });

describe('importing a block of waybill numbers', () => {
  it('lends a run and says how many are there now', async () => {
    expect(await lend('a', run('6100000000000', '6100000000099'))).toEqual({
      outcome: 'imported',
      block: 1,
      size: 100,
      available: 100,
    });
    expect(await lend('a', listed('6100000000212', '6100000000200'))).toMatchObject({
      block: 2,
      available: 102,
    });
  });
  it('writes who imported what into the ledger', async () => {
    const Key = { contractId: 'a', seq: 1 };
    const { Item } = await db.doc.send(new GetCommand({ TableName: db.tables.ledger, Key }));
    expect(Item).toEqual({
      contractId: 'a',
      seq: 1,
      kind: 'imported',
      at: 1,
      by: '김운영',
      block: 1,
      first: '6100000000000',
      last: '6100000000099',
    });
  });
  it('refuses the same numbers a second time', async () => {
    expect(await lend('a', run('6100000000000', '6100000000099'))).toMatchObject({
      outcome: 'refused',
      problems: [
        {
          field: 'numbers',
          rule: 'already-there',
          with: { owner: 'a', block: 1, shared: 100 },
          fix: '1번째 대역으로 이미 추가한 번호입니다. 다시 추가하지 않았습니다.',
        },
      ],
    });
    expect(await lend('a', listed('6100000000200', '6100000000212'))).toMatchObject({
      problems: [{ rule: 'already-there' }],
    });
    expect(await lend('b', run('6100000000000', '6100000000099'))).toMatchObject({
      problems: [{ rule: 'overlap', fix: expect.stringContaining('100개 겹칩니다') }],
    });
  });
  it('refuses numbers another contract holds, runs and lists alike', async () => {
    expect(await lend('b', run('6100000000090', '6100000000150'))).toMatchObject({
      problems: [{ fix: 'a의 1번째 대역과 10개 겹칩니다. 우체국에서 받은 번호를 확인해 주세요.' }],
    });
    expect(await lend('b', listed('6100000000200'))).toMatchObject({ problems: [{ rule: 'overlap' }] });
    expect(await lend('b', run('6100000000201', '6100000000212'))).toMatchObject({
      problems: [{ rule: 'overlap', fix: expect.stringContaining('1개 겹칩니다') }],
    });
  });
  it('names every line that is wrong, of any kind, and who holds the number', async () => {
    const answer = await lend(
      'b',
      listed('6100000000212', '61000', '6100000000300', '6100000000050', '6100000000300'),
    );
    expect(answer).toMatchObject({
      outcome: 'refused',
      problems: [
        { line: 1, rule: 'overlap', with: { owner: 'a', block: 2, shared: 1 } },
        { line: 2, rule: 'not-13-digits' },
        { line: 4, rule: 'overlap', with: { owner: 'a', block: 1, shared: 1 } },
        { line: 5, rule: 'duplicate' },
      ],
    });
  });
  it('knows what a spreadsheet makes of 13 digits', async () => {
    expect(await lend('b', listed('6.1E+12'))).toMatchObject({
      problems: [{ line: 1, fix: expect.stringContaining('표 프로그램이 번호를 줄여 적었습니다') }],
    });
  });
  it('takes numbers that lie between the listed ones of another block', async () => {
    expect(await lend('b', run('6100000000201', '6100000000211'))).toMatchObject({ outcome: 'imported' });
  });
  it('imports nothing when one line is wrong, and names each line and the fix', async () => {
    const before = await db.doc.send(new ScanCommand({ TableName: db.tables.pools, Select: 'COUNT' }));
    const answer = await lend('c', listed('6200000000001', '62000-0000-0002', '', '6200000000001'));
    expect(answer).toEqual({
      outcome: 'refused',
      problems: [
        {
          line: 2,
          field: 'number',
          rule: 'not-13-digits',
          fix: '운송장번호는 하이픈 없이 숫자 13자리로 넣어 주세요.',
        },
        {
          line: 4,
          field: 'number',
          rule: 'duplicate',
          fix: '1번째 줄과 같은 번호입니다. 한 줄만 남겨 주세요.',
        },
      ],
    });
    const after = await db.doc.send(new ScanCommand({ TableName: db.tables.pools, Select: 'COUNT' }));
    expect(after.Count).toBe(before.Count);
  });
  it.each([
    [run('6200000000005', '6200000000001'), 'last-before-first'],
    [run('6200000000000', '6300000000000'), 'too-many'],
    [run('620000000000', '6200000000001'), 'not-13-digits'],
    [listed(' ', ''), 'empty'],
    [listed(...Array.from({ length: 25_001 }, (_, i) => String(7_000_000_000_000 + i))), 'too-many'],
  ])('refuses %j as %s', async (request, rule) => {
    expect(await lend('c', request)).toMatchObject({ outcome: 'refused', problems: [{ rule }] });
  });
  it('lets exactly one of two operators win who import the same run at once', async () => {
    const answers = await Promise.all(
      ['d', 'e', 'f', 'g'].map((contractId) => lend(contractId, run('6400000000000', '6400000000009'))),
    );
    expect(answers.map(({ outcome }) => outcome).toSorted()).toEqual([
      'imported',
      'refused',
      'refused',
      'refused',
    ]);
  });
  it('holds the largest list in one block', async () => {
    const numbers = Array.from({ length: 25_000 }, (_, i) => String(8_000_000_000_000 + i * 12));
    expect(await lend('h', { kind: 'list', numbers })).toMatchObject({ outcome: 'imported', size: 25_000 });
  });
});
