import * as iam from 'aws-cdk-lib/aws-iam';

/**
 * What a room lends to a function: the permission and the variable that names the thing, in one piece, so that
 * neither can be given without the other.
 */
export interface Loan<Variable extends string> {
  readonly variables: Readonly<Record<Variable, string>>;
  readonly statements: readonly iam.PolicyStatement[];
}

/** A loan of exactly these actions on exactly these resources. */
export function lend<Variable extends string>(
  variables: Readonly<Record<Variable, string>>,
  actions: readonly string[],
  resources: readonly string[],
): Loan<Variable> {
  const statement = new iam.PolicyStatement({ actions: [...actions], resources: [...resources] });
  return { variables, statements: [statement] };
}
