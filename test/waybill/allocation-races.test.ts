/** The transaction's refusals, each as DynamoDB words it, and what is done about them. */
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { newShipment } from '../../functions/order/new-shipment.ts';
import type { Candidate } from '../../functions/waybill/allocation.ts';
import { createAllocate } from '../../functions/waybill/allocation.store.ts';
import { type Block, blockItem, emptyHead, type PoolHead } from '../../functions/waybill/pool.ts';
import { aContract, anOrder, T0 } from '../support/builders.ts';

type Reason = { Code?: string; Item?: object };
interface Sent {
  name: string;
  input: { Key?: { item: string }; TransactItems?: { Put: { Item: Record<string, unknown> } }[] };
}

const head = (over: Partial<PoolHead> = {}): PoolHead => ({
  ...emptyHead('sodam'),
  seq: 1,
  lastBlock: 1,
  available: 100,
  revision: 1,
  ...over,
});
const block = (no: number, over: Partial<Block> = {}): Block =>
  ({
    contractId: 'sodam',
    item: blockItem(no),
    block: no,
    kind: 'run',
    first: `6${no}00000000000`,
    last: `6${no}00000000099`,
    size: 100,
    importedAt: T0,
    by: 'test',
    ...over,
  }) as Block;

let stored: PoolHead;
let refusals: (Reason[] | Error)[];
let sent: Sent[];
beforeEach(() => {
  [stored, refusals, sent] = [head(), [], []];
  vi.spyOn(Math, 'random').mockReturnValue(0.0001);
});
afterEach(() => vi.restoreAllMocks());

const doc = {
  send: async (command: { constructor: { name: string }; input: Sent['input'] }) => {
    sent.push({ name: command.constructor.name, input: command.input });
    if (command.constructor.name === 'GetCommand') {
      const item = command.input.Key!.item;
      return { Item: item === 'head' ? stored : block(Number(item.slice(6))) };
    }
    const refusal = refusals.shift();
    if (refusal instanceof Error) throw refusal;
    if (refusal !== undefined)
      throw Object.assign(new Error('cancelled'), {
        name: 'TransactionCanceledException',
        CancellationReasons: refusal.map(({ Code = 'None', Item }) => ({
          Code,
          ...(Item && { Item: marshall(Item) }),
        })),
      });
    stored = command.input.TransactItems![0]!.Put.Item as unknown as PoolHead;
    return {};
  },
} as unknown as DynamoDBDocumentClient;
const allocator = () => createAllocate(doc, { pools: 'p', ledger: 'l', shipments: 's' }, () => T0);
const candidates = (count: number): Candidate[] =>
  Array.from({ length: count }, (_, i) => ({
    shipment: newShipment(anOrder({ shipmentId: `S-${i}` }), T0, 20),
    expect: 'new',
  }));
const names = () => sent.map(({ name, input }) => (input.Key ? `reads ${input.Key.item}` : name));
const none = (count: number): Reason[] => Array.from({ length: count }, () => ({}));
const FAILED = 'ConditionalCheckFailed';

describe('an allocation that is refused', () => {
  it('because the head had moved takes the head it is told, without reading, and pauses', async () => {
    refusals = [[{ Code: FAILED, Item: head({ seq: 9, position: 50, available: 50 }) }, ...none(2)]];
    const { results, committed } = await allocator()(aContract(), candidates(1));
    expect(names()).toEqual([
      'reads head',
      'reads block#000001',
      'TransactWriteCommand',
      'TransactWriteCommand',
    ]);
    expect(results).toMatchObject([
      { outcome: 'allocated', shipment: { waybillNumber: '6100000000050', ledgerSeq: 10 } },
    ]);
    expect(committed).toMatchObject([{ before: { seq: 9 }, after: { seq: 10, available: 49 } }]);
  });

  it('because another transaction is at it reads the head again', async () => {
    refusals = [[{ Code: 'TransactionConflict' }, ...none(2)]];
    await allocator()(aContract(), candidates(1));
    expect(names().filter((name) => name === 'reads head')).toHaveLength(2);
  });

  it('because a shipment is there already answers with it and numbers the others, with the head it knew', async () => {
    const existing = { ...candidates(2)[0]!.shipment, state: 'allocated', waybillNumber: '6100000000007' };
    refusals = [[{}, {}, { Code: FAILED, Item: existing }, {}]];
    const two = candidates(2);
    const { results } = await allocator()(aContract(), two);
    expect(results).toEqual([
      { outcome: 'already', candidate: two[0], existing },
      {
        outcome: 'allocated',
        shipment: expect.objectContaining({ shipmentId: 'S-1', waybillNumber: '6100000000000' }),
      },
    ]);
    expect(names()).toEqual([
      'reads head',
      'reads block#000001',
      'TransactWriteCommand',
      'TransactWriteCommand',
    ]);
  });

  it('because a shipment is being written now is tried again', async () => {
    refusals = [
      [{}, {}, { Code: 'TransactionConflict' }],
      [{}, {}, { Code: FAILED }],
    ];
    const { results } = await allocator()(aContract(), candidates(1));
    expect(results).toMatchObject([{ outcome: 'allocated' }]);
    expect(sent.filter(({ name }) => name === 'TransactWriteCommand')).toHaveLength(3);
  });

  it('twenty-five times is given up: the pool is contended', async () => {
    refusals = Array.from({ length: 30 }, () => [{ Code: 'TransactionConflict' }, ...none(2)]);
    await expect(allocator()(aContract(), candidates(1))).rejects.toMatchObject({
      name: 'PoolContended',
      message: 'The pool is too contended; the shipments stay queued',
    });
    expect(sent.filter(({ name }) => name === 'TransactWriteCommand')).toHaveLength(25);
  });

  it('for another reason than a condition is a fault', async () => {
    refusals = [new Error('throttled')];
    await expect(allocator()(aContract(), candidates(1))).rejects.toThrow('throttled');
  });

  it('longer each time, at most a second, and only where others are in the way', async () => {
    vi.restoreAllMocks();
    const random = vi.spyOn(Math, 'random').mockReturnValue(0);
    refusals = [
      [{ Code: 'TransactionConflict' }, ...none(2)],
      [{}, {}, { Code: FAILED, Item: { shipmentId: 'S-0' } }],
    ];
    await allocator()(aContract(), candidates(1));
    expect(random).toHaveBeenCalledTimes(1);
  });
});

