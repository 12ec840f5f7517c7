import { describe, expect, it } from 'vitest';
import { openCarrierPause } from '../../functions/transmission/carrier-pause.ts';
import { worlds } from './support/start.ts';
import { MINUTE } from './support/world.ts';

const { world } = worlds();
const many = (n: number) => Array.from({ length: n }, (_, i) => `M${i}`);

describe('maintenance at ePost', () => {
  it('pauses the drain at once and burns no attempt, however long it lasts', async () => {
    const w = world();
    w.carrier.outage = 'maintenance';
    const ids = await Promise.all(many(12).map((name) => w.ship(name)));
    expect(await w.drain()).toMatchObject({ paused: 'maintenance' });
    await w.drainFor(60);
    const orders = () => w.carrier.calls.filter(({ call }) => call === 'insertOrder').length;
    expect(orders()).toBeLessThanOrEqual(w.settings.callsInFlight);
    for (const id of ids) expect(await w.stored(id)).toMatchObject({ attempt: 0 });
    w.carrier.outage = undefined;
    await w.drainFor(20);
    for (const id of ids) expect(await w.stored(id)).toMatchObject({ state: 'accepted', attempt: 1 });
    expect(w.warnings).toContain('carrier pause opened');
    expect(w.warnings).toContain('carrier pause closed');
  });

  it('is probed with a question that books nothing, and no message is received meanwhile', async () => {
    const w = world();
    w.carrier.outage = 'maintenance';
    await w.ship('A');
    await w.drain();
    w.carrier.calls.length = 0;
    await w.drainFor(30);
    expect(new Set(w.carrier.calls.map(({ call }) => call))).toEqual(new Set(['getStoppedZip']));
    expect(w.messages.map(({ receives }) => receives)).toEqual([0]);
  });
});

describe('an outage of ePost', () => {
  it('of an hour costs nothing: all is booked once, at most 20 minutes after it ends', async () => {
    const w = world();
    const ids = await Promise.all(many(30).map((name) => w.ship(name)));
    w.carrier.outage = 'dropped';
    await w.drainFor(60);
    w.carrier.outage = undefined;
    await w.drainFor(20);
    for (const id of ids) {
      expect((await w.stored(id)).state).toBe('accepted');
      expect(w.carrier.of(id)).toHaveLength(1);
    }
  });

  it('that cannot be reached at all burns no attempt', async () => {
    const w = world();
    const ids = await Promise.all(many(8).map((name) => w.ship(name)));
    w.carrier.outage = 'unreachable';
    expect(await w.drain()).toMatchObject({ paused: 'unreachable' });
    for (const id of ids) expect((await w.stored(id)).attempt).toBe(0);
    w.carrier.outage = undefined;
    await w.drainFor(20);
    for (const id of ids) expect(await w.stored(id)).toMatchObject({ state: 'accepted', attempt: 1 });
  });

  it('that only the probe does not see burns few attempts: one call at a time until one succeeds', async () => {
    const w = world();
    w.settings.callsInFlight = 20;
    const ids = await Promise.all(many(40).map((name) => w.ship(name)));
    w.carrier.insertFault = () => 'dropped';
    await w.drain();
    const orders = () => w.carrier.calls.filter(({ call }) => call === 'insertOrder').length;
    const first = orders();
    w.pass(2 * MINUTE);
    await w.drain();
    expect(orders() - first).toBeLessThanOrEqual(5);
    w.carrier.insertFault = () => 'ok';
    await w.drainFor(20);
    for (const id of ids) expect((await w.stored(id)).state).toBe('accepted');
  });

  it('is not seen in single failures between good answers', async () => {
    const w = world();
    let call = 0;
    w.carrier.insertFault = () => (call++ % 4 === 3 ? 'ok' : 'dropped');
    w.settings.callsInFlight = 1;
    await Promise.all(many(12).map((name) => w.ship(name)));
    expect((await w.drain()).paused).toBeUndefined();
  });
});

