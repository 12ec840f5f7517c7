import type { KeyDefinition } from '../edge/kms-keys.ts';
import type { EventInvokeConfig } from '../lambda/async-invoke.ts';
import type { Assembly } from './assembly.ts';
import type { TableProperties } from '../engines/dynamodb-engine.ts';
import type { RuleDefinition } from '../events/event-bus.ts';
import { identify } from './identities.ts';
import type { Place } from './identities.ts';
import { createResolver } from './intrinsics.ts';
import type { Resolve } from './intrinsics.ts';
import { secretValue, toEventSource, toFunction, toKey, toRule, toSchedule } from './read-resource.ts';
import type { EventSourceProperties, Resource } from './read-resource.ts';
import { checkResources } from './resource-types.ts';
import type { FunctionDefinition } from '../lambda/runtime-process.ts';
import type { ScheduleDefinition } from '../events/scheduler.ts';
import type { QueueProperties } from '../engines/sqs-engine.ts';
import type { Identity, Template } from './template.ts';
import { turnedToIssuer } from './user-pool.ts';

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
  keys: KeyDefinition[];
  secrets: { logicalId: string; arn: string; name: string; value?: string }[];
  parameters: { name: string; type: string; value: string }[];
  outputs: Record<string, string>;
}

const NAMES = ['TableName', 'QueueName', 'Name', 'FunctionName', 'AliasName', 'Domain', 'GroupName'];

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
  const domains = of('AWS::Cognito::UserPoolDomain').map(({ identity }) => identity.ref);
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
    functions: of('AWS::Lambda::Function').map((resource) => {
      const fn = toFunction(resource, template, assembly.assets);
      return { ...fn, environment: turnedToIssuer(fn.environment, domains, place.issuer) };
    }),
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
    keys: of('AWS::KMS::Key').map((key) => toKey(key, of('AWS::KMS::Alias'))),
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
