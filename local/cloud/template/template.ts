/** A CloudFormation template as far as it is read here. Values are unresolved: they may hold intrinsics. */
export interface Template {
  Resources: Record<string, TemplateResource>;
  Outputs?: Record<string, { Value: unknown }>;
  Parameters?: Record<string, { Default?: unknown }>;
  Conditions?: Record<string, unknown>;
  Mappings?: unknown;
}

export interface TemplateResource {
  Type: string;
  Condition?: string;
  Properties?: Record<string, unknown>;
}

/** Where the stack pretends to live. */
export const ACCOUNT = '000000000000';
export const REGION = 'ap-northeast-2';

/** What `Ref` and `Fn::GetAtt` give for each logical id. */
export interface Identity {
  ref: string;
  attributes: Record<string, string>;
}

/** A function's ARN or name without the alias or version behind it: there is one version of each here. */
export function unqualified(fn: string): string {
  return fn
    .split(':')
    .slice(0, fn.startsWith('arn:') ? 7 : 1)
    .join(':');
}

/** The name of a resource inside its ARN (or queue URL): the last part. */
export function nameFromArn(arn: string): string {
  return arn.split(/[:/]/).pop() ?? arn;
}
