import { describe, expect, it } from 'vitest';
import { createRunTallies } from '../../functions/transmission/run-tally.store.ts';
import { worlds } from './support/start.ts';

const { world, db } = worlds();

const HOUR = 3_600_000;

describe('the tally of a run', () => {
  it('counts what ePost took and what it refused, in one item per run that ended something', async () => {
    const w = world();
    const tallies = createRunTallies(db().doc, db().tables.operations);
    const bad = await w.ship('bad');
    await Promise.all(['a', 'b', 'c'].map((name) => w.ship(name)));
    w.carrier.insertFault = ({ shipmentId }) => (shipmentId === bad ? 'ERR-311' : 'ok');
    await w.drain();
    await w.drain();
    expect(await tallies.ofDay(w.now())).toEqual([{ at: expect.any(Number), done: 3, failed: 1 }]);
  });

  it('belongs to the Korean day in which the run ended', async () => {
    const tallies = createRunTallies(db().doc, db().tables.operations);
    const midnight = Date.parse('2026-12-01T15:00:00Z');
    await tallies.write({ at: midnight - 1, done: 5, failed: 0 });
    await tallies.write({ at: midnight, done: 7, failed: 1 });
    await tallies.write({ at: midnight + HOUR, done: 2, failed: 0 });
    const dones = async (at: number) => (await tallies.ofDay(at)).map(({ done }) => done);
    expect(await dones(midnight - 1)).toEqual([5]);
    expect(await dones(midnight + 12 * HOUR)).toEqual([7, 2]);
  });
});
