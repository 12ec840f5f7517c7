import type { Fault } from '../faults.ts';
import { faultKinds } from '../faults.ts';
import type { JourneyName, JourneyPlan } from '../office/journeys.ts';
import { isJourneyName } from '../office/journeys.ts';
import { operations } from '../wire/operations.ts';

/** What a control request asks for, or the sentence that says why it cannot be done. */
export type Read<T> = { outcome: 'read'; value: T } | { outcome: 'unreadable'; problem: string };

type Input = Readonly<Record<string, unknown>>;

/** Reads a fault from JSON or from the page's form, where an empty field means "not given". */
export function readFault(input: Input): Read<Fault> {
  const { kind, operation } = input;
  if (typeof kind !== 'string' || !Object.hasOwn(faultKinds, kind)) {
    return unreadable(`kind must be one of: ${Object.keys(faultKinds).join(', ')}`);
  }
  if (given(operation) && !operations.some((name) => name === operation)) {
    return unreadable(`operation must be one of: ${operations.join(', ')}`);
  }
  const probability = optionalNumber(input['probability']);
  if (probability !== undefined && !(probability >= 0 && probability <= 1)) {
    return unreadable('probability must be between 0 and 1');
  }
  const times = optionalNumber(input['times']);
  if (times !== undefined && !(Number.isInteger(times) && times > 0)) {
    return unreadable('times must be a whole number above 0');
  }
  const delayMs = readDelay(input['delayMs']);
  if (delayMs === null) return unreadable('delayMs must be milliseconds, or a pair of them');
  const match = readMatch(input);
  if (match === null) return unreadable('match must be an object of texts');
  const fault: Record<string, unknown> = { kind, probability, times, delayMs, match };
  for (const name of ['operation', 'code', 'message'])
    if (given(input[name])) fault[name] = String(input[name]);
  const told = Object.entries(fault).filter(([, value]) => value !== undefined);
  return { outcome: 'read', value: Object.fromEntries(told) as unknown as Fault };
}

/** A journey request: play scans now, or give an order a plan. */
export type JourneyOrder =
  | { verb: 'play'; which: string; until?: string }
  | { verb: 'plan'; orderNo: string; plan: JourneyName | JourneyPlan };

/** Reads `{ play, until? }` or `{ orderNo, plan }`. */
export function readJourneyOrder(input: Input): Read<JourneyOrder> {
  const { play, until, orderNo, plan } = input;
  if (typeof play === 'string' && play !== '') {
    const order: JourneyOrder = { verb: 'play', which: play };
    return { outcome: 'read', value: given(until) ? { ...order, until: String(until) } : order };
  }
  if (typeof orderNo !== 'string' || orderNo === '') {
    return unreadable('give play ("all" or a waybill number), or orderNo and plan');
  }
  if (isJourneyName(plan)) return { outcome: 'read', value: { verb: 'plan', orderNo, plan } };
  if (Array.isArray(plan) && plan.every(isPlannedScan)) {
    return { outcome: 'read', value: { verb: 'plan', orderNo, plan: plan as JourneyPlan } };
  }
  return unreadable('plan must be the name of a journey, or a list of { afterMs, word, office }');
}

function isPlannedScan(scan: unknown): boolean {
  if (typeof scan !== 'object' || scan === null) return false;
  const { afterMs, word, office } = scan as Record<string, unknown>;
  return typeof afterMs === 'number' && typeof word === 'string' && typeof office === 'string';
}

function readDelay(value: unknown): number | readonly [number, number] | undefined | null {
  if (!given(value)) return undefined;
  const numbers = (Array.isArray(value) ? value : [value]).map(Number);
  if (numbers.some((n) => !(n >= 0))) return null;
  const [from, to, more] = numbers;
  if (from === undefined || more !== undefined) return null;
  return to === undefined ? from : [from, to];
}

function readMatch(input: Input): Record<string, string> | undefined | null {
  const { match, orderNo } = input;
  if (given(orderNo)) return { orderNo: String(orderNo) };
  if (!given(match)) return undefined;
  if (typeof match !== 'object' || match === null) return null;
  const entries = Object.entries(match);
  return entries.every(([, value]) => typeof value === 'string') ? Object.fromEntries(entries) : null;
}

function optionalNumber(value: unknown): number | undefined {
  return given(value) ? Number(value) : undefined;
}

function given(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '';
}

function unreadable(problem: string): { outcome: 'unreadable'; problem: string } {
  return { outcome: 'unreadable', problem };
}
