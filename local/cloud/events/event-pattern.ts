import { BlockList, isIP, isIPv6 } from 'node:net';

/** An EventBridge event pattern, also used by event source filters. Source: EventBridge user guide, event patterns. */
export type EventPattern = { [key: string]: unknown };

type Operator = (value: unknown, argument: never) => boolean;
type Text = string | { 'equals-ignore-case': string };

const OPERATORS: Record<string, Operator> = {
  prefix: (value, argument: Text) => compareText(value, argument, (text, part) => text.startsWith(part)),
  suffix: (value, argument: Text) => compareText(value, argument, (text, part) => text.endsWith(part)),
  'equals-ignore-case': (value, argument: string) =>
    typeof value === 'string' && value.toLowerCase() === argument.toLowerCase(),
  wildcard: (value, argument: string) => typeof value === 'string' && wildcard(argument).test(value),
  cidr: inSubnet,
  numeric: inRange,
  'anything-but': anythingBut,
  exists: () => true,
};

function compareText(
  value: unknown,
  argument: Text,
  holds: (text: string, part: string) => boolean,
): boolean {
  if (typeof value !== 'string') return false;
  if (typeof argument === 'string') return holds(value, argument);
  return holds(value.toLowerCase(), argument['equals-ignore-case'].toLowerCase());
}

/** `*` is any run of characters, `\*` and `\\` are the characters themselves. */
function wildcard(pattern: string): RegExp {
  const source = pattern.replace(/\\[*\\]|[.+?^${}()|[\]\\*]/g, (token) =>
    token === '*' ? '.*' : token.length === 2 ? `\\${token[1]}` : `\\${token}`,
  );
  return new RegExp(`^${source}$`, 's');
}

function inSubnet(value: unknown, argument: string): boolean {
  const [network = '', bits = ''] = argument.split('/');
  if (typeof value !== 'string' || isIP(value) === 0) return false;
  const list = new BlockList();
  list.addSubnet(network, Number(bits), isIPv6(network) ? 'ipv6' : 'ipv4');
  return list.check(value, isIPv6(value) ? 'ipv6' : 'ipv4');
}

function inRange(value: unknown, argument: (string | number)[]): boolean {
  if (typeof value !== 'number') return false;
  for (let index = 0; index < argument.length; index += 2) {
    const bound = Number(argument[index + 1]);
    const sign = String(argument[index]);
    const holds: Record<string, boolean> = {
      '=': value === bound,
      '<': value < bound,
      '<=': value <= bound,
      '>': value > bound,
      '>=': value >= bound,
    };
    if (!(sign in holds)) throw new Error(`event pattern: numeric comparison ${sign} is not known`);
    if (!holds[sign]) return false;
  }
  return true;
}

function anythingBut(value: unknown, argument: unknown): boolean {
  if (Array.isArray(argument)) return !argument.includes(value);
  if (argument === null || typeof argument !== 'object') return value !== argument;
  return Object.entries(argument).every(([name, inner]) =>
    [inner].flat().every((item) => !operator(name)(value, item as never)),
  );
}

function operator(name: string): Operator {
  const found = OPERATORS[name];
  if (!found) throw new Error(`event pattern operator ${name} is not emulated`);
  return found;
}

/**
 * Whether an event matches. Arrays in the event are searched element by element.
 * @throws for an operator that is not known.
 */
export function matchesPattern(pattern: EventPattern, ...contexts: unknown[]): boolean {
  return Object.entries(pattern).every(([key, rule]) => {
    if (key === '$or') return (rule as EventPattern[]).some((option) => matchesPattern(option, ...contexts));
    const found = contexts.filter(
      (context) => isObject(context) && Object.hasOwn(context, key),
    ) as EventPattern[];
    const values = found.flatMap((context) => context[key]);
    if (Array.isArray(rule))
      return matchesField(
        values,
        found.some((context) => isLeaf(context[key])),
        rule,
      );
    const inner = values.filter(isObject);
    return matchesPattern(rule as EventPattern, ...(inner.length ? inner : [{}]));
  });
}

function matchesField(values: unknown[], present: boolean, rules: unknown[]): boolean {
  return rules.some((rule) => {
    if (!isObject(rule)) return values.includes(rule);
    const [name = '', argument] = Object.entries(rule)[0] ?? [];
    const holds = operator(name);
    if (name === 'exists') return present === argument;
    if (name === 'anything-but') return present && values.every((value) => holds(value, argument as never));
    return values.some((value) => holds(value, argument as never));
  });
}

/** Fails at start-up where a pattern holds an operator that would only fail when an event comes. */
export function checkPattern(pattern: EventPattern): void {
  for (const [key, rule] of Object.entries(pattern)) {
    if (key === '$or') (rule as EventPattern[]).forEach(checkPattern);
    else if (!Array.isArray(rule)) checkPattern(rule as EventPattern);
    else rule.filter(isObject).forEach(checkOperators);
  }
}

function checkOperators(rule: EventPattern): void {
  for (const [name, argument] of Object.entries(rule)) {
    operator(name);
    if (name === 'anything-but' && isObject(argument)) checkOperators(argument);
  }
}

function isObject(value: unknown): value is EventPattern {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

function isLeaf(value: unknown): boolean {
  return !isObject(value);
}
