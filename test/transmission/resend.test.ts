import { describe, expect, it } from 'vitest';
import { resend, resendAll } from '../../functions/transmission/resend.ts';
import { worlds } from './support/start.ts';
import type { World } from './support/world.ts';

const { world } = worlds();
const portsOf = (w: World) => ({ ...w.ports, shipments: w.shipments });

describe('sending once more', () => {
  it('takes a refused shipment up with all its attempts and a new promise', async () => {
    const w = world();
    w.carrier.insertFault = () => 'ERR-322';
    const id = await w.ship('A');
    await w.drain();
    expect((await w.stored(id)).state).toBe('refused');
    w.carrier.insertFault = () => 'ok';
    w.pass(3_600_000);
    expect(await resend(portsOf(w), [id, 'nobody'])).toEqual([
      { shipmentId: id, outcome: 'queued' },
      { shipmentId: 'nobody', outcome: 'unknown-shipment' },
    ]);
    expect(await w.stored(id)).toMatchObject({ receivedAt: w.now(), deadline: w.now() + 1_200_000 });
    await w.drain();
    const shipment = await w.stored(id);
    expect(shipment).toMatchObject({ state: 'accepted', attempt: 1 });
    expect(shipment.attentionSlot).toBeUndefined();
  });

  it('asks ePost first about a parked one, so a booking it has is found and not doubled', async () => {
    const w = world();
    w.carrier.insertFault = () => 'lost';
    w.carrier.lookUpFault = () => 'ok';
    const id = await w.ship('A');
    await w.drain();
    const { attempt, attemptAt } = await w.stored(id);
    await w.attempts.commit({ shipmentId: id, attempt, ...(attemptAt && { attemptAt }) }, ['unknown'], {
      set: { state: 'parked', attentionSlot: 'parked#0', attentionKey: `${w.id('shop')}#${id}` },
    });
    w.pass(600_000);
    await resend(portsOf(w), [id]);
    await w.drain();
    expect((await w.stored(id)).state).toBe('accepted');
    expect(w.carrier.of(id)).toHaveLength(1);
  });

  it('the second time only queues it again', async () => {
    const w = world();
    const id = await w.ship('A', { state: 'refused' });
    await resend(portsOf(w), [id]);
    await resend(portsOf(w), [id, id]);
    await w.drainFor(4);
    expect(w.carrier.of(id)).toHaveLength(1);
  });

  it('is found by the drain when whoever ordered it died before writing it down', async () => {
    const w = world();
    w.carrier.insertFault = () => 'ERR-322';
    const id = await w.ship('A');
    await w.drain();
    w.carrier.insertFault = () => 'ok';
    w.pass(60_000);
    const commit = () => Promise.reject(new Error('died'));
    await expect(
      resend({ ...portsOf(w), attempts: { read: w.attempts.read, commit } }, [id]),
    ).rejects.toThrow('died');
    const orderedAt = w.now();
    expect((await w.stored(id)).state).toBe('refused');
    w.pass(60_000);
    await w.drain();
    expect(await w.stored(id)).toMatchObject({ state: 'accepted', receivedAt: orderedAt, attempt: 1 });
    expect(w.carrier.of(id)).toHaveLength(1);
  });

  it('is not ordered anew by a message that comes again after another refusal', async () => {
    const w = world();
    w.carrier.insertFault = () => 'ERR-322';
    const id = await w.ship('A');
    await w.drain();
    w.pass(60_000);
    await resend(portsOf(w), [id]);
    const orderedAt = w.now();
    w.pass(60_000);
    await w.drain();
    const again = await w.stored(id);
    expect(again.state).toBe('refused');
    w.enqueue({ v: 1, shipmentId: id, again: orderedAt });
    w.pass(60_000);
    await w.drain();
    expect(await w.stored(id)).toEqual(again);
    expect(w.carrier.calls.filter(({ call }) => call === 'insertOrder')).toHaveLength(2);
  });

  it('counts as ordered where the drain was faster than the own write', async () => {
    const w = world();
    w.carrier.insertFault = () => 'ERR-322';
    const id = await w.ship('A');
    await w.drain();
    w.carrier.insertFault = () => 'ok';
    w.pass(60_000);
    const ports = portsOf(w);
    const commit: typeof w.attempts.commit = async (...given) => {
      await w.drain();
      return w.attempts.commit(...given);
    };
    const attempts = { read: w.attempts.read, commit };
    expect(await resend({ ...ports, attempts }, [id])).toEqual([{ shipmentId: id, outcome: 'queued' }]);
    expect((await w.stored(id)).state).toBe('accepted');
  });

  it('cannot help one that was refused before it had a number', async () => {
    const w = world();
    const id = await w.ship('A', {}, false);
    await w.attempts.commit({ shipmentId: id, attempt: 0 }, ['allocated'], {
      set: { state: 'refused' },
      remove: ['ledgerSeq', 'waybillNumber', 'allocatedAt'],
    });
    expect(await resend(portsOf(w), [id])).toEqual([{ shipmentId: id, outcome: 'never-numbered' }]);
    expect((await w.stored(id)).state).toBe('refused');
    expect(w.messages).toEqual([]);
  });

  it('leaves alone what is booked, cancelled or waiting', async () => {
    const w = world();
    const [booked, cancelled] = [await w.ship('A'), await w.ship('B', { state: 'cancelled' })];
    const waiting = await w.ship('C', { state: 'waiting' }, false);
    await w.drain();
    expect(await resend(portsOf(w), [booked, cancelled, waiting])).toEqual([
      { shipmentId: booked, outcome: 'not-resendable', state: 'accepted' },
      { shipmentId: cancelled, outcome: 'not-resendable', state: 'cancelled' },
      { shipmentId: waiting, outcome: 'not-resendable', state: 'waiting' },
    ]);
  });

  it('of one cause and contract takes exactly those, and lifts the pause of the contract', async () => {
    const w = world();
    w.carrier.insertFault = () => 'ERR-223';
    const ids = [await w.ship('A'), await w.ship('B')];
    w.settings.callsInFlight = 2;
    await w.drain();
    w.carrier.insertFault = () => 'ERR-322';
    await w.aContract({ contractId: 'other' });
    const other = await w.ship('C', { contractId: w.id('other') });
    await w.drain();
    const refused = (await Promise.all(ids.map((id) => w.stored(id)))).filter((s) => s.state === 'refused');
    const cause = { kind: 'refused', code: 'ERR-223', contractId: w.id('shop') } as const;
    const resent = await resendAll(portsOf(w), cause);
    expect(resent.map(({ shipmentId }) => shipmentId).sort()).toEqual(
      refused.map(({ shipmentId }) => shipmentId).sort(),
    );
    expect((await w.ports.pauses.read()).contracts.has(w.id('shop'))).toBe(false);
    expect((await w.stored(other)).state).toBe('refused');
  });
});
