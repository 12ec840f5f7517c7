/** The watch over the 3 business days (P14), and over what fell between: owed events, stuck checks and links. */
import { koreanDay } from '../shipment/korean-day.ts';
import { type Application, UNDECIDED } from './application.ts';
import { everyApplication } from './every-application.ts';
import { missingYears } from './missing-years.ts';
import type { OnboardPorts } from './onboard.ts';

/** A move tells its own news within seconds; what is older was left by a crash. */
const OWED_TOO_LONG_MS = 2 * 60_000;
/** A check or link that has said nothing for this long is asked for again. */
const QUIET_MS = 10 * 60_000;
/** ePost is asked again about what it did not answer. */
const UNANSWERED_MS = 60 * 60_000;

type Ports = Pick<
  OnboardPorts,
  'applications' | 'outbox' | 'queue' | 'calendar' | 'clock' | 'count' | 'gauge'
>;

/** The second time: the same figures; work asked for twice is done once. */
export const watchDue = async (ports: Ports): Promise<void> => {
  const now = ports.clock();
  ports.count('OutboxSwept', await ports.outbox.sweep(now - OWED_TOO_LONG_MS));
  const open = await Array.fromAsync(everyApplication(ports.applications, UNDECIDED));
  const today = koreanDay(now);
  ports.gauge('ApplicationsUndecided', open.length, 'Count');
  ports.gauge('ApplicationsOverdue', open.filter(({ dueAt }) => dueAt < now).length, 'Count');
  ports.gauge(
    'ApplicationsDueToday',
    open.filter(({ dueAt }) => dueAt >= now && koreanDay(dueAt) === today).length,
    'Count',
  );
  ports.gauge('CalendarYearMissing', missingYears(await ports.calendar(), now).length > 0 ? 1 : 0, 'Count');
  await ports.queue.send(open.flatMap((application) => workFor(application, now)));
  ports.count('DueWatchHeartbeat');
};

const workFor = (application: Application, now: number) => {
  const { applicationId, status, checks, submittedAt } = application;
  const body = (kind: 'check' | 'link') => [{ body: { v: 1, kind, applicationId } }];
  if (status === 'linking') return body('link');
  if (status === 'applied') return now - submittedAt > QUIET_MS ? body('check') : [];
  const unanswered = checks.some(
    ({ outcome, at }) => outcome === 'could-not-run' && now - at > UNANSWERED_MS,
  );
  return unanswered ? body('check') : [];
};
