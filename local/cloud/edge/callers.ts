import type { Blueprint } from '../template/blueprint.ts';
import { policiesByRole } from './iam-policy.ts';
import type { Statement } from './iam-policy.ts';

/** A caller known by its access key, with what its role allows. */
export interface Caller {
  name: string;
  statements: Statement[];
}

/** The secret of every key that is known here; anyone else's signature cannot be checked. */
export const LOCAL_SECRET = 'local';

/** Each function signs with a key of its own: that is how it is known who calls. */
export function accessKeyOf(logicalId: string): string {
  return `LOCAL${logicalId}`; // DynamoDB Local takes letters and digits only.
}

/** The functions of the stack by access key. */
export function callersOf(blueprint: Blueprint): Map<string, Caller> {
  const policies = policiesByRole(blueprint.template, blueprint.resolve);
  return new Map(
    blueprint.functions.map(({ logicalId, role }) => [
      accessKeyOf(logicalId),
      { name: logicalId, statements: policies.get(role) ?? [] },
    ]),
  );
}

/** The access key a request is signed with, if it is signed. */
export function accessKeyIn(authorization: string | undefined): string | undefined {
  return /Credential=([^/]+)\//.exec(authorization ?? '')?.[1];
}
