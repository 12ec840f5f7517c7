import { describe, expect, it } from 'vitest';
import { worlds } from './support/start.ts';
import { MINUTE } from './support/world.ts';

const { world } = worlds();

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

  it('does not gather messages while it waits: of those that come together one is put back', async () => {
    const w = world();
    w.carrier.insertFault = () => 'dropped';
    const id = await w.ship('A');
    await w.drain();
    w.pass(5000);
    for (let copies = 0; copies < 4; copies++) w.enqueue({ v: 1, shipmentId: id });
    await w.drain();
    expect(w.messages.filter(({ visibleAt }) => visibleAt > w.now())).toHaveLength(2);
    expect(w.messages).toHaveLength(2);
    w.carrier.insertFault = () => 'ok';
    await w.drainFor(8);
    expect(w.carrier.of(id)).toHaveLength(1);
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

describe('the promise', () => {
  it('holds for every one of 300 shipments while one call in ten gets no answer', async () => {
    const w = world();
    w.settings.callsInFlight = 20;
    let call = 0;
    const faults = { 3: 'lost', 7: 'dropped', 9: 'late' } as const;
    w.carrier.insertFault = () => faults[((call++ * 7919) % 31) as keyof typeof faults] ?? 'ok';
    const ids = await Promise.all(Array.from({ length: 300 }, (_, i) => w.ship(`P${i}`)));
    await w.drainFor(20);
    for (const id of ids) {
      const { booking, deadline } = await w.stored(id);
      expect(booking?.at).toBeLessThanOrEqual(deadline);
      expect(w.carrier.of(id)).toHaveLength(1);
    }
  });

  it('costs two writes a shipment: the claim and the end', async () => {
    const w = world();
    let writes = 0;
    const { claim, commit } = w.ports.attempts;
    w.ports.attempts.claim = (...asked) => (writes++, claim(...asked));
    w.ports.attempts.commit = (...asked) => (writes++, commit(...asked));
    await Promise.all(Array.from({ length: 25 }, (_, i) => w.ship(`C${i}`)));
    await w.drain();
    expect(w.carrier.bookings).toHaveLength(25);
    expect(writes).toBe(50);
  });

  it('keeps so many calls in flight and never more', async () => {
    const w = world();
    let [flying, most] = [0, 0];
    const { insertOrder } = w.carrier;
    w.carrier.insertOrder = async (order) => {
      most = Math.max(most, ++flying);
      await new Promise((resolve) => setImmediate(resolve));
      flying -= 1;
      return insertOrder(order);
    };
    await Promise.all(Array.from({ length: 60 }, (_, i) => w.ship(`F${i}`)));
    await w.drain();
    expect(most).toBe(w.settings.callsInFlight);
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
