/** One leg of a round: walk, ask, tell, write, until the list ends or the invocation's time is nearly out. */
import type { Clock } from '../runtime/clock.ts';
import { runRefillPool } from '../runtime/refill-pool.ts';
import { check, type Checked, type CheckPorts } from './check.ts';
import { createFeed, type FeedPorts, type Job } from './feed.ts';
import type { Meter } from './meter.ts';
import { noteChange, noteFailure, type Run, type Stop } from './run.ts';
import type { RunRecords } from './run-record.store.ts';
import { shouldBeKnown } from './whom-to-ask.ts';

export interface SyncPorts extends CheckPorts, Pick<FeedPorts, 'ledger'> {
  records: Pick<RunRecords, 'save'>;
  clock: Clock;
}
export interface LegLimits {
  callsInFlight: number;
  /** no ledger entry is begun after this time (epoch ms); what is begun is finished */
  beginUntil: number;
}
export type LegEnd = 'finished' | 'time' | 'overtaken' | Stop;

/** This many questions in a row without an answer and ePost is not working, or not for us (a wrong key). */
const STREAK = 20;
/** A crash asks again what was asked since. */
const SAVE_EVERY = 60_000;

/**
 * Works on a claimed round and keeps its record. Run again from the same position it asks again, tells nothing
 * twice that was written, and writes nothing that has not changed.
 * `run` is changed in place: tally, position, budget.
 * @throws when a store or the bus fails; the message that caused the leg brings it back to the last position
 */
export const runLeg = async (ports: SyncPorts, run: Run, limits: LegLimits): Promise<LegEnd> => {
  const meter = ports.sources[0]?.meter;
  let stopped: 'overtaken' | Stop | undefined;
  let streak = 0;
  let savedAt = ports.clock();

  const mayBegin = () => {
    if (stopped !== undefined) return 'stop' as const;
    return ports.clock() < limits.beginUntil ? ('go' as const) : ('finish-begun' as const);
  };
  const feed = createFeed(ports, run, mayBegin);
  const save = async () => {
    savedAt = ports.clock();
    notePosition(run, feed.position(), meter, savedAt);
    if ((await ports.records.save(run, run.leg)) === 'overtaken') stopped = 'overtaken';
  };
  const next = async () => {
    if (ports.clock() - savedAt > SAVE_EVERY) await save();
    return feed.next();
  };
  const work = async (job: Job) => {
    const result = await check(ports, job.parcel, run.nextDueAt);
    note(run, job, result, ports.clock());
    streak = result.outcome === 'failed' ? streak + 1 : 0;
    if (result.outcome === 'failed') {
      if (result.cause === 'maintenance') stopped ??= 'maintenance';
      else if (streak >= STREAK && result.cause !== 'quota') stopped ??= 'no-answers';
    }
    // Not finished on purpose: its entry is where the next leg begins.
    if (stopped !== undefined && result.outcome === 'failed') return;
    await feed.finish(job, !(result.outcome === 'changed' && result.news.ended));
  };

  await runRefillPool(limits.callsInFlight, next, work);
  notePosition(run, feed.position(), meter, ports.clock());
  if (stopped !== undefined) return stopped;
  return run.position === undefined ? 'finished' : 'time';
};

const notePosition = (run: Run, position: Run['position'], meter: Meter | undefined, now: number) => {
  const left = meter?.left();
  if (left !== undefined) run.budget = left;
  if (position === undefined) delete run.position;
  else run.position = position;
  run.beatAt = now;
};

const note = ({ tally }: Run, { parcel }: Job, result: Checked, now: number) => {
  if (result.outcome === 'no-quota') {
    tally.uncovered++;
    return;
  }
  tally.asked++;
  if (result.outcome === 'failed') noteFailure(tally, result.cause);
  if (result.outcome === 'failed' && result.cause === 'quota') tally.uncovered++;
  if (result.outcome === 'not-yet') {
    tally.notYet++;
    if (shouldBeKnown(parcel, now)) tally.notFound++;
  }
  if (result.outcome === 'changed') {
    tally.unknownWords += result.news.unknownWords;
    noteChange(tally, parcel.shipmentId, result.news.tracked.status);
  }
};
