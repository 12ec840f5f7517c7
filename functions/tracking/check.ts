/** One parcel, one question. Asked again: the same answer changes nothing, told again at most after a crash. */
import type { TraceAnswer, TraceSource } from '../epost/trace-reply.ts';
import type { OutgoingEvent } from '../events.ts';
import type { Publish } from '../runtime/bus.client.ts';
import type { Clock } from '../runtime/clock.ts';
import { aboutShipment } from '../shipment/shipment.ts';
import type { TrackingStore } from '../shipment/tracking.store.ts';
import type { Meter } from './meter.ts';
import { type Headline, type News, whatIsNew } from './what-is-new.ts';
import type { Followed } from './whom-to-ask.ts';

export interface Source {
  name: string;
  ask: TraceSource;
  meter: Meter;
}
export interface CheckPorts {
  /** the second and later ones are asked only when the one before gave no usable answer */
  sources: readonly Source[];
  store: TrackingStore;
  publish: Publish;
  clock: Clock;
}
export type Checked =
  | { outcome: 'unchanged' | 'not-yet' | 'no-quota' }
  | { outcome: 'changed'; news: Exclude<News, { outcome: 'none' }> }
  | { outcome: 'failed'; cause: string };

/**
 * Asks where a parcel is, tells what is new, then writes it: a crash in between tells twice, never not at all.
 * Nothing new writes nothing.
 * @param nextCheckAt when the parcel is asked again, epoch ms
 */
export const check = async (
  ports: CheckPorts,
  shipment: Followed & { waybillNumber: string },
  nextCheckAt: number,
): Promise<Checked> => {
  const answer = await ask(ports.sources, shipment.waybillNumber);
  switch (answer.outcome) {
    case 'found':
      return settle(ports, shipment, whatIsNew(shipment, answer.scans, ports.clock()), nextCheckAt);
    case 'not-yet':
    case 'no-quota':
      return { outcome: answer.outcome };
    case 'error':
      return { outcome: 'failed', cause: answer.code };
    default:
      return { outcome: 'failed', cause: answer.outcome };
  }
};

const ask = async (
  sources: readonly Source[],
  number: string,
): Promise<TraceAnswer | { outcome: 'no-quota' }> => {
  let last: TraceAnswer | { outcome: 'no-quota' } = { outcome: 'no-quota' };
  for (const source of sources) {
    if (!(await source.meter.take())) continue;
    last = await source.ask(number);
    if (last.outcome === 'quota') source.meter.exhaust();
    if (last.outcome === 'found' || last.outcome === 'not-yet') return last;
  }
  return last;
};

const settle = async (
  { store, publish, clock }: CheckPorts,
  shipment: Followed & { waybillNumber: string },
  news: News,
  nextCheckAt: number,
): Promise<Checked> => {
  if (news.outcome === 'none') return { outcome: 'unchanged' };
  for (const line of news.tell) {
    // One request each: entries of one PutEvents have no order.
    await publish([statusChanged(shipment, line, clock(), news.ended ? null : nextCheckAt)]);
  }
  await store.write(shipment, news);
  return { outcome: 'changed', news };
};

const statusChanged = (
  shipment: Followed & { waybillNumber: string },
  line: Headline,
  observedAt: number,
  nextCheckAt: number | null,
): OutgoingEvent => ({
  detailType: 'DeliveryStatusChanged',
  detail: {
    ...aboutShipment(shipment),
    waybillNumber: shipment.waybillNumber,
    status: line.status,
    orderStatus: line.orderStatus,
    flagged: line.flagged,
    rawText: line.word,
    ...(line.office !== '' && { office: line.office }),
    asOf: new Date(line.at).toISOString(),
    observedAt: new Date(observedAt).toISOString(),
    nextCheckAt: nextCheckAt === null ? null : new Date(nextCheckAt).toISOString(),
  },
});
