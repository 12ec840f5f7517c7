import { createHash } from 'node:crypto';
import type { EventInvokeConfig } from '../lambda/async-invoke.ts';
import type { Assembly } from './assembly.ts';
import type { TableProperties } from '../engines/dynamodb-engine.ts';
import { checkPattern } from '../events/event-pattern.ts';
import type { EventPattern } from '../events/event-pattern.ts';
import type { RuleDefinition, RuleTarget } from '../events/event-bus.ts';
import { identify } from './identities.ts';
import type { Place } from './identities.ts';
import { createResolver } from './intrinsics.ts';
import type { Resolve } from './intrinsics.ts';
import { checkResources } from './resource-types.ts';
import type { FunctionDefinition } from '../lambda/sandbox.ts';
import type { ScheduleDefinition, ScheduleTarget } from '../events/scheduler.ts';
import type { QueueProperties } from '../engines/sqs-engine.ts';
import { nameFromArn } from './template.ts';
import type { Identity, Template } from './template.ts';

/** Everything the template asks for, resolved: what the stack then starts. */
export interface Blueprint {
  identities: Map<string, Identity>;
  resolve: Resolve;
  template: Template;
  tables: { name: string; properties: TableProperties }[];
  queues: { name: string; properties: QueueProperties }[];
  buses: string[];
  rules: RuleDefinition[];
  schedules: ScheduleDefinition[];
  functions: (FunctionDefinition & { role: string })[];
  invokeConfigs: EventInvokeConfig[];
  eventSources: EventSourceProperties[];
  functionUrls: { logicalId: string; functionArn: string; authType: string }[];
  secrets: { logicalId: string; arn: string; name: string; value?: string }[];
  parameters: { name: string; type: string; value: string }[];
  outputs: Record<string, string>;
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

interface Resource {
  id: string;
  identity: Identity;
  properties: Record<string, unknown>;
}

const NAMES = ['TableName', 'QueueName', 'Name', 'FunctionName'];

/** Reads a template. @throws naming it, for anything that would not be obeyed. */
export function readBlueprint(assembly: Assembly, place: Place): Blueprint {
  const template = withoutFalseConditions(assembly);
  checkResources(template);
  const identities = new Map<string, Identity>();
  const resolve = createResolver(template, assembly.stackName, identities);
  for (const [id, resource] of Object.entries(template.Resources)) {
    const given = Object.entries(resource.Properties ?? {}).filter(([key]) => NAMES.includes(key));
    const names =
      resource.Type === 'AWS::Lambda::EventInvokeConfig' ? {} : resolve<object>(Object.fromEntries(given));
    identities.set(id, identify(id, resource, { ...names }, place));
  }
  const of = (...types: string[]): Resource[] =>
    Object.entries(template.Resources)
      .filter(([, { Type }]) => types.includes(Type))
      .map(([id, { Properties = {} }]) => ({
        id,
        identity: identities.get(id) ?? { ref: id, attributes: {} },
        properties: resolve<Record<string, unknown>>(Properties),
      }));
  const rules = of('AWS::Events::Rule').filter(({ properties }) => properties.State !== 'DISABLED');
  return {
    identities,
    resolve,
    template,
    tables: of('AWS::DynamoDB::GlobalTable', 'AWS::DynamoDB::Table').map(({ identity, properties }) => ({
      name: identity.ref,
      properties: properties as unknown as TableProperties,
    })),
    queues: of('AWS::SQS::Queue').map(({ identity, properties }) => ({
      name: identity.attributes.QueueName ?? '',
      properties: properties as QueueProperties,
    })),
    buses: of('AWS::Events::EventBus').map(({ identity }) => identity.ref),
    rules: rules.filter(({ properties }) => properties.EventPattern).map(toRule),
    schedules: [
      ...of('AWS::Scheduler::Schedule')
        .filter(({ properties }) => properties.State !== 'DISABLED')
        .map(toSchedule),
      ...rules.filter(({ properties }) => properties.ScheduleExpression).map(toSchedule),
    ],
    functions: of('AWS::Lambda::Function').map((resource) => toFunction(resource, template, assembly.assets)),
    invokeConfigs: of('AWS::Lambda::EventInvokeConfig').map(
      ({ properties }) => properties as unknown as EventInvokeConfig,
    ),
    eventSources: of('AWS::Lambda::EventSourceMapping')
      .map(toEventSource)
      .filter(({ Enabled }) => Enabled !== false),
    functionUrls: of('AWS::Lambda::Url').map(({ id, properties }) => ({
      logicalId: id,
      functionArn: String(properties.TargetFunctionArn),
      authType: String(properties.AuthType),
    })),
    secrets: of('AWS::SecretsManager::Secret').map(({ id, identity, properties }) => ({
      logicalId: id,
      arn: identity.ref,
      name: identity.ref.replace(/^.*:secret:/, '').replace(/-local0$/, ''),
      ...secretValue(identity.ref, properties),
    })),
    parameters: of('AWS::SSM::Parameter').map(({ identity, properties }) => ({
      name: identity.ref,
      type: String(properties.Type),
      value: String(properties.Value),
    })),
    outputs: Object.fromEntries(
      Object.entries(template.Outputs ?? {}).map(([name, { Value }]) => [name, resolve<string>(Value)]),
    ),
  };
}

function withoutFalseConditions({ template, stackName }: Assembly): Template {
  const resolve = createResolver(template, stackName, new Map());
  const kept = Object.entries(template.Resources).filter(
    ([, { Condition }]) => Condition === undefined || resolve({ Condition }),
  );
  return { ...template, Resources: Object.fromEntries(kept) };
}

function toRule({ id, identity, properties }: Resource): RuleDefinition {
  return {
    name: id,
    arn: identity.attributes.Arn ?? '',
    bus: nameFromArn(String(properties.EventBusName ?? 'default')),
    pattern: properties.EventPattern as RuleDefinition['pattern'],
    targets: (properties.Targets ?? []) as RuleTarget[],
  };
}

function toSchedule({ id, identity, properties }: Resource): ScheduleDefinition {
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
function secretValue(arn: string, properties: Record<string, unknown>): { value?: string } {
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

function toEventSource({ properties }: Resource): EventSourceProperties {
  const { Filters = [] } = (properties.FilterCriteria ?? {}) as { Filters?: { Pattern: string }[] };
  const filters = Filters.map(({ Pattern }) => JSON.parse(Pattern) as EventPattern);
  filters.forEach(checkPattern);
  return { ...(properties as unknown as EventSourceProperties), filters };
}

function toFunction(
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
