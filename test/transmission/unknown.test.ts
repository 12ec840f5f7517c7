import { describe, expect, it } from 'vitest';
import { worlds } from './support/start.ts';

const { world, anotherAt } = worlds();

describe('an outcome that is not known', () => {
  it('is found when ePost had booked it, and not sent again', async () => {
    const w = world();
    w.carrier.insertFault = () => 'lost';
    const id = await w.ship('A');
    await w.drain();
    expect(await w.stored(id)).toMatchObject({ state: 'unknown', cause: 'timeout' });
    await w.drainFor(8);
    expect(await w.stored(id)).toMatchObject({ state: 'accepted', attempt: 1 });
    expect((await w.stored(id)).cause).toBeUndefined();
    expect(w.carrier.bookings.filter(({ shipmentId }) => shipmentId === id)).toHaveLength(1);
    expect(w.typesOf(id)).toEqual(['ShipmentTransmitted']);
  });

  it('is found when ePost books it late', async () => {
    const w = world();
    w.carrier.insertFault = () => 'late';
    const id = await w.ship('A');
    await w.drainFor(10);
    expect((await w.stored(id)).state).toBe('accepted');
    expect(w.carrier.of(id)).toHaveLength(1);
  });

  it('is sent once more when ePost knows nothing of it', async () => {
    const w = world();
    w.carrier.insertFault = (_order, attempt) => (attempt === 1 ? 'dropped' : 'ok');
    const id = await w.ship('A');
    await w.drainFor(8);
    expect(await w.stored(id)).toMatchObject({ state: 'accepted', attempt: 2 });
    expect(w.carrier.of(id)).toHaveLength(1);
  });

  it('is asked for on both days when it was sent at midnight', async () => {
    const w = await anotherAt(Date.parse('2026-11-24T14:59:59.900Z'));
    w.carrier.insertFault = () => 'late';
    const id = await w.ship('A');
    await w.drainFor(10);
    expect(await w.stored(id)).toMatchObject({ state: 'accepted', attemptDay: '20261124' });
    expect(w.carrier.of(id).map(({ day }) => day)).toEqual(['20261125']);
  });

  it('is parked for an operator after five attempts, within the promise of being seen', async () => {
    const w = world();
    w.carrier.insertFault = () => 'dropped';
    const id = await w.ship('A');
    await w.drainFor(30);
    const shipment = await w.stored(id);
    expect(shipment).toMatchObject({ state: 'parked', attempt: 5 });
    expect(shipment.refusal).toMatchObject({ code: 'ATTEMPTS', mustAct: 'operator' });
    expect(w.messages).toEqual([]);
  });

  it('is parked and never cancelled when ePost holds it twice', async () => {
    const w = world();
    w.carrier.insertFault = (order, attempt) => {
      if (attempt === 1) void w.carrier.insertOrder(order);
      return 'lost';
    };
    const id = await w.ship('A');
    await w.drainFor(6);
    expect((await w.stored(id)).refusal?.code).toBe('DOUBLE-BOOKING');
    expect(w.counts['DoubleBooking']).toBe(1);
    expect(w.carrier.calls.some(({ call }) => call === 'cancel')).toBe(false);
  });

  it('stays unknown while ePost does not answer the question either', async () => {
    const w = world();
    w.carrier.insertFault = () => 'lost';
    w.carrier.lookUpFault = () => 'dropped';
    const id = await w.ship('A');
    await w.drainFor(12);
    expect(await w.stored(id)).toMatchObject({ state: 'unknown', attempt: 1 });
    w.carrier.lookUpFault = () => 'ok';
    await w.drainFor(8);
    expect((await w.stored(id)).state).toBe('accepted');
    expect(w.carrier.of(id)).toHaveLength(1);
  });

  it('after a fault inside ePost is asked about, and the attempt does not count', async () => {
    const w = world();
    w.carrier.insertFault = (_order, attempt) => (attempt === 1 ? 'system' : 'ok');
    const id = await w.ship('A');
    await w.drain();
    expect(await w.stored(id)).toMatchObject({ state: 'unknown', attempt: 0, cause: 'system' });
    await w.drainFor(6);
    expect(await w.stored(id)).toMatchObject({ state: 'accepted', attempt: 1 });
  });
});

describe('a crash', () => {
  it('between the claim and the call is settled by asking, then sent', async () => {
    const w = world();
    const id = await w.ship('A');
    await w.attempts.claim(id, w.now());
    await w.drainFor(8);
    expect(await w.stored(id)).toMatchObject({ state: 'accepted', attempt: 2 });
    expect(w.carrier.of(id)).toHaveLength(1);
  });

  it('leaves an invocation whose late answer cannot overwrite what came after', async () => {
    const w = world();
    const id = await w.ship('A');
    const claim = await w.attempts.claim(id, w.now());
    if (claim.outcome !== 'claimed') throw new Error('not claimed');
    await w.drainFor(8);
    const late = await w.attempts.commit(claim.shipment, ['sending', 'unknown'], {
      set: { state: 'unknown' },
    });
    expect(late.outcome).toBe('changed');
    expect((await w.stored(id)).state).toBe('accepted');
  });
});
