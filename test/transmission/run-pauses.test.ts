/** A run that finds ePost away, is held by an operator, or doubts its key. */
import { beforeEach, describe, expect, it } from 'vitest';
import { openCarrierPause } from '../../functions/transmission/carrier-pause.ts';
import { T0 } from '../support/builders.ts';
import { openRunDesk } from './support/run-desk.ts';

const MINUTE = 60_000;
let desk: ReturnType<typeof openRunDesk>;
beforeEach(() => {
  desk = openRunDesk();
});
const state = (id: string) => desk.records.get(id)?.state;
const about = (name: string) => desk.gauges.filter(([of]) => of === name);

describe('a carrier that is away', () => {
  it('is left alone from then on: said once, remembered, and measured', async () => {
    desk.carrier.outage = 'maintenance';
    for (let i = 0; i < 6; i++) desk.ship(`S${i}`);
    expect(await desk.drain()).toMatchObject({ paused: 'maintenance' });
    const until = desk.remembered.pause!.until;
    expect(desk.remembered.pause).toEqual(openCarrierPause('maintenance', until - 2 * MINUTE));
    expect(desk.warnings).toEqual([
      ['carrier pause opened', { reason: 'maintenance', until: new Date(until).toISOString(), codes: [] }],
    ]);
    expect(desk.counts).toMatchObject({ CarrierPauseOpened: 1 });
    expect(desk.counts['CarrierCallsUnanswered']).toBe(desk.counts['CarrierCalls']);
    expect(desk.counts).not.toHaveProperty('CarrierCallsRefused');
    expect(about('CarrierPaused')).toEqual([['CarrierPaused', 1, 'Count']]);
  });

  it('is not asked before its time, and nothing is received', async () => {
    desk.remembered.pause = openCarrierPause('maintenance', T0);
    desk.ship('A');
    desk.now = T0 + 2 * MINUTE - 1;
    expect(await desk.drain()).toEqual({ paused: 'maintenance', touched: 0, failed: 0 });
    expect([desk.carrier.calls, about('CarrierPaused')]).toEqual([[], [['CarrierPaused', 1, 'Count']]]);
  });

  it('still away at its time is left alone longer', async () => {
    desk.remembered.pause = openCarrierPause('maintenance', T0);
    desk.carrier.outage = 'maintenance';
    desk.now = T0 + 2 * MINUTE;
    expect(await desk.drain()).toMatchObject({ paused: 'maintenance' });
    expect(desk.remembered.pause).toMatchObject({ since: T0, step: 1, until: desk.now + 4 * MINUTE });
    expect(desk.counts).toEqual({ DrainHeartbeat: 1 });
  });

  it('back at its time ends the pause, says for how long it was, and goes on with one call at a time', async () => {
    desk.remembered.pause = openCarrierPause('maintenance', T0);
    desk.now = T0 + 10 * MINUTE;
    desk.settings = { callsInFlight: 4, drainMs: 95_000 };
    let [flying, most] = [0, 0];
    const { insertOrder } = desk.carrier;
    desk.carrier.insertOrder = async (order) => {
      most = Math.max(most, ++flying);
      await new Promise((resolve) => setImmediate(resolve));
      flying -= 1;
      return insertOrder(order);
    };
    desk.carrier.insertFault = () => 'ERR-322';
    for (let i = 0; i < 5; i++) desk.ship(`S${i}`);
    expect(await desk.drain()).toEqual({ touched: 5, failed: 0 });
    expect(desk.remembered.pause).toBeUndefined();
    expect(desk.counts).toMatchObject({ CarrierPauseClosed: 1 });
    expect(desk.warnings).toEqual([['carrier pause closed', { reason: 'maintenance', seconds: 600 }]]);
    expect(most).toBe(1);
  });
});

describe('an operator who holds it', () => {
  const stop = { at: T0, by: '김운영', reason: '점검' };
  it('has nothing done at all, and that is measured', async () => {
    desk.remembered.stop = stop;
    desk.ship('A');
    expect(await desk.drain()).toEqual({ paused: 'operator', touched: 0, failed: 0 });
    expect(desk.gauges).toEqual([['TransmissionStopped', 1, 'Count']]);
    expect(desk.carrier.calls).toEqual([]);
  });

  it('is noticed within ten seconds, and looked for no more often', async () => {
    desk.settings = { callsInFlight: 1, drainMs: 95_000 };
    desk.carrier.takes = 4000;
    for (let i = 0; i < 9; i++) desk.ship(`S${i}`);
    const { insertOrder } = desk.carrier;
    desk.carrier.insertOrder = (order) => {
      if (order.shipmentId === 'S1') desk.remembered.stop = stop;
      return insertOrder(order);
    };
    expect(await desk.drain()).toMatchObject({ paused: 'operator' });
    expect(desk.carrier.calls.length).toBeLessThanOrEqual(5);
    expect(desk.log.filter((line) => line === 'reads pauses')).toHaveLength(2);
    expect(about('CarrierPaused')).toEqual([['CarrierPaused', 1, 'Count']]);
  });
});

