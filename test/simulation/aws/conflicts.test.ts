/** Two transactions at one item: DynamoDB refuses one of them with TransactionConflict, which no local engine does. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createAudit } from '../../../functions/audit/audit.store.ts';
import { createAttempts } from '../../../functions/shipment/attempt.store.ts';
import type { Candidate } from '../../../functions/waybill/allocation.ts';
import { createAllocate } from '../../../functions/waybill/allocation.store.ts';
import { importBlock } from '../../../functions/waybill/import-block.store.ts';
import { aContract, aShipment, T0 } from '../../support/builders.ts';
import { tableSchemas } from '../../support/table-schemas.ts';
import type { AwsChoices } from './choices.ts';
import { createFakeAws, type FakeAws } from './fake-aws.ts';
import { createRequestHandler } from './request-handler.ts';

/** The stores wait a little before they try again; here no time passes. */
vi.mock('node:timers/promises', () => ({ setTimeout: async () => undefined }));

const tables = Object.fromEntries(Object.keys(tableSchemas).map((name) => [name, name])) as Record<
  keyof typeof tableSchemas,
  string
>;
const contract = aContract();
let aws: FakeAws;
let doc: DynamoDBDocumentClient;
/** Which writes of each coming transaction conflict; none left: no more conflicts. */
let conflicts: number[][];
let writes: number;

beforeEach(async () => {
  conflicts = [];
  writes = 0;
  const choices: AwsChoices = {
    conflicts: () => {
      writes += 1;
      return conflicts.shift() ?? [];
    },
  };
  aws = createFakeAws({ clock: () => T0, serial: () => '', tables: tableSchemas, choices });
  const client = new DynamoDBClient({
    region: 'ap-northeast-2',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
    requestHandler: createRequestHandler(async ({ service, operation, input }) =>
      aws.call(service, operation, input),
    ),
  });
  doc = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
  const request = { kind: 'run', first: '6899900000000', last: '6899900000009' } as const;
  await importBlock(doc, tables, { contractId: contract.contractId, request, by: 'kim', now: T0 });
  writes = 0;
});

const candidate = (shipmentId: string): Candidate => {
  const { waybillNumber: _number, ledgerSeq: _seq, state: _state, ...shipment } = aShipment({ shipmentId });
  return { shipment, expect: 'new' };
};
const numbers = () => aws.dynamo.items('shipments').map(({ waybillNumber }) => waybillNumber);

describe('an allocation that meets another transaction', () => {
  it.each([
    ['at the head of the pool', [0]],
    ['at one of its shipments', [2]],
    ['everywhere', [0, 1, 2, 3]],
  ])('%s is made a moment later, with the same numbers', async (_, places) => {
    conflicts = [places, places];
    const { results } = await createAllocate(doc, tables, () => T0)(contract, ['a', 'b'].map(candidate));
    expect(results.map(({ outcome }) => outcome)).toEqual(['allocated', 'allocated']);
    expect(numbers()).toEqual([{ S: '6899900000000' }, { S: '6899900000001' }]);
    expect(writes).toBe(3);
  });

  it('keeps its work when the conflicts do not end: it says so, and nothing is written', async () => {
    const before = aws.dynamo.items('pools');
    conflicts = Array.from({ length: 100 }, () => [0]);
    const allocate = createAllocate(doc, tables, () => T0);
    await expect(allocate(contract, [candidate('a')])).rejects.toThrow(/stay queued/);
    expect(numbers()).toEqual([]);
    expect(aws.dynamo.items('pools')).toEqual(before);
    conflicts = [];
    const { results } = await allocate(contract, [candidate('a')]);
    expect(results).toMatchObject([{ outcome: 'allocated', shipment: { waybillNumber: '6899900000000' } }]);
  });

  it('sees in the same answer who has his number already', async () => {
    const allocate = createAllocate(doc, tables, () => T0);
    await allocate(contract, [candidate('a')]);
    conflicts = [[3]];
    const { results } = await createAllocate(doc, tables, () => T0)(contract, ['a', 'b'].map(candidate));
    expect(results.map(({ outcome }) => outcome).toSorted()).toEqual(['allocated', 'already']);
    expect(new Set(numbers().map((number) => JSON.stringify(number))).size).toBe(2);
  });
});

describe('a decision that meets another transaction', () => {
  it('is written once, with one audit row', async () => {
    conflicts = [[0], [1], [2]];
    const audit = createAudit(doc, tables);
    const entry = {
      at: T0,
      by: { kind: 'operator' as const, id: 'op-1', name: '김운영' },
      what: 'transmission.paused' as const,
      subject: 's',
    };
    const item = { Put: { TableName: 'operations', Item: { pk: 'p', sk: 's' } } };
    expect(await audit.commit(entry, [item])).toMatchObject({ outcome: 'written' });
    expect(aws.dynamo.items('audit')).toHaveLength(1);
    expect(writes).toBe(4);
  });
});

describe('an attempt that meets another transaction', () => {
  it('is not begun: the drain’s message stays for the next delivery', async () => {
    const attempts = createAttempts(doc, 'shipments');
    const allocate = createAllocate(doc, tables, () => T0);
    await allocate(contract, [candidate('a')]);
    conflicts = [[0]];
    await expect(attempts.claim('a', T0)).rejects.toMatchObject({ name: 'TransactionConflictException' });
    expect(await attempts.read('a')).toMatchObject({ state: 'allocated', attempt: 0 });
    expect(await attempts.claim('a', T0)).toMatchObject({ outcome: 'claimed' });
  });
});
