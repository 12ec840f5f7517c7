import type { Actor } from '../audit/audit.ts';
import type { BusinessCalendar } from '../runtime/business-days.ts';
import type { Application, Submission } from './application.ts';
import { contractIdOf } from './contract.ts';
import { noCalendar } from './correction.ts';
import { type Move, moved } from './moves.ts';

/**
 * The first record of an application: in the queue, due at the end of the third business day (R14), its checks to be
 * run. Refused only where no due date can be promised because the calendar has no data.
 */
export const newApplication = (
  applicationId: string,
  submission: Submission,
  actor: Actor,
  now: number,
  calendar: BusinessCalendar,
): Move => {
  const due = calendar.dueAt(now);
  if (due.outcome === 'no-data') return noCalendar(due.year);
  const before: Application = {
    ...submission,
    applicationId,
    contractId: contractIdOf(submission),
    hasPassword: submission.passwordSealed !== undefined,
    status: 'applied',
    version: 0,
    submittedAt: now,
    dueAt: due.at,
    checks: [],
  };
  const change = {
    set: {},
    what: 'application.received',
    after: { revision: submission.revision },
    event: { detailType: 'ApplicationReceived', more: { dueAt: new Date(due.at).toISOString() } },
    work: 'check',
  } as const;
  return moved(before, change, actor, now);
};
