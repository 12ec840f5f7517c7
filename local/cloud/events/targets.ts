import { SendMessageCommand } from '@aws-sdk/client-sqs';
import type { MessageAttributeValue } from '@aws-sdk/client-sqs';
import type { LambdaFunction } from '../lambda/lambda-function.ts';
import type { SqsEngine } from '../engines/sqs-engine.ts';
import { ACCOUNT, nameFromArn } from '../template/template.ts';

/** Hands a payload to a queue, a function (asynchronously) or a bus; rejects where it was not taken over. */
export type Deliver = (arn: string, payload: unknown, attributes?: Record<string, string>) => Promise<void>;

/** What deliveries need: the engine, the functions by ARN, and the way into a bus. */
export interface TargetRoutes {
  sqs: SqsEngine;
  functions: Map<string, LambdaFunction>;
  invokeLater: (fn: LambdaFunction, payload: unknown) => void;
  putOnBus: (busArn: string, payload: unknown) => Promise<void>;
}

const EMULATED_SERVICES = new Set(['lambda', 'sqs', 'events']);

/** @throws naming it, for a target of a service that is not emulated. */
export function checkTarget(arn: string, owner: string): void {
  const service = arn.split(':')[2] ?? '';
  if (!EMULATED_SERVICES.has(service)) throw new Error(`${owner}: target ${arn} is not emulated`);
}

/** The one way by which rules, schedules and destinations reach their targets. */
export function createDeliver(routes: TargetRoutes): Deliver {
  return async (arn, payload, attributes) => {
    switch (arn.split(':')[2]) {
      case 'sqs':
        return sendToQueue(routes.sqs, arn, payload, attributes);
      case 'lambda': {
        const fn = routes.functions.get(arn.replace(/:\$LATEST$/, ''));
        if (!fn) throw new Error(`no function ${arn}`);
        return routes.invokeLater(fn, payload);
      }
      case 'events':
        return routes.putOnBus(arn, payload);
      default:
        throw new Error(`target ${arn} is not emulated`);
    }
  };
}

/** The URL of a queue at the engine itself. */
export function queueUrlAt(engine: SqsEngine, arn: string): string {
  return `${engine.endpoint}/${ACCOUNT}/${nameFromArn(arn)}`;
}

async function sendToQueue(
  engine: SqsEngine,
  arn: string,
  payload: unknown,
  attributes: Record<string, string> = {},
): Promise<void> {
  const MessageAttributes = Object.fromEntries(
    Object.entries(attributes).map(([key, StringValue]) => [key, { DataType: 'String', StringValue }]),
  ) as Record<string, MessageAttributeValue>;
  const MessageBody = typeof payload === 'string' ? payload : JSON.stringify(payload);
  await engine.client.send(
    new SendMessageCommand({ QueueUrl: queueUrlAt(engine, arn), MessageBody, MessageAttributes }),
  );
}
