/** An event as rules see it and targets receive it. */
export interface BusEvent {
  version: string;
  id: string;
  'detail-type': string;
  source: string;
  account: string;
  time: string;
  region: string;
  resources: string[];
  detail: Record<string, unknown>;
}

/** What a rule's target makes of the event. Source: AWS::Events::Rule Target. */
export interface TargetInput {
  Input?: string;
  InputPath?: string;
  InputTransformer?: { InputPathsMap?: Record<string, string>; InputTemplate: string };
}

/** The payload a target receives: the event, a fixed text, a part of the event, or a filled template. */
export function shapeEvent(
  target: TargetInput,
  event: BusEvent,
  rule: { arn: string; name: string },
): unknown {
  if (target.Input !== undefined) return JSON.parse(target.Input) as unknown;
  if (target.InputPath !== undefined) return atPath(event, target.InputPath);
  if (!target.InputTransformer) return event;
  return fillTemplate(target.InputTransformer, event, rule);
}

function fillTemplate(
  { InputPathsMap = {}, InputTemplate }: NonNullable<TargetInput['InputTransformer']>,
  event: BusEvent,
  rule: { arn: string; name: string },
): unknown {
  const value = (name: string): unknown => {
    if (name === 'aws.events.event' || name === 'aws.events.event.json') return event;
    if (name === 'aws.events.rule-arn') return rule.arn;
    if (name === 'aws.events.rule-name') return rule.name;
    if (name === 'aws.events.event.ingestion-time') return event.time;
    const path = InputPathsMap[name];
    return path === undefined ? undefined : atPath(event, path);
  };
  // A placeholder in quotes on its own is the value itself; inside a longer quoted text it is its plain text.
  const filled = InputTemplate.replace(/"<([^<>"]+)>"|<([^<>"]+)>/g, (_, quoted?: string, bare?: string) => {
    const found = value(quoted ?? bare ?? '') ?? '';
    return JSON.stringify(found);
  });
  try {
    return JSON.parse(filled) as unknown;
  } catch {
    return InputTemplate.replace(/<([^<>"]+)>/g, (_, name: string) => asText(value(name) ?? '')).replace(
      /^"|"$/g,
      '',
    );
  }
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** `$.detail.id`-like paths, with `[n]` for a place in a list. */
function atPath(value: unknown, path: string): unknown {
  const steps = path.replace(/^\$\.?/, '').match(/[^.[\]]+/g) ?? [];
  return steps.reduce<unknown>(
    (inner, step) => (inner as Record<string, unknown> | undefined)?.[step],
    value,
  );
}
