/** What a message on the tracking queue came to, as metrics and one log line. Ids and numbers only. */
import { count, gauge, logger } from '../runtime/observe.ts';
import type { RoundOutcome } from './round.ts';
import type { Run } from './run.ts';

export const report = (result: RoundOutcome): void => {
  switch (result.outcome) {
    case 'leg':
      logger.info('tracking leg ended', { runId: result.run.runId, leg: result.run.leg, end: result.end });
      if (result.run.endedAt !== undefined) reportRound(result.run, result.run.endedAt);
      break;
    case 'checked':
      logger.info('parcel checked', { outcome: result.checked.outcome });
      break;
    case 'skipped':
      count('TrackingSkipped');
      logger.info('tracking message skipped', { why: result.why });
      break;
    case 'busy':
      logger.info('tracking round is being worked on');
  }
};

/** Totals of a whole round; TrackingHeartbeat only when it came to its end, so a round that never does is missed. */
const reportRound = (run: Run, endedAt: number): void => {
  const { tally } = run;
  const failed = Object.values(tally.failed).reduce((sum, n) => sum + n, 0);
  if (run.outcome === 'done') count('TrackingHeartbeat');
  else count('TrackingInterrupted');
  count('TrackingAsked', tally.asked);
  count('TrackingChanged', tally.changed);
  count('TrackingNotYet', tally.notYet);
  count('TrackingNotFound', tally.notFound);
  count('TrackingFailed', failed);
  count('TrackingUncovered', tally.uncovered);
  count('UnknownStatusWord', tally.unknownWords);
  gauge('TrackingRoundMs', endedAt - run.startedAt, 'Milliseconds');
  logger.info('tracking round ended', {
    runId: run.runId,
    outcome: run.outcome,
    asked: tally.asked,
    changed: tally.changed,
    notYet: tally.notYet,
    failed: tally.failed,
    uncovered: tally.uncovered,
    silent: tally.silent,
  });
};
