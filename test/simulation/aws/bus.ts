import { type EventPattern, matchesPattern } from '../../../local/cloud/events/event-pattern.ts';
import type { BusEvent as Event } from '../../../local/cloud/events/event-shape.ts';
import { invalid, NotModelled, onlyMembers } from './aws-error.ts';
import type { AwsChoices } from './choices.ts';

/** An event as targets receive it. */
export interface BusEvent extends Event {
  'replay-name'?: string;
}
export interface RuleShape {
  name: string;
  bus: string;
  pattern: EventPattern;
  /** name of the queue that is its target */
  queue: string;
}
/** An event on its way from a bus to a target. */
export interface Delivery {
  event: BusEvent;
  rule: RuleShape;
}

/** EventBridge as tests and the environment of a simulation see it. */
export interface FakeBus {
  call(operation: string, input: object): object;
  /** Every event that was ever put, in that order. */
  events(bus?: string): BusEvent[];
  /** Not delivered yet; nothing is until somebody says so. */
  waiting(): readonly Delivery[];
  /** Delivers one of the waiting; with `keep` it waits still and is delivered again: at least once. */
  deliver(delivery: Delivery, keep?: boolean): void;
  deliverAll(): void;
  /** One of the waiting is lost on its way, as none should ever be. */
  drop(delivery: Delivery): void;
  /** Events from the archive meet the rules once more, in the order given. */
  replay(events: readonly BusEvent[], name: string): void;
}

interface Entry {
  EventBusName?: string;
  Source?: string;
  DetailType?: string;
  Detail?: string;
}
const MOST_ENTRIES = 10;
const LARGEST_REQUEST = 256 * 1024;

/** EventBridge with these buses and rules; `send` puts what is delivered into a queue. */
export const createBus = (
  { buses, rules }: { buses: readonly string[]; rules: readonly RuleShape[] },
  {
    clock,
    serial,
    choices,
    send,
  }: {
    clock: () => number;
    serial: () => string;
    choices: AwsChoices;
    send: (queue: string, body: string) => void;
  },
): FakeBus => {
  const taken: { bus: string; event: BusEvent }[] = [];
  const waiting: Delivery[] = [];
  const route = (bus: string, event: BusEvent) => {
    for (const rule of rules)
      if (rule.bus === bus && matchesPattern(rule.pattern, event)) waiting.push({ event, rule });
  };
  const put = (entry: Entry) => {
    onlyMembers('PutEvents', entry, ['EventBusName', 'Source', 'DetailType', 'Detail']);
    const bus = (entry.EventBusName ?? 'default').split('/').at(-1)!;
    if (!buses.includes(bus)) throw new NotModelled(`the event bus ${bus}`);
    const detail = readDetail(entry.Detail);
    if (!entry.Source || !entry.DetailType || !detail)
      return { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
    const event = envelope(serial(), clock(), entry.Source, entry.DetailType, detail);
    taken.push({ bus, event });
    route(bus, event);
    return { EventId: event.id };
  };
  const putEvents = ({ Entries }: { Entries: Entry[] }) => {
    if (Entries.length < 1 || Entries.length > MOST_ENTRIES)
      throw invalid('Value at entries failed to satisfy constraint: 1 to 10 entries');
    if (Buffer.byteLength(JSON.stringify(Entries)) > LARGEST_REQUEST)
      throw invalid('Total size of the entries in the request is over the limit.');
    const refused = choices.refused?.({ operation: 'PutEvents', entries: Entries.length }) ?? [];
    const answers = Entries.map((entry, i) =>
      refused.includes(i) ? { ErrorCode: 'ThrottlingException', ErrorMessage: 'Rate exceeded' } : put(entry),
    );
    return {
      FailedEntryCount: answers.filter((answer) => 'ErrorCode' in answer).length,
      Entries: answers,
    };
  };
  const drop = (delivery: Delivery) => {
    const place = waiting.indexOf(delivery);
    if (place < 0) throw new Error(`${delivery.event.id} is not waiting for ${delivery.rule.name}`);
    waiting.splice(place, 1);
  };
  const deliver = (delivery: Delivery, keep = false) => {
    if (!keep) drop(delivery);
    send(delivery.rule.queue, JSON.stringify(delivery.event));
  };
  return {
    call: (operation, input) => {
      if (operation !== 'PutEvents') throw new NotModelled(`events ${operation}`);
      onlyMembers(operation, input, ['Entries']);
      return putEvents(input as { Entries: Entry[] });
    },
    events: (bus) => taken.filter((one) => bus === undefined || one.bus === bus).map(({ event }) => event),
    waiting: () => [...waiting],
    deliver,
    drop,
    deliverAll: () => {
      while (waiting.length > 0) deliver(waiting[0]!);
    },
    replay: (events, name) => {
      for (const event of events) {
        const bus = taken.find((one) => one.event.id === event.id)?.bus ?? buses[0]!;
        route(bus, { ...event, 'replay-name': name });
      }
    },
  };
};

const readDetail = (text: string | undefined): Record<string, unknown> | undefined => {
  try {
    const detail: unknown = JSON.parse(text ?? '');
    const fits = typeof detail === 'object' && detail !== null && !Array.isArray(detail);
    return fits ? (detail as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
};

const envelope = (
  id: string,
  now: number,
  source: string,
  detailType: string,
  detail: Record<string, unknown>,
): BusEvent => ({
  version: '0',
  id,
  'detail-type': detailType,
  source,
  account: '000000000000',
  time: `${new Date(now).toISOString().slice(0, 19)}Z`,
  region: 'ap-northeast-2',
  resources: [],
  detail,
});