describe('a wrong security key', () => {
  it('over three contracts refuses and parks nothing; a good key sends all', async () => {
    const w = world();
    for (const contractId of ['one', 'two', 'three']) await w.aContract({ contractId });
    const ids = await Promise.all(
      ['one', 'two', 'three'].flatMap((name) =>
        many(3).map((n, i) =>
          w.ship(`${name}-${n}`, { contractId: w.id(name), waybillNumber: `68111${name.length}000000${i}` }),
        ),
      ),
    );
    w.carrier.wrongKey = true;
    expect(await w.drain()).toMatchObject({ paused: 'wrong-key' });
    await w.drainFor(10);
    for (const id of ids) {
      const shipment = await w.stored(id);
      expect(['allocated', 'retrying']).toContain(shipment.state);
      expect(shipment.attempt).toBe(0);
      expect(w.typesOf(id)).toEqual([]);
    }
    w.carrier.wrongKey = false;
    await w.drainFor(20);
    for (const id of ids) expect((await w.stored(id)).state).toBe('accepted');
  });

  it('shown by a single shipment is found by checking the key', async () => {
    const w = world();
    w.carrier.wrongKey = true;
    const id = await w.ship('A');
    expect(await w.drain()).toMatchObject({ paused: 'wrong-key' });
    expect(await w.stored(id)).toMatchObject({ state: 'retrying', attempt: 0, cause: 'wrong-key' });
  });

  it('is not suspected of a verdict once the key is checked: it stands', async () => {
    const w = world();
    w.carrier.insertFault = () => 'ERR-511';
    const id = await w.ship('A');
    expect((await w.drain()).paused).toBeUndefined();
    expect(await w.stored(id)).toMatchObject({ state: 'refused', refusal: { code: 'ERR-511' } });
    expect(w.typesOf(id)).toEqual(['ShipmentRefused']);
  });

  it('is not suspected when another order is taken in between', async () => {
    const w = world();
    await w.aContract({ contractId: 'other' });
    w.settings.callsInFlight = 1;
    const bad = [await w.ship('B1'), await w.ship('B2', { contractId: w.id('other') })];
    const good = await w.ship('G');
    bad.push(await w.ship('B3'));
    w.carrier.insertFault = ({ shipmentId }) => (shipmentId === good ? 'ok' : 'ERR-511');
    expect((await w.drain()).paused).toBeUndefined();
    for (const id of bad) expect((await w.stored(id)).state).toBe('refused');
    expect((await w.stored(good)).state).toBe('accepted');
  });

  it('suspected wrongly costs one pause: after a good check the same verdicts stand', async () => {
    const w = world();
    await w.aContract({ contractId: 'other' });
    w.carrier.insertFault = () => 'ERR-511';
    const ids = await Promise.all(
      many(4).map((name, i) => w.ship(name, i % 2 ? { contractId: w.id('other') } : {})),
    );
    expect(await w.drain()).toMatchObject({ paused: 'wrong-key' });
    await w.drainFor(12);
    for (const id of ids) expect((await w.stored(id)).state).toBe('refused');
  });

  it('does not keep the pause when the contract that showed it is gone', async () => {
    const w = world();
    const detail = { codes: ['ERR-511'], contractId: 'no-such-contract' };
    await w.ports.pauses.write(openCarrierPause('wrong-key', w.now() - 2 * MINUTE, detail));
    await w.ports.pauses.writeLastGood('nor-this-one');
    const id = await w.ship('A');
    await w.drain();
    expect((await w.stored(id)).state).toBe('accepted');
  });

  it('is told from one wrong contract by asking with a contract that worked before', async () => {
    const w = world();
    await w.aContract({ contractId: 'bad', customerNo: '9999999999' });
    await w.ship('G');
    await w.drain();
    const ask = w.carrier.getApprNo;
    w.carrier.getApprNo = async (customerNo) => {
      w.carrier.wrongKey = customerNo === '9999999999';
      const answer = await ask(customerNo);
      w.carrier.wrongKey = false;
      return answer;
    };
    w.carrier.insertFault = () => 'ERR-211';
    const id = await w.ship('A', { contractId: w.id('bad') });
    expect((await w.drain()).paused).toBeUndefined();
    expect(await w.stored(id)).toMatchObject({ state: 'refused', refusal: { mustAct: 'operator' } });
  });
});

describe('a contract that ePost refuses', () => {
  it('rests, its other shipments wait unburnt, and other contracts go on', async () => {
    const w = world();
    await w.aContract({ contractId: 'bad' });
    const bad = await Promise.all(many(12).map((name) => w.ship(name, { contractId: w.id('bad') })));
    const good = await w.ship('G');
    w.carrier.insertFault = ({ shipmentId }) => (shipmentId === good ? 'ok' : 'ERR-223');
    await w.drain();
    expect((await w.stored(good)).state).toBe('accepted');
    const states = await Promise.all(bad.map(async (id) => (await w.stored(id)).state));
    const refused = states.filter((state) => state === 'refused').length;
    expect(refused).toBeGreaterThanOrEqual(1);
    expect(refused).toBeLessThanOrEqual(2 * w.settings.callsInFlight);
    w.carrier.insertFault = () => 'ok';
    await w.drainFor(40);
    const after = await Promise.all(bad.map((id) => w.stored(id)));
    expect(after.filter(({ state }) => state === 'accepted')).toHaveLength(12 - refused);
    for (const shipment of after) expect(shipment.attempt).toBe(1);
  });

  it('tries with one shipment when its rest is over, and rests longer when refused again', async () => {
    const w = world();
    const ids = await Promise.all(many(20).map((name) => w.ship(name)));
    w.carrier.insertFault = () => 'ERR-223';
    w.settings.callsInFlight = 1;
    await w.drain();
    const orders = () => w.carrier.calls.filter(({ call }) => call === 'insertOrder').length;
    const first = orders();
    await w.drainFor(20);
    expect(orders()).toBe(first + 1);
    await w.drainFor(24);
    expect(orders()).toBe(first + 1);
    const kept = await Promise.all(ids.map((id) => w.stored(id)));
    expect(kept.filter(({ state }) => state === 'retrying').length).toBe(20 - first - 1);
  });

  it('that is not active is not called for', async () => {
    const w = world();
    await w.aContract({ contractId: 'off', status: 'suspended' });
    const id = await w.ship('A', { contractId: w.id('off') });
    await w.drainFor(10);
    expect(w.carrier.calls).toEqual([]);
    expect(await w.stored(id)).toMatchObject({ state: 'retrying', attempt: 0, cause: 'contract-not-active' });
    await w.aContract({ contractId: 'off' });
    w.pass(MINUTE);
    await w.drainFor(10);
    expect((await w.stored(id)).state).toBe('accepted');
  });
});
