/**
 * AWS in memory, for the simulation: synchronous, deterministic, without a clock or dice of its own. Inputs and
 * outputs have the form of the wire (bytes as base64, times as numbers). What is not modelled throws NotModelled.
 */
import { createBus, type FakeBus, type RuleShape } from './bus.ts';
import type { AwsChoices } from './choices.ts';
import { createDynamo, type FakeDynamo } from './dynamo/dynamo.ts';
import type { TableShape } from './dynamo/table.ts';
import { createKms } from './kms.ts';
import type { QueueShape } from './queues/queue.ts';
import { createQueues, type FakeQueues } from './queues/queues.ts';
import { createSecrets, type FakeSecrets } from './secrets.ts';
import { createSms, type FakeSms } from './sms.ts';

export type ServiceName = 'dynamodb' | 'sqs' | 'events' | 'sns' | 'secretsmanager' | 'kms';

export interface FakeAwsOptions {
  /** epoch ms */
  clock: () => number;
  /** the next id; never the same twice */
  serial: () => string;
  /** by table name */
  tables?: Record<string, TableShape>;
  /** by queue name */
  queues?: Record<string, QueueShape>;
  buses?: readonly string[];
  rules?: readonly RuleShape[];
  /** secret strings by id */
  secrets?: Record<string, string>;
  /** ARNs */
  keys?: readonly string[];
  /** where AWS may do either way; benign by default */
  choices?: AwsChoices;
}

export interface FakeAws {
  /**
   * One whole service call, applied at once.
   * @throws AwsError for the errors of the service, NotModelled for what this model cannot do
   */
  // oxlint-disable-next-line typescript/no-explicit-any -- inputs and outputs of every operation there is
  call(service: ServiceName, operation: string, input: any): any;
  dynamo: FakeDynamo;
  queues: FakeQueues;
  bus: FakeBus;
  sms: FakeSms;
  secrets: FakeSecrets;
}

export const createFakeAws = (options: FakeAwsOptions): FakeAws => {
  const { clock, serial, choices = {} } = options;
  const dynamo = createDynamo(options.tables ?? {}, clock, choices);
  const queues = createQueues(options.queues ?? {}, { clock, serial, choices });
  const { buses = [], rules = [] } = options;
  const bus = createBus({ buses, rules }, { clock, serial, choices, send: queues.send });
  const sms = createSms(clock, serial);
  const secrets = createSecrets(options.secrets ?? {});
  const services: Record<ServiceName, { call(operation: string, input: object): object }> = {
    dynamodb: dynamo,
    sqs: queues,
    events: bus,
    sns: sms,
    secretsmanager: secrets,
    kms: createKms(options.keys ?? [], serial),
  };
  const call: FakeAws['call'] = (service, operation, input) =>
    services[service].call(operation, input as object);
  return { call, dynamo, queues, bus, sms, secrets };
};
