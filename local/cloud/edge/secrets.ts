import type { Blueprint } from '../template/blueprint.ts';

/** Secret values by ARN and by name: those given for this run, before those of the template. */
export function secretValues(
  blueprint: Blueprint,
  given: Record<string, string | object>,
): Map<string, { arn: string; name: string; value: string }> {
  const values = new Map<string, { arn: string; name: string; value: string }>();
  for (const { arn, name, logicalId, value } of blueprint.secrets) {
    const chosen = given[name] ?? given[logicalId] ?? value;
    if (chosen === undefined) continue;
    const secret = { arn, name, value: typeof chosen === 'string' ? chosen : JSON.stringify(chosen) };
    values.set(arn, secret).set(name, secret);
  }
  return values;
}
