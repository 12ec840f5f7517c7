/** What all runs stand on: the deployment and the functions' code. */
import { bundleDoors, type Patch } from './deployment/bundles.ts';
import { readDeployment } from './deployment/deployment.ts';
import type { Ground } from './worker.ts';

let deployment: ReturnType<typeof readDeployment> | undefined;

/** The template is synthesized once a process; the code is bundled anew, with these faults put in. */
export const prepareGround = async (patches: readonly Patch[] = []): Promise<Ground> => {
  deployment ??= readDeployment();
  const bundles = await bundleDoors(patches);
  return { deployment: await deployment, bundles };
};
