import { ACCOUNT, REGION } from './template.ts';
import type { Identity, Template } from './template.ts';

/** Resolves every intrinsic inside a template value; `undefined` (AWS::NoValue) members are left out. */
export type Resolve = <T = unknown>(value: unknown) => T;

/**
 * The resolver of one stack. Identities are looked up when they are used, so they may be filled in later.
 * @throws naming it, for an intrinsic, pseudo parameter, reference or attribute that is not known.
 */
export function createResolver(
  template: Template,
  stack: string,
  identities: Map<string, Identity>,
): Resolve {
  const pseudo: Record<string, string | undefined> = {
    'AWS::Region': REGION,
    'AWS::AccountId': ACCOUNT,
    'AWS::Partition': 'aws',
    'AWS::URLSuffix': 'amazonaws.com',
    'AWS::StackName': stack,
    'AWS::StackId': `arn:aws:cloudformation:${REGION}:${ACCOUNT}:stack/${stack}/local`,
    'AWS::NoValue': undefined,
  };

  const ref = (name: string): unknown => {
    if (name in pseudo) return pseudo[name];
    const parameter = template.Parameters?.[name];
    if (parameter?.Default !== undefined) return parameter.Default;
    const identity = identities.get(name);
    if (!identity) throw new Error(`Ref ${name}: nothing of that name is known here`);
    return identity.ref;
  };
  const attribute = (path: string | string[]): string => {
    const [name = '', ...rest] = Array.isArray(path) ? path : path.split('.');
    const value = identities.get(name)?.attributes[rest.join('.')];
    if (value === undefined) throw new Error(`Fn::GetAtt ${name}.${rest.join('.')}: not known here`);
    return value;
  };
  const substitute = (argument: unknown): string => {
    const [text, values] = (Array.isArray(argument) ? argument : [argument, {}]) as [string, object];
    return text.replace(/\$\{(!?)([^}]+)\}/g, (_, literal: string, name: string) => {
      if (literal) return `\${${name}}`;
      if (name in values) return String(resolve((values as Record<string, unknown>)[name]));
      return String(name.includes('.') ? attribute(name) : ref(name));
    });
  };
  const condition = (name: string): boolean => {
    if (!template.Conditions || !(name in template.Conditions))
      throw new Error(`condition ${name} is not known`);
    return Boolean(resolve(template.Conditions[name]));
  };

  const intrinsics: Record<string, (argument: never) => unknown> = {
    Ref: ref,
    Condition: condition,
    'Fn::GetAtt': attribute,
    'Fn::Sub': substitute,
    'Fn::Join': ([glue, parts]: [string, unknown]) => resolve<unknown[]>(parts).join(glue),
    'Fn::Select': ([index, list]: [number, unknown]) => resolve<unknown[]>(list)[Number(index)],
    'Fn::Split': ([glue, text]: [string, unknown]) => resolve<string>(text).split(glue),
    'Fn::If': ([name, yes, no]: [string, unknown, unknown]) => resolve(condition(name) ? yes : no),
    'Fn::Equals': ([left, right]: [unknown, unknown]) => resolve(left) === resolve(right),
    'Fn::Not': ([value]: [unknown]) => !resolve(value),
    'Fn::And': (values: unknown[]) => values.every((value) => resolve(value)),
    'Fn::Or': (values: unknown[]) => values.some((value) => resolve(value)),
  };

  function resolve<T>(value: unknown): T {
    if (Array.isArray(value)) return value.map((item) => resolve(item)).filter(isPresent) as T;
    if (value === null || typeof value !== 'object') return value as T;
    const entries = Object.entries(value);
    const [key, argument] = entries[0] ?? [];
    if (key !== undefined && entries.length === 1) {
      // `Condition` is an intrinsic only beside the logical functions; in a policy statement it is a plain key.
      const intrinsic = key === 'Condition' && typeof argument !== 'string' ? undefined : intrinsics[key];
      if (intrinsic) return intrinsic(argument as never) as T;
      if (key.startsWith('Fn::')) throw new Error(`intrinsic ${key} is not emulated`);
    }
    return Object.fromEntries(
      entries.map(([name, item]) => [name, resolve(item)] as const).filter(([, item]) => isPresent(item)),
    ) as T;
  }
  return resolve;
}

function isPresent(value: unknown): boolean {
  return value !== undefined;
}
