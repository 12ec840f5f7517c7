/** The drain against ePost's wire: the real client over HTTP, the simulator's faults. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createEpostClient } from '../../functions/epost/epost.client.ts';
import { createTransport } from '../../functions/epost/transport.client.ts';
import type { FaultKind } from '../../local/epost-simulator/faults.ts';
import { type EpostSimulator, startEpostSimulator } from '../../local/epost-simulator/simulator.ts';
import { worlds } from './support/start.ts';
import type { World } from './support/world.ts';

const { world } = worlds();
const KEY = 'simulated-auth-key';
const SECURITY_KEY = '1234567890abcdefghijkl';
let office: EpostSimulator;
beforeEach(async () => {
  const w = world();
  office = await startEpostSimulator({ key: KEY, securityKey: SECURITY_KEY, traceKey: 'trace', now: w.now });
  connect(w, SECURITY_KEY);
});
afterEach(() => office.stop());

const connect = (w: World, securityKey: string) => {
  const transport = createTransport({ origins: [office.url], maxSockets: 4 });
  w.ports.carrier = createEpostClient({
    shipUrl: office.url,
    key: KEY,
    securityKey,
    timeoutMs: 150,
    transport,
  });
};
const bookingsOf = (shipmentId: string) =>
  office.control.bookings().filter(({ orderNo }) => orderNo === shipmentId);

describe('over the wire', () => {
  it('our number, the shipment id and the unprinted state arrive at ePost', async () => {
    const w = world();
    const id = await w.ship('A');
    await w.drain();
    const { waybillNumber, state, booking } = await w.stored(id);
    expect(state).toBe('accepted');
    expect(bookingsOf(id)).toMatchObject([{ regiNo: waybillNumber, reqNo: booking?.reqNo }]);
  });

  it.each<[FaultKind, number]>([
    ['timeout-before', 2],
    ['timeout-after', 1],
    ['reset-before', 2],
    ['reset-after', 1],
    ['http-500', 2],
    ['http-500-after', 1],
    ['garbled', 1],
    ['truncated', 1],
    ['oversize', 1],
    ['redirect', 2],
    ['html-200', 1],
    ['maintenance', 1],
  ])('%s ends with one booking, after %i attempts', async (kind, attempt) => {
    const w = world();
    office.control.setFault({ kind, operation: 'InsertOrder', times: 1, delayMs: 300 });
    const id = await w.ship('A');
    await w.drain();
    expect((await w.stored(id)).state).not.toBe('accepted');
    await w.drainFor(12);
    expect(await w.stored(id)).toMatchObject({ state: 'accepted', attempt });
    expect(bookingsOf(id)).toHaveLength(1);
  });

  it('another number than ours is parked', async () => {
    const w = world();
    office.control.setFault({ kind: 'wrong-number', operation: 'InsertOrder' });
    const id = await w.ship('A');
    await w.drain();
    expect((await w.stored(id)).refusal?.code).toBe('NUMBER-MISMATCH');
  });

  it('a wrong security key pauses the drain and parks nothing', async () => {
    const w = world();
    await w.aContract({ contractId: 'other' });
    connect(w, 'another-security-key');
    const ids = [await w.ship('A'), await w.ship('B'), await w.ship('C', { contractId: w.id('other') })];
    expect(await w.drain()).toMatchObject({ paused: 'wrong-key' });
    for (const id of ids) expect(await w.stored(id)).toMatchObject({ state: 'retrying', attempt: 0 });
    connect(w, SECURITY_KEY);
    await w.drainFor(8);
    for (const id of ids) expect((await w.stored(id)).state).toBe('accepted');
  });

  it('a parcel taken back is gone at ePost', async () => {
    const w = world();
    const id = await w.ship('A');
    w.pass(2000);
    await w.drain();
    await w.shipments.requestCancel(id, { at: w.now() });
    w.enqueue({ v: 1, shipmentId: id });
    await w.drain();
    expect((await w.stored(id)).state).toBe('cancelled');
    expect(bookingsOf(id)).toMatchObject([{ state: 'deleted' }]);
    expect(w.typesOf(id)).toEqual(['ShipmentTransmitted', 'CancellationAccepted']);
  });
});
