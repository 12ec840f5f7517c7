import type { Template } from '../template/template.ts';
import type { Resolve } from '../template/intrinsics.ts';

/** One statement of an identity policy, resolved. */
export interface Statement {
  Effect: 'Allow' | 'Deny';
  Action: string | string[];
  Resource: string | string[];
  Condition?: unknown;
}

/** Statements of each role of the template, by the role's logical id. Managed policies of AWS itself are left out. */
export function policiesByRole(template: Template, resolve: Resolve): Map<string, Statement[]> {
  const byRole = new Map<string, Statement[]>();
  const add = (role: string, document: unknown) => {
    const { Statement: statements } = resolve<{ Statement: Statement[] }>(document);
    byRole.set(role, [...(byRole.get(role) ?? []), ...[statements].flat()]);
  };
  for (const [id, { Type, Properties = {} }] of Object.entries(template.Resources)) {
    if (Type === 'AWS::IAM::Role') {
      for (const policy of (Properties.Policies ?? []) as { PolicyDocument: unknown }[])
        add(id, policy.PolicyDocument);
    }
    if (Type !== 'AWS::IAM::Policy' && Type !== 'AWS::IAM::ManagedPolicy') continue;
    for (const role of (Properties.Roles ?? []) as { Ref?: string }[]) {
      if (role.Ref !== undefined) add(role.Ref, Properties.PolicyDocument);
    }
  }
  return byRole;
}

/** Whether the statements allow the action on the resource: a denial wins, silence denies. Conditions never allow. */
export function isAllowed(statements: Statement[], action: string, resource: string): boolean {
  const applying = statements.filter(
    (statement) =>
      [statement.Action].flat().some((pattern) => globMatches(pattern, action, 'i')) &&
      [statement.Resource].flat().some((pattern) => globMatches(pattern, resource)),
  );
  if (applying.some(({ Effect }) => Effect === 'Deny')) return false;
  return applying.some(({ Effect, Condition }) => Effect === 'Allow' && Condition === undefined);
}

function globMatches(pattern: string, text: string, flags = ''): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, flags).test(text);
}
