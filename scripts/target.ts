/** Which deployment a script works on: the outputs of `cdk deploy --outputs-file`, or a running `npm start`. */
import { readFileSync } from 'node:fs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';

const name = z.string().check(z.minLength(1));
const outputsSchema = z.object({
  BusName: name,
  TransmissionQueueUrl: name,
  OrderEventsQueueUrl: name,
  OrderEventsDeadLettersUrl: name,
  QuarantineQueueUrl: name,
  TransmissionDeadLettersUrl: name,
  TrackingQueueUrl: name,
  TrackingDeadLettersUrl: name,
  OnboardingQueueUrl: name,
  OnboardingDeadLettersUrl: name,
  LedgerAuditQueueUrl: name,
  LedgerAuditDeadLettersUrl: name,
  JobsQueueUrl: name,
  JobsDeadLettersUrl: name,
  ContractsTable: name,
  PoolsTable: name,
  LedgerTable: name,
  ShipmentsTable: name,
  OperationsTable: name,
  AuditTable: name,
});
export interface Target {
  doc: DynamoDBDocumentClient;
  sqs: SQSClient;
  bus: EventBridgeClient;
  outputs: z.infer<typeof outputsSchema>;
}

/** The options every script takes to name its target. */
export const targetOptions = {
  outputs: { type: 'string' },
  local: { type: 'string' },
} as const;

export const targetHelp = `  --outputs FILE   cdk deploy --outputs-file 로 받은 파일 (기본 cdk-outputs.json)
  --local URL      실행 중인 npm start 의 제어 주소 (ready 줄의 "control")`;

/**
 * @throws Mistake when the file or the address does not answer with the outputs of this stack.
 */
export const openTarget = async (options: { outputs?: string; local?: string }): Promise<Target> => {
  const local = options.local === undefined ? undefined : await askLocal(options.local);
  const raw = local?.outputs ?? readOutputs(options.outputs ?? 'cdk-outputs.json');
  const outputs = z.safeParse(outputsSchema, raw);
  if (!outputs.success)
    throw new Mistake(
      `스택 출력에 ${outputs.error.issues.map(({ path }) => path.join('.')).join(', ')} 값이 없습니다.`,
    );
  const settings = local && {
    endpoint: local.endpoint,
    region: 'ap-northeast-2',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  };
  const doc = DynamoDBDocumentClient.from(new DynamoDBClient(settings ?? {}), {
    marshallOptions: { removeUndefinedValues: true },
  });
  return {
    doc,
    sqs: new SQSClient(settings ?? {}),
    bus: new EventBridgeClient(settings ?? {}),
    outputs: outputs.data,
  };
};

/** What the person at the keyboard can put right; printed without a stack. */
export class Mistake extends Error {}

const readOutputs = (file: string): unknown => {
  try {
    const stacks = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
    return Object.values(stacks)[0];
  } catch {
    throw new Mistake(
      `${file} 을 읽지 못했습니다. cdk deploy --outputs-file ${file} 로 만들거나 --local 을 써 주세요.`,
    );
  }
};

const askLocal = async (url: string): Promise<{ endpoint: string; outputs: unknown }> => {
  try {
    const answer = await fetch(new URL('/outputs', url));
    return (await answer.json()) as { endpoint: string; outputs: unknown };
  } catch {
    throw new Mistake(
      `${url} 에서 답이 없습니다. npm start 가 실행 중인지, 제어 주소가 맞는지 확인해 주세요.`,
    );
  }
};

/** Runs a script: a mistake is one sentence and exit code 2, anything else keeps its stack and is 1. */
export const runScript = async (work: () => Promise<number>): Promise<void> => {
  try {
    process.exitCode = await work();
  } catch (error) {
    const usage = error instanceof Mistake || (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS');
    console.error(usage ? (error as Error).message : error);
    process.exitCode = usage ? 2 : 1;
  }
};
