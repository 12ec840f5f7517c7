/** What of the deployment a run is told: which functions there are, and what the console calls their failed queues. */
import type { Bundles } from '../deployment/bundles.ts';
import type { Deployment } from '../deployment/deployment.ts';
import type { Tape } from '../kernel/tape.ts';

/** Names under which the console knows them. */
export const failedQueuesOf = ({ functions }: Deployment): string[] => {
  const text = functions.find(({ entry }) => entry === 'jobs')?.environment['FAILED_QUEUES'] ?? '{}';
  return Object.values(JSON.parse(text) as Record<string, object>).flatMap(Object.keys);
};

/** The deployed functions, and the operator's deeds with what the console is given. */
export const functionsOf = (deployment: Deployment, bundles: Bundles) => {
  const console = deployment.functions.find(({ entry }) => entry === 'admin')!;
  return [...deployment.functions, { ...console, entry: 'operator' }].flatMap((fn) => {
    const code = bundles[fn.entry];
    return code === undefined ? [] : [{ ...fn, code }];
  });
};

/** How long a call of a sluggish function takes besides, ms: a share of its time, so that it has to hand on what it cannot do. */
export const dragOf = ({ functions }: Deployment, entry: string, tape: Tape): number => {
  const { timeoutMs = 0 } = functions.find((fn) => fn.entry === entry) ?? {};
  return tape.next(Math.floor(timeoutMs / (entry === 'sync' ? 10 : 4)));
};
