import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { attentionKeys } from '../../functions/shipment/shipment.ts';
import { createShipments, type Shipments } from '../../functions/shipment/shipment.store.ts';
import { aShipment } from '../support/builders.ts';
import { startTables, type TestTables } from '../support/dynamo.ts';

let db: TestTables;
let shipments: Shipments;
beforeAll(async () => {
  db = await startTables();
  shipments = createShipments(db.doc, db.tables.shipments);
});
afterAll(() => db.stop());

describe('the shipment store', () => {
  it('says how the record is when a write comes too late', async () => {
    const first = aShipment({ shipmentId: 'late' });
    expect(await shipments.put(first, 'absent')).toEqual({ outcome: 'written' });
    expect(await shipments.put({ ...first, state: 'refused' }, 'absent')).toEqual({
      outcome: 'changed',
      existing: first,
    });
    const still = { state: 'waiting', fingerprint: first.fingerprint } as const;
    expect(await shipments.put({ ...first, state: 'refused' }, still)).toEqual({
      outcome: 'changed',
      existing: first,
    });
  });

  it('writes to a record that is gone as to one that changed', async () => {
    const still = { state: 'waiting', fingerprint: 'x' } as const;
    expect(await shipments.put(aShipment({ shipmentId: 'gone' }), still)).toEqual({
      outcome: 'changed',
      existing: undefined,
    });
  });

  it('reads more ids than one request takes, and where they stand without personal data', async () => {
    const ids = Array.from({ length: 130 }, (_, i) => `many-${i}`);
    await Promise.all(ids.map((shipmentId) => shipments.put(aShipment({ shipmentId }), 'absent')));
    expect((await shipments.read([...ids, 'missing', ids[0]!])).size).toBe(130);
    const standing = (await shipments.readStates(['many-1'])).get('many-1');
    expect(standing).toEqual({
      shipmentId: 'many-1',
      contractId: 'sodam',
      state: 'allocated',
      receivedAt: aShipment().receivedAt,
      deadline: aShipment().deadline,
      allocatedAt: aShipment().allocatedAt,
    });
  });

  it('asks for one cancellation only', async () => {
    await shipments.put(aShipment({ shipmentId: 'c', state: 'accepted' }), 'absent');
    expect(await shipments.requestCancel('c', { at: 1 })).toEqual({ outcome: 'written' });
    expect(await shipments.requestCancel('c', { at: 2 })).toMatchObject({
      outcome: 'changed',
      existing: { cancel: { at: 1 } },
    });
  });

  it('finds what needs a look, by contract or all, across all slots', async () => {
    for (const contractId of ['alpha', 'alpha/seller', 'beta'])
      for (let i = 0; i < 9; i++) {
        const keys = { shipmentId: `${contractId.replace('/', '.')}-${i}`, contractId };
        await shipments.put(
          aShipment({ ...keys, state: 'parked', ...attentionKeys('parked', keys) }),
          'absent',
        );
      }
    const all = await Array.fromAsync(shipments.attention('parked'));
    expect(all.flat()).toHaveLength(27);
    const alpha = (await Array.fromAsync(shipments.attention('parked', 'alpha'))).flat();
    expect(alpha.toSorted()).toEqual(Array.from({ length: 9 }, (_, i) => `alpha-${i}`));
  });
});
