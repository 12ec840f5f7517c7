import { randomUUID } from 'node:crypto';
import { checkPattern, matchesPattern } from './event-pattern.ts';
import type { EventPattern } from './event-pattern.ts';
import { shapeEvent } from './event-shape.ts';
import type { BusEvent, TargetInput } from './event-shape.ts';
import { deliverWithRetries } from './retried-delivery.ts';
import type { DeliveryWorld, FailurePolicy } from './retried-delivery.ts';
import { checkTarget } from './targets.ts';
import { ACCOUNT, nameFromArn, REGION } from '../template/template.ts';

/** One entry of a PutEvents request; `Time` in epoch seconds. Source: EventBridge API reference. */
export interface PutEventsEntry {
  Source?: string;
  DetailType?: string;
  Detail?: string;
  EventBusName?: string;
  Time?: number;
  Resources?: string[];
}

/** The answer for one entry. */
export type PutEventsResult = { EventId: string } | { ErrorCode: string; ErrorMessage: string };

/** A rule of the template, resolved. */
export interface RuleDefinition {
  name: string;
  arn: string;
  bus: string;
  pattern: EventPattern;
  targets: RuleTarget[];
}

/** A target of a rule or of a scheduled rule. */
export type RuleTarget = TargetInput & FailurePolicy;

/** The buses of the stack. */
export interface EventBuses {
  /** Answers when each matched target has taken its event over, or its retries have begun. */
  put(entry: PutEventsEntry): Promise<PutEventsResult>;
}

const MAX_ENTRY_BYTES = 2 ** 20; // EventBridge quotas: PutEvents entry size.

/** Routes events by the template's rules. @throws at start for a pattern or target that is not emulated. */
export function createEventBuses(
  options: DeliveryWorld & { buses: string[]; rules: RuleDefinition[]; onEvent: (event: BusEvent) => void },
): EventBuses {
  const { rules, clock } = options;
  const buses = new Set(['default', ...options.buses]);
  for (const rule of rules) {
    checkPattern(rule.pattern);
    for (const target of rule.targets) checkTarget(target.Arn, `rule ${rule.name}`);
  }

  const put = (entry: PutEventsEntry) => options.activity.track(route(entry));

  async function route(entry: PutEventsEntry): Promise<PutEventsResult> {
    const bus = nameFromArn(entry.EventBusName ?? 'default');
    const refused = refuse(entry, bus, buses);
    if (refused) return refused;
    const event = toEvent(entry, clock.now());
    const matched = rules.filter((rule) => rule.bus === bus && matchesPattern(rule.pattern, event));
    await Promise.all(
      matched.flatMap((rule) => rule.targets.map((target) => deliverToTarget(rule, target, event))),
    );
    options.onEvent(event);
    return { EventId: event.id };
  }

  async function deliverToTarget(rule: RuleDefinition, target: RuleTarget, event: BusEvent): Promise<void> {
    const payload = shapeEvent(target, event, rule);
    const delivery = {
      owner: `rule ${rule.name}`,
      payload: () => payload,
      deadLetter: event,
      attributes: { RULE_ARN: rule.arn },
    };
    await deliverWithRetries(target, delivery, options);
  }

  return { put };
}

function refuse(entry: PutEventsEntry, bus: string, buses: Set<string>): PutEventsResult | null {
  const refusal = (ErrorCode: string, ErrorMessage: string) => ({ ErrorCode, ErrorMessage });
  for (const field of ['Source', 'DetailType', 'Detail'] as const) {
    if (!entry[field]) {
      return refusal(
        'InvalidArgument',
        `Parameter ${field} is not valid. Reason: ${field} is a required argument.`,
      );
    }
  }
  if (!buses.has(bus)) {
    const known = [...buses].join(', ');
    return refusal(
      'ResourceNotFoundException',
      `Event bus ${bus} does not exist. The buses here are: ${known}.`,
    );
  }
  if (Buffer.byteLength(`${entry.Source}${entry.DetailType}${entry.Detail}`) > MAX_ENTRY_BYTES) {
    return refusal('InvalidArgument', 'Total size of the entry exceeds the limit.');
  }
  const detail = parseObject(entry.Detail ?? '');
  return detail ? null : refusal('MalformedDetail', 'Detail is malformed.');
}

function toEvent(entry: PutEventsEntry, now: number): BusEvent {
  const at = entry.Time === undefined ? now : entry.Time * 1000;
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': entry.DetailType ?? '',
    source: entry.Source ?? '',
    account: ACCOUNT,
    time: new Date(at).toISOString().replace(/\.\d+Z$/, 'Z'),
    region: REGION,
    resources: entry.Resources ?? [],
    detail: parseObject(entry.Detail ?? '') ?? {},
  };
}

function parseObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    const isObject = value !== null && typeof value === 'object' && !Array.isArray(value);
    return isObject ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
