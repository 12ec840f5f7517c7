import type { LambdaFunction } from '../lambda/lambda-function.ts';
import { unqualified } from '../template/template.ts';
import type { SendToQueue } from './queue-sender.ts';

/** Hands a payload to a queue, a function (asynchronously) or a bus; rejects where it was not taken over. */
export type Deliver = (arn: string, payload: unknown, attributes?: Record<string, string>) => Promise<void>;

/** What deliveries need: the way into queues, the functions by ARN, and the way onto a bus. */
export interface TargetRoutes {
  sendToQueue: SendToQueue;
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
      case 'sqs': {
        const body = typeof payload === 'string' ? payload : JSON.stringify(payload);
        return routes.sendToQueue(arn, body, attributes);
      }
      case 'lambda': {
        const fn = routes.functions.get(unqualified(arn));
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
