/** A tracking round as a line of the list. */
import { isAlive, type Run } from '../../../tracking/run.ts';
import type { RunCode } from '../../vocabulary.ts';

export interface RunRow {
  runId: string;
  startedAt: number;
  /** until it ended, or until now */
  tookMs: number;
  asked: number;
  changed: number;
  /** questions without an answer */
  failed: number;
  /** parcels on the road it did not ask for */
  uncovered: number;
  code: RunCode;
  /** the operator who began it; absent: the schedule */
  askedBy?: string;
}

export const runRow = (run: Run, now: number): RunRow => {
  const code = runCode(run, now);
  const { asked, changed, uncovered } = run.tally;
  const ended = run.endedAt ?? (code === 'dead' ? run.beatAt : now);
  return {
    runId: run.runId,
    startedAt: run.startedAt,
    tookMs: Math.max(0, ended - run.startedAt),
    asked,
    changed,
    failed: failedIn(run),
    uncovered,
    code,
    ...(run.askedBy !== undefined && { askedBy: run.askedBy }),
  };
};

export const failedIn = ({ tally }: Pick<Run, 'tally'>): number =>
  Object.values(tally.failed).reduce((sum, n) => sum + n, 0);

/** A round that waits for ePost looks again every ten minutes: silent for longer than this, it is dead. */
const WAITING_DEAD_MS = 30 * 60_000;

export const runCode = (run: Run, now: number): RunCode => {
  if (run.outcome === 'done') return failedIn(run) > 0 || run.tally.uncovered > 0 ? 'partly' : 'done';
  if (run.outcome !== undefined) return run.outcome;
  if (isAlive(run, now)) return 'running';
  return run.waiting !== undefined && now - run.beatAt < WAITING_DEAD_MS ? 'waiting' : 'dead';
};

/** Still at work, or about to go on by itself. */
export const isUnderWay = (code: RunCode): boolean => code === 'running' || code === 'waiting';

/** Rounds that broke off since the last one that came to its end. @param runs newest first */
export const failedRuns = (runs: readonly Run[], now: number): number => {
  const last = runs.findIndex(({ outcome }) => outcome === 'done');
  const since = last === -1 ? runs : runs.slice(0, last);
  return since.filter((run) => ['interrupted', 'dead'].includes(runCode(run, now))).length;
};

/** Address of a round: `#` would end the path. */
export const runPath = (runId: string): string => `/syncs/${runId.replace('#', '~')}`;
export const runAt = (param: string): string => param.replace('~', '#');
