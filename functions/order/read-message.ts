/** What a message on the order-events queue says: a command for us, something to ignore, or a misfit. */
import * as z from 'zod/mini';
import { OUR_SOURCE } from '../events.ts';
import {
  contractReady,
  type OrderShipped,
  orderShipped,
  OUR_DELIVERY_METHOD,
  type ShipmentCancelled,
  shipmentCancelled,
} from './told-events.ts';

/** Why a message was not understood: field, rule and the kind of value, never the value. */
export interface Misfit {
  field: string;
  rule: string;
  kind: string;
}
export type Reading =
  | { says: 'shipped'; order: OrderShipped }
  | { says: 'cancelled'; cancellation: ShipmentCancelled }
  | { says: 'contract-ready'; contractId: string }
  | { says: 'not-ours' }
  | { says: 'misfit'; problems: Misfit[] };

/** Reads one message body: the whole EventBridge event as the rule delivers it. Never throws. */
export const readMessage = (body: string): Reading => {
  const event = parse(body);
  if (typeof event !== 'object' || event === null) return misfit('', 'must be a JSON object', event);
  const { 'detail-type': type, detail, source } = event as Record<string, unknown>;
  if (source === OUR_SOURCE && (type === 'WaybillBlockImported' || type === 'ContractChanged')) {
    const read = z.safeParse(contractReady, detail);
    if (!read.success) return problemsOf(read.error.issues, detail);
    return { says: 'contract-ready', contractId: read.data.contractId };
  }
  if (type === 'OrderShipped') return readShipped(detail);
  if (type === 'ShipmentCancelled') {
    const read = z.safeParse(shipmentCancelled, detail);
    return read.success
      ? { says: 'cancelled', cancellation: read.data }
      : problemsOf(read.error.issues, detail);
  }
  return misfit('detail-type', 'must be OrderShipped or ShipmentCancelled', type);
};

/** Another delivery method is none of our business, whatever else is in the event (R17). */
const readShipped = (detail: unknown): Reading => {
  const method = (detail as { deliveryMethod?: unknown } | null)?.deliveryMethod;
  if (typeof method === 'string' && method !== OUR_DELIVERY_METHOD) return { says: 'not-ours' };
  const read = z.safeParse(orderShipped, detail);
  return read.success ? { says: 'shipped', order: read.data } : problemsOf(read.error.issues, detail);
};

const parse = (body: string): unknown => {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
};

type Issue = z.core.$ZodIssue;

const problemsOf = (issues: readonly Issue[], detail: unknown): Reading => ({
  says: 'misfit',
  problems: issues.map((issue) => ({
    field: ['detail', ...issue.path.map(String)].join('.'),
    rule: ruleOf(issue),
    kind: kindOf(issue.path.reduce<unknown>((value, key) => (value as never)?.[key], detail)),
  })),
});

const ruleOf = (issue: Issue): string => {
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${issue.expected}`;
    case 'unrecognized_keys':
      return `unknown keys: ${issue.keys.map((key) => key.slice(0, 40)).join(', ')}`;
    case 'invalid_value':
      return `must be one of ${issue.values.map(String).join(', ')}`;
    case 'too_big':
      return `at most ${String(issue.maximum)}`;
    case 'too_small':
      return `at least ${String(issue.minimum)}`;
    case 'invalid_format':
      return issue.pattern === undefined ? `must be ${issue.format}` : `must match ${issue.pattern}`;
    default:
      return issue.code;
  }
};

const misfit = (field: string, rule: string, value: unknown): Reading => ({
  says: 'misfit',
  problems: [{ field, rule, kind: kindOf(value) }],
});

const kindOf = (value: unknown): string => {
  if (value === null || value === undefined) return value === null ? 'null' : 'nothing';
  if (Array.isArray(value)) return `list of ${value.length}`;
  return typeof value === 'string' ? `text of ${value.length}` : typeof value;
};
