/** What is deployed, read from the synthesized template: nothing here is copied by hand. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { synthesize } from '../../../local/cloud/synthesize.ts';
import { readAssembly } from '../../../local/cloud/template/assembly.ts';
import { type Blueprint, readBlueprint } from '../../../local/cloud/template/blueprint.ts';
import { entries } from '../../../lib/parts/bundles.ts';
import type { RuleShape } from '../aws/bus.ts';
import type { TableShape } from '../aws/dynamo/table.ts';
import type { QueueShape } from '../aws/queues/queue.ts';

export interface DeployedFunction {
  entry: string;
  name: string;
  timeoutMs: number;
  /** at once, at most */
  concurrency: number | undefined;
  environment: Record<string, string>;
  /** how often Lambda itself repeats an asynchronous call that failed */
  retries: number;
}
export interface DeployedSource {
  queue: string;
  entry: string;
  batchSize: number;
  concurrency: number;
}
export interface DeployedSchedule {
  name: string;
  expression: string;
  timeZone: string;
  target: { entry: string } | { queue: string; body: string };
}
export interface Deployment {
  /** by name */
  tables: Record<string, TableShape>;
  /** by name */
  queues: Record<string, QueueShape>;
  rules: RuleShape[];
  schedules: DeployedSchedule[];
  functions: DeployedFunction[];
  sources: DeployedSource[];
  /** ARNs */
  keys: string[];
  bus: string;
  /** where the operator puts ePost's keys */
  carrierSecret: string;
}

const QUEUES_AT = 'https://sqs.ap-northeast-2.amazonaws.com';

/** Synthesizes the app and reads what the simulation needs of it. Takes some seconds. */
export const readDeployment = async (): Promise<Deployment> => {
  const folder = await mkdtemp(join(tmpdir(), 'epost-simulation-'));
  try {
    const { assembly, stackName } = await synthesize(folder);
    const place = { stack: 'sim', queueEndpoint: QUEUES_AT, functionUrl: (id: string) => `https://${id}/` };
    return deploymentOf(readBlueprint(readAssembly(assembly, stackName), place));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

const deploymentOf = (blueprint: Blueprint): Deployment => {
  const functions = blueprint.functions.map((fn) => ({
    entry: entryOf(fn.environment),
    name: fn.name,
    arn: fn.arn,
    timeoutMs: fn.timeoutSeconds * 1000,
    concurrency: fn.reservedConcurrency ?? undefined,
    environment: fn.environment,
    retries: retriesOf(blueprint, fn.name),
  }));
  const queueAt = (arn: string) => arn.split(':').at(-1) ?? '';
  /** By name or ARN, of the function itself or of an alias of it. */
  const entryAt = (ref: string) =>
    found(functions, ({ name, arn }) => [name, arn].some((is) => ref === is || ref.startsWith(`${is}:`)), ref)
      .entry;
  return {
    tables: Object.fromEntries(
      blueprint.tables.map(({ name, properties }) => [name, properties as TableShape]),
    ),
    queues: Object.fromEntries(blueprint.queues.map((queue) => [queue.name, shapeOf(queue)])),
    rules: blueprint.rules.flatMap(({ name, bus, pattern, targets }) =>
      targets.map(({ Arn }) => ({
        name,
        bus,
        pattern: pattern as RuleShape['pattern'],
        queue: queueAt(Arn),
      })),
    ),
    schedules: blueprint.schedules.map(({ logicalId, expression, timeZone, targets: [target] }) => ({
      name: logicalId,
      expression,
      timeZone,
      target: target!.Arn.includes(':sqs:')
        ? { queue: queueAt(target!.Arn), body: target!.Input ?? '{}' }
        : { entry: entryAt(target!.Arn) },
    })),
    functions: functions.map(({ arn: _arn, ...fn }) => fn),
    sources: blueprint.eventSources.map((source) => ({
      queue: queueAt(source.EventSourceArn),
      entry: entryAt(source.FunctionName),
      batchSize: source.BatchSize ?? 10,
      concurrency: source.ScalingConfig?.MaximumConcurrency ?? 10,
    })),
    keys: blueprint.keys.map(({ arn }) => arn),
    bus: found(blueprint.buses, () => true, 'a bus'),
    carrierSecret: found(blueprint.secrets, ({ value }) => value === undefined, "ePost's keys").arn,
  };
};

/** Lambda repeats twice unless the template says otherwise. */
const retriesOf = ({ invokeConfigs }: Blueprint, name: string): number =>
  invokeConfigs.find(({ FunctionName }) => FunctionName.split(':')[0] === name)?.MaximumRetryAttempts ?? 2;

/** Which door a function enters by: its service name, which the product's own logs carry. */
const entryOf = (environment: Record<string, string>): string => {
  const entry = environment['POWERTOOLS_SERVICE_NAME'] ?? '';
  if (!(entry in entries)) throw new Error(`no entry ${entry} is bundled`);
  return entry;
};

const shapeOf = ({ properties }: Blueprint['queues'][number]): QueueShape => {
  const {
    VisibilityTimeout,
    MessageRetentionPeriod,
    RedrivePolicy: redrive,
  } = properties as {
    VisibilityTimeout?: number;
    MessageRetentionPeriod?: number;
    RedrivePolicy?: { deadLetterTargetArn: string; maxReceiveCount: number };
  };
  return {
    ...(VisibilityTimeout !== undefined && { visibilitySeconds: VisibilityTimeout }),
    ...(MessageRetentionPeriod !== undefined && { retentionSeconds: MessageRetentionPeriod }),
    ...(redrive && {
      deadLetters: {
        queue: redrive.deadLetterTargetArn.split(':').at(-1) ?? '',
        maxReceiveCount: redrive.maxReceiveCount,
      },
    }),
  };
};

const found = <T>(all: readonly T[], is: (one: T) => boolean, what: string): T => {
  const one = all.find(is);
  if (one === undefined) throw new Error(`the template has no ${what}`);
  return one;
};
