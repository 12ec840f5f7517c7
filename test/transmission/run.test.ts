/** What one run counts, says and remembers. */
import { setImmediate as turn } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import { T0 } from '../support/builders.ts';
import { openRunDesk } from './support/run-desk.ts';

const MINUTE = 60_000;
let desk: ReturnType<typeof openRunDesk>;
beforeEach(() => {
  desk = openRunDesk();
});
const state = (id: string) => desk.records.get(id)?.state;
const about = (name: string) => desk.gauges.filter(([of]) => of === name);

describe('a run', () => {
  it('tells how it stands, counts its calls, and writes down what it ended', async () => {
    desk.ship('A');
    desk.ship('B');
    desk.carrier.insertFault = ({ shipmentId }) => (shipmentId === 'B' ? 'ERR-322' : 'ok');
    expect(await desk.drain()).toEqual({ touched: 2, failed: 0 });
    expect(desk.counts).toEqual({
      DrainHeartbeat: 1,
      CarrierCalls: 2,
      CarrierCallsRefused: 1,
      Transmitted: 1,
      TransmissionRefused: 1,
    });
    expect(desk.gauges).toEqual([
      ['TransmissionStopped', 0, 'Count'],
      ['CarrierCallMs', 200, 'Milliseconds'],
      ['CarrierCallMs', 200, 'Milliseconds'],
      ['CarrierPaused', 0, 'Count'],
    ]);
    expect(desk.tallies).toEqual([{ at: desk.now, done: 1, failed: 1 }]);
    expect(desk.queue).toEqual([]);
  });

  it('with nothing to do writes nothing down', async () => {
    expect(await desk.drain()).toEqual({ touched: 0, failed: 0 });
    expect([desk.tallies, desk.log, desk.warnings]).toEqual([[], ['reads pauses'], []]);
  });

  it('that only parked something says so in its tally', async () => {
    desk.ship('A', { parcel: undefined } as object);
    await desk.drain();
    expect([state('A'), desk.tallies]).toEqual(['parked', [{ at: desk.now, done: 0, failed: 1 }]]);
  });

  it('remembers the contract that ePost last took an order of, once', async () => {
    desk.ship('A', { contractId: 'one' });
    await desk.drain();
    desk.ship('B', { contractId: 'one' });
    await desk.drain();
    desk.ship('C', { contractId: 'two' });
    await desk.drain();
    expect(desk.log.filter((line) => line.startsWith('last good'))).toEqual([
      'last good one',
      'last good two',
    ]);
  });

  it('begins no call after its time, and gives back what it has received', async () => {
    desk.settings = { callsInFlight: 1, drainMs: 1000 };
    desk.carrier.takes = 500;
    for (const id of ['A', 'B', 'C', 'D']) desk.ship(id);
    await desk.drain();
    expect(desk.carrier.calls.map(({ at }) => at - T0)).toEqual([0, 500]);
    expect(['C', 'D'].map((id) => desk.records.get(id)?.attempt)).toEqual([0, 0]);
    expect(desk.queue.filter(({ showsAt }) => showsAt <= desk.now)).toHaveLength(2);
  });

  it('works at twice as many shipments as it has calls, so that no call waits for a table', async () => {
    desk.settings = { callsInFlight: 3, drainMs: 95_000 };
    let [claiming, most] = [0, 0];
    const { claim } = desk.ports.attempts;
    desk.ports.attempts.claim = async (...asked) => {
      most = Math.max(most, ++claiming);
      const answer = await claim(...asked);
      claiming -= 1;
      return answer;
    };
    for (let i = 0; i < 20; i++) desk.ship(`S${i}`);
    await desk.drain();
    expect(most).toBe(6);
  });

  it('does not touch one shipment at two places: its second message waits its turn', async () => {
    desk.ship('A');
    desk.enqueue({ v: 1, shipmentId: 'A' });
    const order: string[] = [];
    const { claim } = desk.ports.attempts;
    desk.ports.attempts.claim = async (...asked) => {
      order.push('begins');
      const answer = await claim(...asked);
      order.push(answer.outcome);
      return answer;
    };
    await desk.drain();
    expect(order).toEqual(['begins', 'claimed', 'begins', 'not-claimed']);
    expect(desk.told).toEqual(['ShipmentTransmitted', 'ShipmentTransmitted']);
    expect(desk.queue).toEqual([]);
  });

  it('goes on with the second message when the first was broken off', async () => {
    desk.ship('A');
    desk.enqueue({ v: 1, shipmentId: 'A' });
    const { publish } = desk.ports;
    let first = true;
    desk.ports.publish = async (events) => {
      if (!first) return publish(events);
      first = false;
      throw new Error('throttled');
    };
    expect(await desk.drain()).toEqual({ touched: 2, failed: 1 });
    expect(desk.told).toEqual(['ShipmentTransmitted']);
  });

  it('keeps one message of what rests, whichever is the later', async () => {
    desk.ship('A', { state: 'retrying', notBefore: T0 + 5 * MINUTE });
    desk.enqueue({ v: 1, shipmentId: 'A' });
    desk.enqueue({ v: 1, shipmentId: 'A' });
    await desk.drain();
    expect(desk.queue).toMatchObject([{ showsAt: T0 + 5 * MINUTE }]);
  });

  it('leaves what it cannot read where it is, and counts it', async () => {
    for (const body of ['no json', '{"v":2,"shipmentId":"A"}', '{"v":1}', '"A"']) desk.enqueue(body);
    expect(await desk.drain()).toEqual({ touched: 0, failed: 0 });
    expect(desk.queue).toHaveLength(4);
    expect(desk.counts['TransmissionMessageUnreadable']).toBe(4);
  });
});

describe('a run whose own side is broken', () => {
  const broken = (times: number) => {
    const { claim } = desk.ports.attempts;
    desk.ports.attempts.claim = async (...asked) => {
      if (times-- > 0) throw Object.assign(new Error('no'), { name: 'ThrottlingException' });
      return claim(...asked);
    };
  };
  beforeEach(() => {
    desk.settings = { callsInFlight: 1, drainMs: 95_000 };
    for (let i = 0; i < 12; i++) desk.ship(`S${i}`);
  });

  it('names the shipment and the fault, counts it, and goes on', async () => {
    broken(9);
    expect(await desk.drain()).toEqual({ touched: 12, failed: 9 });
    expect(desk.counts).toMatchObject({ TransmissionBroken: 9, Transmitted: 3 });
    expect(desk.warnings[0]).toEqual([
      'touch broken off',
      { shipmentId: 'S0', error: 'ThrottlingException' },
    ]);
  });

  it('ends after ten in a row, so that the alarm rings, and still writes down what it did', async () => {
    broken(100);
    desk.ship('good');
    await expect(desk.drain()).rejects.toThrow('no');
    expect(desk.counts['TransmissionBroken']).toBeGreaterThanOrEqual(10);
    expect(desk.counts['TransmissionBroken']).toBeLessThan(12);
    expect(about('CarrierPaused')).toEqual([]);
  });

  it('does not end when one in between is well', async () => {
    let call = 0;
    const { claim } = desk.ports.attempts;
    desk.ports.attempts.claim = async (...asked) => {
      if (++call === 6) return claim(...asked);
      await turn();
      throw new Error('no');
    };
    expect(await desk.drain()).toEqual({ touched: 12, failed: 11 });
  });
});
