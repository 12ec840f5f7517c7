import { createHash } from 'node:crypto';
import type { KeyDefinition } from '../edge/kms-keys.ts';
import { checkPattern } from '../events/event-pattern.ts';
import type { EventPattern } from '../events/event-pattern.ts';
import type { RuleDefinition, RuleTarget } from '../events/event-bus.ts';
import type { ScheduleDefinition, ScheduleTarget } from '../events/scheduler.ts';
import type { FunctionDefinition } from '../lambda/runtime-process.ts';
import { nameFromArn } from './template.ts';
import type { Identity, Template } from './template.ts';

/** A resource of the template with its properties resolved. */
export interface Resource {
  id: string;
  identity: Identity;
  properties: Record<string, unknown>;
}

/** Source: AWS::Lambda::EventSourceMapping. */
export interface EventSourceProperties {
  EventSourceArn: string;
  FunctionName: string;
  BatchSize?: number;
  MaximumBatchingWindowInSeconds?: number;
  FunctionResponseTypes?: string[];
  ScalingConfig?: { MaximumConcurrency?: number };
  Enabled?: boolean;
  filters: EventPattern[];
}

/** Reads a rule that listens to events. */
export function toRule({ id, identity, properties }: Resource): RuleDefinition {
  return {
    name: id,
    arn: identity.attributes.Arn ?? '',
    bus: nameFromArn(String(properties.EventBusName ?? 'default')),
    pattern: properties.EventPattern as RuleDefinition['pattern'],
    targets: (properties.Targets ?? []) as RuleTarget[],
  };
}

/** Reads a schedule, or a rule that has one. */
export function toSchedule({ id, identity, properties }: Resource): ScheduleDefinition {
  return {
    logicalId: id,
    name: identity.ref,
    arn: identity.attributes.Arn ?? '',
    expression: String(properties.ScheduleExpression),
    timeZone: String(properties.ScheduleExpressionTimezone ?? 'UTC'),
    targets: [properties.Target ?? properties.Targets ?? []].flat() as ScheduleTarget[],
  };
}

/** A stated value, or a generated one: the same at every start, for what was encrypted with it may be kept. */
export function secretValue(arn: string, properties: Record<string, unknown>): { value?: string } {
  if (typeof properties.SecretString === 'string') return { value: properties.SecretString };
  const wish = properties.GenerateSecretString as
    { PasswordLength?: number; SecretStringTemplate?: string; GenerateStringKey?: string } | undefined;
  if (!wish) return {};
  const password = createHash('sha512')
    .update(arn)
    .digest('base64url')
    .slice(0, wish.PasswordLength ?? 32);
  if (wish.GenerateStringKey === undefined) return { value: password };
  const template = JSON.parse(wish.SecretStringTemplate ?? '{}') as object;
  return { value: JSON.stringify({ ...template, [wish.GenerateStringKey]: password }) };
}

/** Reads a key with the aliases that point to it. @throws for a key that is not symmetric or not made by KMS. */
export function toKey({ id, identity, properties }: Resource, aliases: Resource[]): KeyDefinition {
  const { KeySpec = 'SYMMETRIC_DEFAULT', KeyUsage = 'ENCRYPT_DECRYPT', Origin = 'AWS_KMS' } = properties;
  const kind = [KeySpec, KeyUsage, Origin].join(' ');
  if (kind !== 'SYMMETRIC_DEFAULT ENCRYPT_DECRYPT AWS_KMS' || properties.MultiRegion === true)
    throw new Error(`the kind of key ${id} (${kind}) is not emulated`);
  const arn = identity.attributes.Arn ?? '';
  return {
    keyId: identity.ref,
    arn,
    enabled: properties.Enabled !== false,
    description: String(properties.Description ?? ''),
    aliases: aliases
      .filter((alias) => [identity.ref, arn].includes(String(alias.properties.TargetKeyId)))
      .map((alias) => alias.identity.ref),
  };
}

/** Reads an event source. @throws for a filter with an operator that is not known. */
export function toEventSource({ properties }: Resource): EventSourceProperties {
  const { Filters = [] } = (properties.FilterCriteria ?? {}) as { Filters?: { Pattern: string }[] };
  const filters = Filters.map(({ Pattern }) => JSON.parse(Pattern) as EventPattern);
  filters.forEach(checkPattern);
  return { ...(properties as unknown as EventSourceProperties), filters };
}

/** Reads a function. @throws for another runtime than Node.js and for code that is not a file asset. */
export function toFunction(
  { id, identity, properties }: Resource,
  template: Template,
  assets: Map<string, string>,
): FunctionDefinition & { role: string } {
  const runtime = String(properties.Runtime);
  if (!runtime.startsWith('nodejs')) throw new Error(`runtime ${runtime} of ${id} is not emulated`);
  const { S3Key = '' } = properties.Code as { S3Key?: string };
  const codeDirectory = assets.get(nameFromArn(S3Key).split('.')[0] ?? '');
  if (codeDirectory === undefined) throw new Error(`the code of ${id} is not a file asset of the assembly`);
  const role = template.Resources[id]?.Properties?.Role as { 'Fn::GetAtt'?: [string, string] } | undefined;
  const environment = properties.Environment as { Variables?: Record<string, string> } | undefined;
  return {
    logicalId: id,
    name: identity.ref,
    arn: identity.attributes.Arn ?? '',
    codeDirectory,
    handler: String(properties.Handler),
    memoryMb: Number(properties.MemorySize ?? 128),
    timeoutSeconds: Number(properties.Timeout ?? 3),
    reservedConcurrency: (properties.ReservedConcurrentExecutions as number | undefined) ?? null,
    environment: environment?.Variables ?? {},
    role: role?.['Fn::GetAtt']?.[0] ?? '',
  };
}
