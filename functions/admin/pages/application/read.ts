import type { AuditRow } from '../../../audit/audit.ts';
import type { Application } from '../../../merchant/application.ts';
import type { Message } from '../../../notification/message.ts';
import type { Context, Read } from '../../page.ts';
import type { Ports } from '../../ports.ts';
import { historyOf, messageIdOf } from './history.ts';
import { type ApplicationModel, modelOf } from './model.ts';

const SHOWN_ROWS = 100;
/** Decisions that may owe an SMS; only for these is the outbox asked. */
const MAY_OWE: readonly string[] = [
  'application.received',
  'application.corrected',
  'application.held',
  'application.activated',
  'application.suspended',
  'application.terminated',
];

/** One application with everything an operator decides on. Looking at it tells colleagues who looks. */
export const readApplication = async (context: Context): Promise<Read<ApplicationModel>> => {
  const { ports, now, operator, params } = context;
  const application = await ports.applications.read(params['id'] ?? '');
  if (application === undefined || application.status === undefined) return { outcome: 'not-found' };
  const subject = `application#${application.applicationId}`;
  const [calendar, rows, viewers] = await Promise.all([
    ports.calendar(),
    ports.audit.of(subject, SHOWN_ROWS),
    context.as === 'page' ? ports.viewers.look(subject, operator, now) : [],
  ]);
  const messages = await messagesOf(ports, rows);
  const history = historyOf(rows, messages, now);
  const model = modelOf(application, { calendar, now, sms: ports.sms, history, viewers });
  return { outcome: 'found', model };
};

const messagesOf = async (
  { messages }: Pick<Ports, 'messages'>,
  rows: readonly AuditRow[],
): Promise<Map<string, Message>> => {
  const ids = rows.flatMap((row) => (MAY_OWE.includes(row.what) ? [messageIdOf(row)] : []));
  const found = await Promise.all(ids.map(async (id) => (id === undefined ? undefined : messages.read(id))));
  return new Map(found.flatMap((message) => (message ? [[message.messageId, message] as const] : [])));
};

/** The next one to be looked at, nearest due date first; undefined: the list is done. */
export const nextToReview = async (
  { applications }: Pick<Ports, 'applications'>,
  after: string,
): Promise<Pick<Application, 'applicationId' | 'companyName'> | undefined> => {
  const page = await applications.list(['reviewing', 'applied'], undefined, 20);
  return page.applications
    .filter(({ applicationId }) => applicationId !== after)
    .toSorted((a, b) => a.dueAt - b.dueAt)[0];
};
