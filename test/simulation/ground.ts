/** What all runs stand on: the deployment and the functions' code. */
import { bundleDoors, type Patch } from './deployment/bundles.ts';
import { readDeployment } from './deployment/deployment.ts';
import type { Ground } from './worker.ts';

export const prepareGround = async (patches: readonly Patch[] = []): Promise<Ground> => {
  const [deployment, bundles] = await Promise.all([readDeployment(), bundleDoors(patches)]);
  return { deployment, bundles };
};
