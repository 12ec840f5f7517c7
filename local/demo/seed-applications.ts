import { createApplications } from '../../functions/merchant/application.store.ts';
import { createCalendarReader } from '../../functions/merchant/holidays.store.ts';
import { createOutbox } from '../../functions/merchant/outbox.store.ts';
import type { Owed } from '../../functions/merchant/owed.ts';
import { submit } from '../../functions/platform-api/submit.ts';
import type { BusinessCalendar } from '../../functions/runtime/business-days.ts';
import { createPublish } from '../../functions/runtime/bus.client.ts';
import { createQueue } from '../../functions/runtime/queue.client.ts';
import { koreanDay, koreanTimeOfDay } from '../../functions/shipment/korean-day.ts';
import { importBlock } from '../../functions/waybill/import-block.store.ts';
import {
  ACTIVE,
  contractOf,
  type DemoApplication,
  DUE_TODAY,
  ON_HOLD,
  OVERDUE,
  UNREACHED,
} from './demo-applications.ts';
import type { DemoWorld } from './demo-data.ts';
import {
  heldSince,
  inUseSince,
  playHistory,
  refuseHoldMessage,
  sendHoldMessage,
} from './past-applications.ts';

const DAY_MS = 86_400_000;
/** Half past ten in the morning, from midnight. */
const MORNING_MS = 10.5 * 3_600_000;
/** Longer than any row of holidays. */
const LONGEST_BACK_DAYS = 30;

/**
 * Hands applications in on mornings that make one overdue and one due today, and plays what was decided on others.
 * Nothing of the past is told on the bus; the two that are open are told now, and so checked at once.
 * The second time: those that are there stay as they are.
 */
export const seedApplications = async (world: DemoWorld): Promise<'seeded' | 'no-calendar'> => {
  const { doc, tables, now } = world;
  const calendar = await createCalendarReader(doc, tables.operations, () => now)();
  const mornings = morningsFor(calendar, now);
  if (mornings === undefined) return 'no-calendar';
  const { overdue, dueToday } = mornings;
  const applications = createApplications(doc, tables);
  // In the order of time, as the audit chain keeps them.
  await playHistory(applications, calendar, ACTIVE, inUseSince(overdue - 20 * DAY_MS));
  const owed: Owed[] = [];
  const ports = {
    applications,
    outbox: { deliver: async (one: Owed) => void owed.push(one) },
    calendar: async () => calendar,
    count: () => undefined,
    seal: () => Promise.reject(new Error('a demo application has no password')),
    supportNumber: world.wording.supportNumber,
  };
  await submit({ ...ports, clock: () => overdue }, OVERDUE.applicationId, OVERDUE.request);
  const held = (application: DemoApplication, because: 'customer' | 'approval') =>
    playHistory(applications, calendar, application, heldSince(overdue, because, world.wording));
  const messageId = await held(ON_HOLD, 'customer');
  if (messageId !== undefined) await sendHoldMessage(world, messageId);
  const refused = await held(UNREACHED, 'approval');
  if (refused !== undefined) await refuseHoldMessage(world, refused);
  await submit({ ...ports, clock: () => dueToday }, DUE_TODAY.applicationId, DUE_TODAY.request);
  const { numbers } = DUE_TODAY;
  if (numbers)
    await importBlock(doc, tables, {
      contractId: contractOf(DUE_TODAY),
      request: { kind: 'run', ...numbers },
      by: 'npm start',
      now,
    });
  const outbox = createOutbox(doc, tables.operations, {
    publish: createPublish(world.bus, world.busName),
    queue: createQueue(world.sqs, world.onboardingQueueUrl),
  });
  for (const one of owed) await outbox.deliver(one);
  return 'seeded';
};

/** The latest mornings on which an application had to come in to be overdue now, and to be due today or next. */
const morningsFor = (
  calendar: BusinessCalendar,
  now: number,
): { overdue: number; dueToday: number } | undefined => {
  const midnight = now - koreanTimeOfDay(now);
  let dueToday: number | undefined;
  for (let days = 1; days < LONGEST_BACK_DAYS; days++) {
    const at = midnight - days * DAY_MS + MORNING_MS;
    const due = calendar.dueAt(at);
    if (due.outcome === 'no-data') return undefined;
    if (koreanDay(due.at) < koreanDay(now))
      return dueToday === undefined ? undefined : { overdue: at, dueToday };
    dueToday = at;
  }
  return undefined;
};