describe('verdicts in doubt', () => {
  it('are spoken as soon as an order is taken, and a fault in speaking them is counted', async () => {
    desk.settings = { callsInFlight: 1, drainMs: 95_000 };
    desk.ship('A');
    desk.ship('B');
    desk.carrier.insertFault = ({ shipmentId }) => (shipmentId === 'A' ? 'ERR-511' : 'ok');
    const { publish } = desk.ports;
    desk.ports.publish = (events) =>
      events.some(({ detailType }) => detailType === 'ShipmentRefused')
        ? Promise.reject(Object.assign(new Error('no'), { name: 'Throttled' }))
        : publish(events);
    expect(await desk.drain()).toEqual({ touched: 2, failed: 1 });
    expect(state('A')).toBe('refused');
    expect(desk.warnings).toContainEqual(['touch broken off', { error: 'Throttled' }]);
    expect(
      desk.carrier.calls.some(({ call }) => call === 'getApprNo'),
      'the key was not asked for',
    ).toBe(false);
  });

  it('about a key that is wrong are given back for a minute, and the pause says which', async () => {
    desk.carrier.wrongKey = true;
    desk.ship('A');
    expect(await desk.drain()).toMatchObject({ paused: 'wrong-key' });
    expect(desk.remembered.pause).toMatchObject({ codes: ['ERR-511'], contractId: 'sodam' });
    expect(desk.records.get('A')).toMatchObject({ state: 'retrying', notBefore: desk.now + MINUTE });
    expect(desk.queue).toMatchObject([{ showsAt: desk.now + MINUTE }]);
  });

  it('of a run that is over are given back at once', async () => {
    desk.settings = { callsInFlight: 1, drainMs: 200 };
    desk.carrier.insertFault = () => 'ERR-511';
    desk.ship('A');
    await desk.drain();
    expect(desk.records.get('A')).toMatchObject({
      state: 'retrying',
      cause: 'not-begun',
      notBefore: desk.now,
    });
    expect(desk.queue).toMatchObject([{ showsAt: desk.now }]);
  });

  it('are held up to twenty, then the key is asked for', async () => {
    desk.settings = { callsInFlight: 1, drainMs: 95_000 };
    desk.carrier.insertFault = () => 'ERR-511';
    for (let i = 0; i < 21; i++) desk.ship(`S${i}`);
    await desk.drain();
    const calls = desk.carrier.calls.map(({ call }) => call);
    expect(calls.indexOf('getApprNo')).toBe(20);
    expect(calls.filter((call) => call === 'getApprNo')).toHaveLength(2);
  });

  it('are no sign of a wrong key right after the key was checked', async () => {
    desk.remembered.pause = openCarrierPause('wrong-key', T0, { codes: ['ERR-511'], contractId: 'one' });
    desk.now = T0 + 2 * MINUTE;
    desk.carrier.insertFault = () => 'ERR-511';
    for (const id of ['one', 'two', 'three']) desk.ship(id, { contractId: id });
    expect((await desk.drain()).paused).toBeUndefined();
    expect(['one', 'two', 'three'].map(state)).toEqual(['refused', 'refused', 'refused']);
  });

  it('are one after a pause for another reason', async () => {
    desk.remembered.pause = openCarrierPause('maintenance', T0);
    desk.now = T0 + 2 * MINUTE;
    desk.carrier.insertFault = () => 'ERR-511';
    for (const id of ['one', 'two', 'three']) desk.ship(id, { contractId: id });
    expect((await desk.drain()).paused).toBe('wrong-key');
  });

  it('are checked with the contract that worked before', async () => {
    desk.remembered.lastGood = 'good';
    desk.carrier.insertFault = () => 'ERR-511';
    const asked: string[] = [];
    const { contract } = desk.ports;
    desk.ports.contract = async (id) => (asked.push(id), contract(id));
    desk.ship('A');
    await desk.drain();
    expect(asked).toEqual(['sodam', 'good']);
  });
});
