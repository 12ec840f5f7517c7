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

  it('takes the time of rest away, and given at that very time', async () => {
    const { shipmentId } = await stored({ state: 'retrying', notBefore: T0 });
    expect(await claimed(shipmentId)).not.toHaveProperty('notBefore');
  });

  it('again takes the time of rest away too, from an attempt under way or unknown', async () => {
    for (const state of ['sending', 'unknown'] as const) {
      const shipment = await stored({ state, attempt: 1, attemptAt: T0, notBefore: T0 });
      const again = await attempts.claimAgain(shipment, T0 + 1);
      expect(again).toMatchObject({
        outcome: 'claimed',
        shipment: { state: 'sending', attempt: 2, attemptAt: T0 + 1, attemptDay: '20261124' },
      });
      expect(again.outcome === 'claimed' && again.shipment).not.toHaveProperty('notBefore');
    }
  });

  it('again is refused once it is to be taken back, or has ended', async () => {
    const taken = await stored({ state: 'unknown', attempt: 1, attemptAt: T0, cancel: { at: T0 } });
    expect(await attempts.claimAgain(taken, T0)).toEqual({ outcome: 'not-claimed', existing: taken });
    const ended = await stored({ state: 'accepted', attempt: 1, attemptAt: T0 });
    expect(await attempts.claimAgain(ended, T0)).toEqual({ outcome: 'not-claimed', existing: ended });
  });

  it('that cannot be asked for is a fault, not a refusal', async () => {
    const nowhere = createAttempts(db.doc, 'no-such-table');
    await expect(nowhere.claim('S-0', T0)).rejects.toThrow(/resource|table/i);
    await expect(nowhere.read('S-0')).rejects.toThrow(/resource|table/i);
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

  it('is written from each state it may come from, and from no other', async () => {
    for (const [state, outcome] of [
      ['sending', 'written'],
      ['unknown', 'written'],
      ['accepted', 'changed'],
    ] as const) {
      const shipment = await stored({ state, attempt: 1, attemptAt: T0 });
      const answer = await attempts.commit(shipment, ['sending', 'unknown'], { set: { state: 'parked' } });
      expect([state, answer.outcome]).toEqual([state, outcome]);
    }
  });

  it('of a shipment never sent is fenced too: an attempt begun since refuses it', async () => {
    const fresh = await stored();
    const written = await attempts.commit(fresh, ['allocated'], { set: { state: 'allocated', cause: 'x' } });
    expect(written).toMatchObject({ outcome: 'written', shipment: { cause: 'x' } });
    const begun = await stored({ attemptAt: T0 });
    const { attemptAt: _none, ...seen } = begun;
    expect((await attempts.commit(seen, ['allocated'], { set: { state: 'cancelled' } })).outcome).toBe(
      'changed',
    );
  });

  it('leaves out what is not given', async () => {
    const first = await claimed((await stored()).shipmentId);
    const set = { state: 'unknown', cause: undefined } as unknown as Partial<Shipment>;
    const answer = await attempts.commit(first, ['sending'], { set });
    expect(answer).toEqual({ outcome: 'written', shipment: { ...first, state: 'unknown' } });
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
