/** The console's parcel pages over a real engine; queues, bus and failed queues are in-memory ports. */
import { createAudit } from '../../../functions/audit/audit.store.ts';
import type { DeadLetter, DeadLetters } from '../../../functions/admin/dead-letter.ts';
import type { Action, ActionResult, Context, Page, View } from '../../../functions/admin/page.ts';
import { createParcelPorts } from '../../../functions/admin/parcel-ports.store.ts';
import type { Ports } from '../../../functions/admin/ports.ts';
import type { Role } from '../../../functions/admin/role.ts';
import type { OutgoingEvent } from '../../../functions/events.ts';
import { createApplications } from '../../../functions/merchant/application.store.ts';
import { createCalendarReader, createHolidays } from '../../../functions/merchant/holidays.store.ts';
import { createMessages } from '../../../functions/notification/messages.store.ts';
import { T0 } from '../../support/builders.ts';
import { startTables, type TestTables } from '../../support/dynamo.ts';

export interface Desk extends TestTables {
  ports: Ports;
  sent: { transmission: unknown[]; tracking: unknown[]; jobs: unknown[] };
  events: OutgoingEvent[];
  letters: Map<string, DeadLetter[]>;
  now: number;
  context(over?: Partial<Context>): Context;
}

export const startDesk = async (): Promise<Desk> => {
  const db = await startTables();
  const { doc, tables } = db;
  const desk = { ...db, now: T0, events: [], letters: new Map() } as unknown as Desk;
  desk.sent = { transmission: [], tracking: [], jobs: [] };
  const clock = () => desk.now;
  const queue = (bodies: unknown[]) => ({
    send: async (messages: readonly { body: unknown }[]) =>
      void bodies.push(...messages.map(({ body }) => body)),
  });
  const audit = createAudit(doc, tables);
  const parcel = createParcelPorts(
    { doc, clock, audit, sqs: {} as never, bus: {} as never },
    {
      SHIPMENTS_TABLE: tables.shipments,
      CONTRACTS_TABLE: tables.contracts,
      POOLS_TABLE: tables.pools,
      LEDGER_TABLE: tables.ledger,
      OPERATIONS_TABLE: tables.operations,
      BUS_NAME: 'bus',
      FAILED_QUEUES: [],
      DAILY_QUOTA: 10_000,
      TRACKING_SOURCE: 'data-go-kr',
      TRACKING_HOURS: 3,
    },
  );
  let ids = 0;
  const ports = {
    ...parcel,
    clock,
    count: () => undefined,
    newId: () => `id-${++ids}`,
    audit,
    applications: createApplications(doc, tables),
    calendar: createCalendarReader(doc, tables.operations, clock),
    holidays: createHolidays(doc, tables),
    messages: createMessages(doc, tables.messages),
    support: { senderName: '퍼스트몰', number: '1544-3270' },
    publish: async (events: readonly OutgoingEvent[]) => void desk.events.push(...events),
    transmission: queue(desk.sent.transmission),
    tracking: queue(desk.sent.tracking),
    jobs: queue(desk.sent.jobs),
    deadLetters: heldLetters(desk.letters),
  };
  desk.ports = ports as unknown as Ports;
  desk.context = (over = {}) => ({
    ports: desk.ports,
    now: desk.now,
    operator: { id: 'op-1', name: '김운영', role: 'manage' as Role },
    requestId: 'req-1',
    params: {},
    query: new URLSearchParams(),
    as: 'page',
    ...over,
  });
  return desk;
};

/** Queues in memory: what is sent back is gone from here. */
const heldLetters = (letters: Map<string, DeadLetter[]>): DeadLetters => {
  const of = (name: string) => letters.get(name) ?? [];
  const take = (name: string, ids: readonly string[]) => {
    const kept = of(name).filter(({ messageId }) => !ids.includes(messageId));
    const taken = of(name).length - kept.length;
    letters.set(name, kept);
    return taken;
  };
  return {
    names: [
      { name: 'Transmission', returns: true },
      { name: 'Quarantine', returns: true },
    ],
    depth: async (name) => ({ waiting: of(name).length, keptMs: 14 * 86_400_000 }),
    look: async (name, most) => of(name).slice(0, most),
    giveBackOne: async (name, id) => (take(name, [id]) === 1 ? 'returned' : 'gone'),
    giveBackSome: async (name, most, before) =>
      take(
        name,
        of(name)
          .filter(({ sentAt }) => sentAt < before)
          .slice(0, most)
          .map(({ messageId }) => messageId),
      ),
    deleteThese: async (name, ids) => take(name, ids),
    startMove: async (name) =>
      name === 'Quarantine' ? { outcome: 'not-movable' } : { outcome: 'started', task: 'task-1' },
    moveTask: async () => undefined,
    cancelMove: async () => undefined,
  };
};

export const aView = (over: Partial<View> = {}): View => ({
  now: T0,
  operator: { id: 'op-1', name: '김운영', role: 'manage' },
  requestId: 'req-1',
  path: '/',
  query: new URLSearchParams(),
  csrf: 'csrf',
  formKey: 'key',
  problems: [],
  shown: {},
  display: { theme: 'auto', slash: true },
  ...over,
});

/** What a page shows, as HTML. @throws when it is not found or leads elsewhere */
export const show = async <Model>(page: Page<Model>, context: Context, view: Partial<View> = {}) => {
  const read = await page.read(context);
  if (read.outcome !== 'found') throw new Error(`read: ${JSON.stringify(read)}`);
  const html = String(await page.render(read.model, aView({ query: context.query, ...view })));
  return { model: read.model, html, text: html.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ') };
};

/** Sends a form as the door would: parse, then perform. */
export const submit = async <Input>(
  action: Action<Input>,
  context: Context,
  form: Readonly<Record<string, string | string[]>> = {},
  reason?: string,
): Promise<ActionResult> => {
  const fields = Object.fromEntries(Object.entries(form).map(([name, value]) => [name, [value].flat()]));
  const parsed = action.parse(fields, context.params);
  if (parsed.outcome === 'problems') return parsed;
  return action.perform(context, parsed.input, reason === undefined ? {} : { reason });
};
