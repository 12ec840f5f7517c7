/** The kill switch: nothing goes to ePost until an operator says so; nothing is lost meanwhile. */
import { afterEach, describe, expect, it } from 'vitest';
import { createAudit } from '../../functions/audit/audit.store.ts';
import {
  resumeTransmission,
  stopTransmission,
} from '../../functions/transmission/transmission-stop.store.ts';
import { worlds } from './support/start.ts';

const { world, db } = worlds();
const kim = { kind: 'operator', id: 'op-1', name: '김운영' } as const;
const order = { by: kim, reason: '주소가 잘못 나갑니다', now: 1 };
const audit = () => createAudit(db().doc, db().tables);
const stop = () => stopTransmission(db().tables.operations, audit(), order);
const resume = () => resumeTransmission(db().tables.operations, audit(), order);
afterEach(resume);

describe('a stopped transmission', () => {
  it('calls ePost for nothing, not even a probe, burns no attempt and no message; resumed, all goes out', async () => {
    const w = world();
    const ids = await Promise.all(['A', 'B', 'C'].map((name) => w.ship(name)));
    expect(await stop()).toEqual({ outcome: 'stopped' });
    expect(await w.drain()).toEqual({ paused: 'operator', touched: 0, failed: 0 });
    await w.drainFor(120);
    expect(w.carrier.calls).toEqual([]);
    expect(w.messages.map(({ receives }) => receives)).toEqual([0, 0, 0]);
    await resume();
    await w.drainFor(2);
    for (const id of ids) expect(await w.stored(id)).toMatchObject({ state: 'accepted', attempt: 1 });
  });

  it('stays stopped when a pause of the carrier ends beside it', async () => {
    const w = world();
    w.carrier.outage = 'maintenance';
    const id = await w.ship('P');
    await w.drain();
    await stop();
    w.carrier.outage = undefined;
    await w.drainFor(30);
    expect(await w.stored(id)).toMatchObject({ attempt: 0 });
    await resume();
    await w.drainFor(20);
    expect(await w.stored(id)).toMatchObject({ state: 'accepted' });
  });

  it('is noticed by a drain that runs: what it has not begun goes back to the queue', async () => {
    const w = world();
    w.settings.callsInFlight = 1;
    w.carrier.takes = 3_000;
    const ids = await Promise.all(Array.from({ length: 20 }, (_, i) => w.ship(`R${i}`)));
    let asked = 0;
    const insert = w.carrier.insertOrder;
    w.carrier.insertOrder = async (one) => {
      if (++asked === 2) await stop();
      return insert(one);
    };
    await w.drain();
    expect(asked).toBeLessThan(10);
    w.carrier.insertOrder = insert;
    await resume();
    await w.drainFor(10);
    for (const id of ids) expect((await w.stored(id)).state).toBe('accepted');
  });

  it('keeps its first reason, and leaves an audit row for each change and none for a repetition', async () => {
    const before = (await audit().of('queue#Transmission')).length;
    await stop();
    expect(await stop()).toEqual({ outcome: 'already-stopped' });
    await resume();
    expect(await resume()).toEqual({ outcome: 'not-stopped' });
    const rows = await audit().of('queue#Transmission');
    expect(rows.slice(0, rows.length - before).map(({ what }) => what)).toEqual([
      'transmission.resumed',
      'transmission.paused',
    ]);
  });
});
