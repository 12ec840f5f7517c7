import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Attempts, createAttempts } from '../../functions/shipment/attempt.store.ts';
import type { Shipment } from '../../functions/shipment/shipment.ts';
import { aShipment, T0 } from '../support/builders.ts';
import { startTables, type TestTables } from '../support/dynamo.ts';

let db: TestTables;
let attempts: Attempts;
beforeAll(async () => {
  db = await startTables();
  attempts = createAttempts(db.doc, db.tables.shipments);
});
afterAll(() => db.stop());

let serial = 0;
const stored = async (over: Partial<Shipment> = {}) => {
  const shipment = aShipment({ shipmentId: `S-${serial++}`, ...over });
  await db.doc.send(new PutCommand({ TableName: db.tables.shipments, Item: shipment }));
  return shipment;
};
const claimed = async (shipmentId: string, now = T0) => {
  const claim = await attempts.claim(shipmentId, now);
  if (claim.outcome !== 'claimed') throw new Error('not claimed');
  return claim.shipment;
};

describe('a claim', () => {
  it('stores the attempt, its time and its Korean day before anything is sent', async () => {
    const { shipmentId } = await stored();
    const late = Date.parse('2026-11-24T15:00:00Z');
    expect(await claimed(shipmentId, late)).toMatchObject({
      state: 'sending',
      attempt: 1,
      attemptAt: late,
      attemptDay: '20261125',
      parcel: { goods: { name: '머그컵 2개' } },
    });
  });

  it('is given to one of fifty that ask at once', async () => {
    const { shipmentId } = await stored();
    const all = await Promise.all(Array.from({ length: 50 }, (_, i) => attempts.claim(shipmentId, T0 + i)));
    expect(all.filter(({ outcome }) => outcome === 'claimed')).toHaveLength(1);
    expect((await attempts.read(shipmentId))?.attempt).toBe(1);
  });

  it.each(['waiting', 'sending', 'unknown', 'accepted', 'refused', 'parked', 'cancelled', 'closed'] as const)(
    'is refused while the shipment is %s, with the record as the reason',
    async (state) => {
      const shipment = await stored({ state });
      expect(await attempts.claim(shipment.shipmentId, T0)).toEqual({
        outcome: 'not-claimed',
        existing: shipment,
      });
    },
  );

  it('waits for its time and for no cancellation', async () => {
    const early = await stored({ state: 'retrying', notBefore: T0 + 1 });
    const taken = await stored({ cancel: { at: T0 } });
    expect((await attempts.claim(early.shipmentId, T0)).outcome).toBe('not-claimed');
    expect((await attempts.claim(early.shipmentId, T0 + 1)).outcome).toBe('claimed');
    expect((await attempts.claim(taken.shipmentId, T0)).outcome).toBe('not-claimed');
  });

  it('of a shipment that does not exist makes none', async () => {
    expect(await attempts.claim('nobody', T0)).toEqual({ outcome: 'not-claimed', existing: undefined });
    expect(await attempts.read('nobody')).toBeUndefined();
  });

  it('again, after settling, is given once', async () => {
    const first = await claimed((await stored()).shipmentId);
    const [one, other] = await Promise.all([
      attempts.claimAgain(first, T0 + 1),
      attempts.claimAgain(first, T0 + 2),
    ]);
    expect([one.outcome, other.outcome].sort()).toEqual(['claimed', 'not-claimed']);
    expect((await attempts.read(first.shipmentId))?.attempt).toBe(2);
  });
});

describe('the end of an attempt', () => {
  it('is written by the attempt whose turn it is and by no other', async () => {
    const first = await claimed((await stored()).shipmentId);
    await attempts.claimAgain(first, T0 + 1);
    const late = await attempts.commit(first, ['sending', 'unknown'], { set: { state: 'accepted' } });
    expect(late).toMatchObject({ outcome: 'changed', existing: { state: 'sending', attempt: 2 } });
  });

  it('is fenced by the time too, because an attempt given back frees its number', async () => {
    const first = await claimed((await stored()).shipmentId);
    await attempts.commit(first, ['sending'], { set: { state: 'retrying', attempt: 0 } });
    const second = await claimed(first.shipmentId, T0 + 60_000);
    expect(second.attempt).toBe(first.attempt);
    const late = await attempts.commit(first, ['sending'], { set: { state: 'accepted' } });
    expect(late.outcome).toBe('changed');
  });

  it('takes attributes away and keeps what others have set meanwhile', async () => {
    const first = await claimed((await stored({ cause: 'timeout', state: 'retrying' })).shipmentId);
    const answer = await attempts.commit(first, ['sending'], {
      set: { state: 'accepted' },
      remove: ['cause'],
    });
    expect(answer.outcome).toBe('written');
    const after = await attempts.read(first.shipmentId);
    expect(after).toMatchObject({ state: 'accepted', waybillNumber: first.waybillNumber });
    expect(after?.cause).toBeUndefined();
  });
});
