import { describe, expect, it } from 'vitest';
import { worlds } from './support/start.ts';
import { MINUTE } from './support/world.ts';

const { world, anotherAt } = worlds();

describe('a shipment with a number', () => {
  it('is booked once, told once and done', async () => {
    const w = world();
    const id = await w.ship('A');
    expect(await w.drain()).toEqual({ touched: 1, failed: 0 });
    const shipment = await w.stored(id);
    expect(shipment).toMatchObject({ state: 'accepted', attempt: 1, attemptDay: '20261124' });
    expect(shipment.booking).toMatchObject({ postOffice: '서울중앙', feeWon: 3300 });
    expect(w.carrier.of(id)).toHaveLength(1);
    expect(w.carrier.of(id)[0]?.waybillNumber).toBe(shipment.waybillNumber);
    expect(w.typesOf(id)).toEqual(['ShipmentTransmitted']);
    expect(w.messages).toEqual([]);
  });

  it('is told again and not sent again when its message comes again', async () => {
    const w = world();
    const id = await w.ship('A');
    await w.drain();
    w.enqueue({ v: 1, shipmentId: id });
    await w.drain();
    expect(w.carrier.of(id)).toHaveLength(1);
    expect(w.typesOf(id)).toEqual(['ShipmentTransmitted', 'ShipmentTransmitted']);
    expect(w.messages).toEqual([]);
  });

  it('is sent once when two messages for it lie in the queue', async () => {
    const w = world();
    const id = await w.ship('A');
    w.enqueue({ v: 1, shipmentId: id });
    await w.drainFor(6);
    expect(w.carrier.calls.filter(({ call }) => call === 'insertOrder')).toHaveLength(1);
    expect(w.messages).toEqual([]);
  });

  it('without a number takes the one ePost draws, and the order is given it', async () => {
    const w = world();
    await w.aContract({ numbering: 'carrier-issued' });
    const id = await w.ship('A');
    const bare = await w.ship('B', { waybillNumber: undefined } as object);
    await w.drain();
    const shipment = await w.stored(bare);
    expect(shipment.waybillNumber).toMatch(/^7\d{12}$/);
    expect(w.typesOf(bare)).toEqual(['WaybillAllocated', 'ShipmentTransmitted']);
    expect(w.typesOf(id)).toEqual(['ShipmentTransmitted']);
  });

  it('keeps its number when a test order answers with the literal', async () => {
    const w = world();
    await w.aContract({ contractId: 'testing', testOrders: true });
    const id = await w.ship('A', { contractId: w.id('testing'), waybillNumber: '6899900009999' });
    await w.drain();
    expect(await w.stored(id)).toMatchObject({ state: 'accepted', waybillNumber: '6899900009999' });
  });

  it('is parked when ePost books it under another number, which is never taken over', async () => {
    const w = world();
    w.carrier.insertFault = () => 'other-number';
    const id = await w.ship('A', { waybillNumber: '6899900001111' });
    await w.drain();
    const shipment = await w.stored(id);
    expect(shipment).toMatchObject({ state: 'parked', waybillNumber: '6899900001111' });
    expect(shipment.refusal).toMatchObject({ code: 'NUMBER-MISMATCH', mustAct: 'operator' });
    expect(w.counts['NumberMismatch']).toBe(1);
    expect(w.typesOf(id)).toEqual(['ShipmentRefused']);
  });
});

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

describe('one bad message', () => {
  it('does not hold up the healthy ones', async () => {
    const w = world();
    const ids = await Promise.all(Array.from({ length: 10 }, (_, i) => w.ship(`P${i}`)));
    w.enqueue('not json');
    w.enqueue({ v: 9, other: true });
    const [poison, ...healthy] = ids;
    w.carrier.insertFault = ({ shipmentId }) => (shipmentId === poison ? 'dropped' : 'ok');
    await w.drain();
    for (const id of healthy) expect((await w.stored(id)).state).toBe('accepted');
    await w.drainFor(30);
    expect(await w.stored(poison!)).toMatchObject({ state: 'parked', attempt: 5 });
    expect(w.messages.map(({ body }) => body).sort()).toEqual(['not json', '{"v":9,"other":true}'].sort());
    expect(w.counts['TransmissionMessageUnreadable']).toBeGreaterThan(0);
  });

  it('whose record breaks our own side comes back and is not lost', async () => {
    const w = world();
    const id = await w.ship('A');
    const { publish } = w.ports;
    w.ports.publish = async () => {
      throw new Error('bus down');
    };
    expect(await w.drain()).toMatchObject({ touched: 1, failed: 1 });
    w.ports.publish = publish;
    await w.drainFor(6);
    expect((await w.stored(id)).state).toBe('accepted');
    expect(w.typesOf(id)).toEqual(['ShipmentTransmitted']);
  });
});

describe('the time of a run', () => {
  it('is kept: no call begins after it, and what was received goes back unburnt', async () => {
    const w = world();
    w.carrier.takes = 30_000;
    const ids = await Promise.all(Array.from({ length: 12 }, (_, i) => w.ship(`T${i}`)));
    const began = w.now();
    await w.drain();
    expect(Math.max(...w.carrier.calls.map(({ at }) => at))).toBeLessThan(began + 95_000);
    w.carrier.takes = 200;
    await w.drainFor(4);
    for (const id of ids) expect(await w.stored(id)).toMatchObject({ state: 'accepted', attempt: 1 });
    expect(w.now() - began).toBeLessThan(10 * MINUTE);
  });
});
