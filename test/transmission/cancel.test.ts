import { describe, expect, it } from 'vitest';
import type { Shipment } from '../../functions/shipment/shipment.ts';
import { worlds } from './support/start.ts';
import type { World } from './support/world.ts';

const { world } = worlds();

/** The shop takes it back: the mark is set as `order/cancel.ts` sets it, and the drain gets a message. */
const takeBack = async (w: World, shipmentId: string) => {
  await w.shipments.requestCancel(shipmentId, { at: w.now() });
  w.enqueue({ v: 1, shipmentId });
};
/** So many times in a row the bus does not take what is told. */
const busFails = (w: World, times: number) => {
  const { publish } = w.ports;
  w.ports.publish = async (events) => {
    if (times-- > 0) throw new Error('throttled');
    await publish(events);
  };
};
const booked = async (w: World, over: Partial<Shipment> = {}) => {
  const id = await w.ship('A', over);
  await w.drain();
  return id;
};

describe('a parcel taken back', () => {
  it('is deleted at ePost while ePost allows it', async () => {
    const w = world();
    const id = await booked(w);
    await takeBack(w, id);
    await w.drain();
    expect((await w.stored(id)).state).toBe('cancelled');
    expect(w.carrier.of(id)).toEqual([]);
    expect(w.typesOf(id)).toEqual(['ShipmentTransmitted', 'CancellationAccepted']);
    expect(w.messages).toEqual([]);
  });

  it('is told again, not cancelled again, when the message comes again', async () => {
    const w = world();
    const id = await booked(w);
    await takeBack(w, id);
    await w.drain();
    w.enqueue({ v: 1, shipmentId: id });
    await w.drain();
    expect(w.carrier.calls.filter(({ call }) => call === 'cancel')).toHaveLength(1);
    expect(w.typesOf(id).slice(-2)).toEqual(['CancellationAccepted', 'CancellationAccepted']);
  });

  it('goes on when ePost says no, and the shop may ask again', async () => {
    const w = world();
    const id = await booked(w);
    w.carrier.cancelFault = () => 'not-cancelled';
    await takeBack(w, id);
    await w.drain();
    const shipment = await w.stored(id);
    expect(shipment.state).toBe('accepted');
    expect(shipment.cancel).toBeUndefined();
    expect(w.told.at(-1)).toMatchObject({
      detailType: 'CancellationRefused',
      detail: { reason: '운송장 출력 완료' },
    });
  });

  it('is told that ePost says no, however often telling it fails', async () => {
    const w = world();
    const id = await booked(w);
    w.carrier.cancelFault = () => 'not-cancelled';
    await takeBack(w, id);
    busFails(w, 2);
    await w.drainFor(12);
    expect(w.typesOf(id)).toEqual(['ShipmentTransmitted', 'ShipmentTransmitted', 'CancellationRefused']);
    expect(w.carrier.calls.filter(({ call }) => call === 'cancel')).toHaveLength(1);
    expect(w.messages).toEqual([]);
  });

  it('is told that it is booked, also when only the refused cancellation comes to telling it', async () => {
    const w = world();
    const id = await w.ship('A');
    w.carrier.cancelFault = () => 'not-cancelled';
    busFails(w, 1);
    await w.drain();
    await w.shipments.requestCancel(id, { at: w.now() });
    await w.drainFor(10);
    expect(w.typesOf(id)).toEqual(['ShipmentTransmitted', 'CancellationRefused']);
  });

  it('asked for again after a refusal is decided anew, and the old answer is not told any more', async () => {
    const w = world();
    const id = await booked(w);
    w.carrier.cancelFault = () => 'not-cancelled';
    await takeBack(w, id);
    await w.drain();
    expect(await w.stored(id)).toMatchObject({ cancelRefused: { reason: '운송장 출력 완료' } });
    w.carrier.cancelFault = () => 'ok';
    await takeBack(w, id);
    await w.drain();
    const shipment = await w.stored(id);
    expect(shipment).toMatchObject({ state: 'cancelled' });
    expect(shipment).not.toHaveProperty('cancelRefused');
    expect(w.typesOf(id).at(-1)).toBe('CancellationAccepted');
  });

  it('ends the same way when the answer was lost', async () => {
    const w = world();
    const id = await booked(w);
    w.carrier.cancelFault = () => 'lost';
    await takeBack(w, id);
    await w.drain();
    expect((await w.stored(id)).state).toBe('accepted');
    await w.drainFor(4);
    expect((await w.stored(id)).state).toBe('cancelled');
    expect(w.carrier.calls.filter(({ call }) => call === 'cancel')).toHaveLength(1);
  });

  it('asked for while ePost was being asked about it is done with the one message there is', async () => {
    const w = world();
    const id = await w.ship('A');
    w.carrier.insertFault = () => 'lost';
    await w.drain();
    await w.shipments.requestCancel(id, { at: w.now() });
    await w.drainFor(8);
    expect((await w.stored(id)).state).toBe('cancelled');
    expect(w.carrier.of(id)).toEqual([]);
    expect(w.typesOf(id)).toEqual(['ShipmentTransmitted', 'CancellationAccepted']);
    expect(w.messages).toEqual([]);
  });

  it('keeps the number it had when ePost gives it another', async () => {
    const w = world();
    const id = await booked(w, { waybillNumber: '6899900002222' });
    w.carrier.cancelFault = () => 'other-number';
    await takeBack(w, id);
    await w.drain();
    const shipment = await w.stored(id);
    expect(shipment).toMatchObject({ state: 'cancelled', waybillNumber: '7999999999999' });
    expect(shipment.formerNumbers).toMatchObject([{ number: '6899900002222' }]);
    expect(w.typesOf(id)).toEqual(['ShipmentTransmitted', 'WaybillReplaced', 'CancellationAccepted']);
  });

  it('while its outcome is unknown ends without being sent again when ePost has nothing', async () => {
    const w = world();
    w.carrier.insertFault = () => 'dropped';
    const id = await booked(w);
    await takeBack(w, id);
    await w.drainFor(8);
    expect((await w.stored(id)).state).toBe('cancelled');
    expect(w.carrier.calls.filter(({ call }) => call === 'insertOrder')).toHaveLength(1);
    expect(w.typesOf(id)).toContain('CancellationAccepted');
  });

  it('while its outcome is unknown is cancelled at ePost when ePost has it', async () => {
    const w = world();
    w.carrier.insertFault = () => 'lost';
    const id = await booked(w);
    await takeBack(w, id);
    await w.drainFor(10);
    expect((await w.stored(id)).state).toBe('cancelled');
    expect(w.carrier.of(id)).toEqual([]);
  });

  it.each(['allocated', 'retrying', 'refused'] as const)('while %s ends without a call', async (state) => {
    const w = world();
    const id = await w.ship('A', { state, cancel: { at: w.now() } });
    await w.drain();
    expect((await w.stored(id)).state).toBe('cancelled');
    expect(w.carrier.calls).toEqual([]);
    expect(w.typesOf(id)).toEqual(['CancellationAccepted']);
  });

  it.each(['parked', 'closed'] as const)('while %s is refused with the reason', async (state) => {
    const w = world();
    const id = await w.ship('A', { state, attempt: 1, attemptAt: w.now(), cancel: { at: w.now() } });
    await w.drain();
    expect(await w.stored(id)).toMatchObject({ state });
    expect((await w.stored(id)).cancel).toBeUndefined();
    expect(w.typesOf(id)).toEqual(['CancellationRefused']);
  });
});