describe('a pool', () => {
  it('that is frozen gives nothing, and is looked at again the next time', async () => {
    const allocate = allocator();
    await allocate(aContract(), candidates(1));
    const frozen = { at: T0, by: '김운영', reason: '복원' };
    const moved = { ...stored, seq: 5, frozen };
    refusals = [[{ Code: FAILED, Item: moved }, ...none(2)]];
    stored = moved;
    await expect(allocate(aContract(), candidates(1))).rejects.toMatchObject({
      name: 'PoolFrozen',
      message: 'The pool of sodam is frozen',
    });
    const { frozen: _none, ...free } = moved;
    stored = free;
    expect((await allocate(aContract(), candidates(1))).results).toMatchObject([{ outcome: 'allocated' }]);
  });

  it('remembered as dry is read again before anybody is told to wait', async () => {
    const allocate = allocator();
    stored = head({ position: 99, available: 1 });
    await allocate(aContract(), candidates(1));
    sent = [];
    stored = { ...stored, lastBlock: 2, revision: 2 };
    const { results } = await allocate(aContract(), candidates(1));
    expect(results).toMatchObject([{ shipment: { waybillNumber: '6200000000000' } }]);
    expect(names()).toContain('reads head');
  });

  it('that is dry has what is left wait, beside what it could serve', async () => {
    stored = head({ position: 99, available: 1 });
    const three = candidates(3);
    const { results, committed } = await allocator()(aContract(), three);
    expect(results).toMatchObject([
      { outcome: 'allocated' },
      { outcome: 'waiting', candidate: three[1] },
      { outcome: 'waiting', candidate: three[2] },
    ]);
    expect(committed).toHaveLength(1);
  });

  it('whose head is remembered costs one request a batch; its blocks are read again once they may have changed', async () => {
    const allocate = allocator();
    await allocate(aContract(), candidates(1));
    sent = [];
    await allocate(aContract(), candidates(1));
    expect(names()).toEqual(['TransactWriteCommand']);
    sent = [];
    refusals = [[{ Code: FAILED, Item: { ...stored, seq: 9, revision: 2 } }, ...none(2)]];
    await allocate(aContract(), candidates(1));
    expect(names()).toEqual(['TransactWriteCommand', 'reads block#000001', 'TransactWriteCommand']);
  });

  it('of which ePost draws the numbers has no blocks to read', async () => {
    const { results } = await allocator()(aContract({ numbering: 'carrier-issued' }), candidates(2));
    expect(names()).toEqual(['reads head', 'TransactWriteCommand']);
    expect(results).toHaveLength(2);
  });

  it('is not even read when nobody asks', async () => {
    expect(await allocator()(aContract(), [])).toEqual({ results: [], committed: [] });
    expect(sent).toEqual([]);
  });
});

it('the write is fenced by the head, the ledger and each shipment as it was seen', async () => {
  const seen = { state: 'waiting', fingerprint: 'fp' } as const;
  const [one] = candidates(1) as [Candidate];
  await allocator()(aContract(), [
    one,
    { ...one, shipment: { ...one.shipment, shipmentId: 'W' }, expect: seen },
  ]);
  const items = sent.at(-1)!.input.TransactItems as unknown as { Put: Record<string, unknown> }[];
  expect(items.map(({ Put: { Item: _item, ...put } }) => put)).toEqual([
    {
      TableName: 'p',
      ConditionExpression: 'seq = :seq AND attribute_not_exists(frozen)',
      ExpressionAttributeValues: { ':seq': 1 },
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    },
    { TableName: 'l', ConditionExpression: 'attribute_not_exists(contractId)' },
    {
      TableName: 's',
      ConditionExpression: 'attribute_not_exists(shipmentId)',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    },
    {
      TableName: 's',
      ConditionExpression: '#state = :state AND fingerprint = :fingerprint',
      ExpressionAttributeNames: { '#state': 'state' },
      ExpressionAttributeValues: { ':state': 'waiting', ':fingerprint': 'fp' },
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    },
  ]);
});
