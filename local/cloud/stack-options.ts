import type { DynamoDbEngineName } from './engines/dynamodb-engine.ts';
import type { DeniedCall } from './edge/edge.ts';
import type { SmsMessage } from './edge/edge-services.ts';
import type { BusEvent } from './events/event-shape.ts';
import type { LocalClock } from './clock.ts';
import type { InvocationResult, OnInvocation } from './lambda/lambda-function.ts';
import type { NextTime } from './events/schedule-expression.ts';
import type { DevelopmentIssuer } from './template/user-pool.ts';
import type { QueueDepth } from './engines/sqs-engine.ts';

/** How a synthesized stack is to run on this machine. */
export interface StackOptions {
  /** The cloud assembly directory (`cdk.out`). */
  assembly: string;
  /** Needed only where the assembly holds several stacks. */
  stackName?: string;
  /** Default: a new clock at the real time. */
  clock?: LocalClock;
  /** Keeps tables, messages and the time in this directory; default: memory. */
  dataDir?: string;
  /** Whether schedules fire by themselves; default no: `fire` them. */
  schedules?: boolean;
  /** Port of the edge; default a free one. */
  port?: number;
  /** Ports of function URLs by the beginning of their logical id; the others get free ones. */
  urlPorts?: Record<string, number>;
  /** Who signs operators in, in the place of the template's user pool. */
  issuer?: DevelopmentIssuer;
  /** Whether functions may call only what their role allows; default no. */
  iam?: boolean;
  /** Default: the native one where this platform has it. */
  engine?: DynamoDbEngineName;
  /** Values for environment variables that functions of the template already declare, by name. */
  env?: Record<string, string>;
  /** Values of secrets by name or logical id. */
  secrets?: Record<string, string | object>;
  /** Every event put on a bus, after its targets have taken it over. */
  onEvent?: (event: BusEvent) => void;
  onInvocation?: OnInvocation;
  /** Each line a function writes; `functionName` is empty for the stack's own trouble. */
  log?: (line: string, functionName: string) => void;
}

/** A stack that runs. */
export interface LocalStack {
  /** Addresses for any AWS SDK or CLI. `edge` answers for all of them. */
  endpoints: {
    edge: string;
    eventbridge: string;
    dynamodb: string;
    sqs: string;
    sns: string;
    secretsmanager: string;
  };
  clock: LocalClock;
  /** The template's outputs, resolved. */
  outputs: Record<string, string>;
  /** What `Ref` gives for a logical id. */
  physicalId(logicalId: string): string;
  functionNames: string[];
  /** Invokes a function and waits for its answer. The beginning of a logical id is enough. */
  invoke(nameOrLogicalId: string, payload: unknown): Promise<InvocationResult>;
  /** Fires a schedule now. The beginning of a logical id is enough. */
  fire(scheduleNameOrLogicalId: string): Promise<void>;
  schedules: { name: string; logicalId: string; next: NextTime }[];
  /** No invocation runs and no batch is held. Waiting for a retry or a delay is idle. */
  idle(): boolean;
  /** Until the queues with event sources hold no visible message and nothing runs. @throws after `timeoutMs` (60,000). */
  drain(options?: { timeoutMs?: number }): Promise<void>;
  queueDepth(queueUrl: string): Promise<QueueDepth>;
  /** Earliest virtual time at which a schedule fires, a retry is due, or a hidden message shows. */
  nextWakeUp(): number | null;
  sms: SmsMessage[];
  deniedCalls: DeniedCall[];
  /** Resident memory of this process and its children. */
  memoryMb(): Promise<number>;
  stop(): Promise<void>;
}
