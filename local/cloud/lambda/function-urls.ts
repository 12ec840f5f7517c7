import type { Activity } from '../activity.ts';
import type { LocalClock } from '../clock.ts';
import { accessKeyIn, LOCAL_SECRET } from '../edge/callers.ts';
import type { Caller } from '../edge/callers.ts';
import { isAllowed } from '../edge/iam-policy.ts';
import { isSignedWith } from '../edge/sigv4.ts';
import type { Blueprint } from '../template/blueprint.ts';
import { findFunction } from '../wiring.ts';
import { serveFunctionUrl } from './function-url.ts';
import type { FunctionUrl } from './function-url.ts';
import type { LambdaFunction } from './lambda-function.ts';

/** Serves every function URL of the template, each on the port it was named with. */
export async function serveFunctionUrls(
  blueprint: Blueprint,
  world: {
    ports: Map<string, number>;
    functions: Map<string, LambdaFunction>;
    callers: Map<string, Caller>;
    activity: Activity;
    clock: LocalClock;
    strict: boolean;
  },
): Promise<void> {
  for (const { logicalId, functionArn, authType } of blueprint.functionUrls) {
    const fn = findFunction(world.functions, functionArn);
    const stop = await serveFunctionUrl({
      logicalId,
      fn,
      port: world.ports.get(logicalId) ?? 0,
      now: () => world.clock.now(),
      track: world.activity.track,
      mayEnter: authType === 'AWS_IAM' ? signedFor(fn, world) : () => true,
    });
    world.activity.onStop(stop);
  }
}

/** A signed request comes in; in the strict mode a function also needs the permission. */
function signedFor(
  fn: LambdaFunction,
  { callers, strict }: { callers: Map<string, Caller>; strict: boolean },
): FunctionUrl['mayEnter'] {
  return (request, body) => {
    if (!isSignedWith(LOCAL_SECRET, request, body)) return false;
    const caller = callers.get(accessKeyIn(request.headers.authorization) ?? '');
    if (!strict || !caller) return true;
    return isAllowed(caller.statements, 'lambda:InvokeFunctionUrl', fn.definition.arn);
  };
}
