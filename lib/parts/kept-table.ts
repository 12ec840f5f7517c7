import { RemovalPolicy } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { lend, type Loan } from './loan.ts';

/** A table that outlives mistakes: on demand, restorable to any second of 35 days, refused deletion, retained. */
export class KeptTable<Variable extends string> extends dynamodb.TableV2 {
  /** The environment variable by which functions know this table. */
  readonly variable: Variable;

  constructor(scope: Construct, id: string, variable: Variable, props: dynamodb.TablePropsV2) {
    super(scope, id, {
      billing: dynamodb.Billing.onDemand(),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
      ...props,
    });
    this.variable = variable;
  }

  /** May do exactly these things to items, and query exactly these indexes. */
  lendFor(verbs: readonly TableVerb[], indexes: readonly string[] = []): Loan<Variable> {
    const variables = { [this.variable]: this.tableName } as Record<Variable, string>;
    const table = lend(
      variables,
      verbs.map((verb) => `dynamodb:${verb}`),
      [this.tableArn],
    );
    if (!indexes.length) return table;
    const names = indexes.map((index) => `${this.tableArn}/index/${index}`);
    return {
      variables,
      statements: [...table.statements, ...lend(variables, ['dynamodb:Query'], names).statements],
    };
  }
}

/** What may be done to items. A transaction needs exactly the permissions of its items. */
export type TableVerb = 'GetItem' | 'BatchGetItem' | 'Query' | 'PutItem' | 'UpdateItem' | 'DeleteItem';

/** A key attribute. */
export function key(name: string, kind: 'S' | 'N' = 'S'): dynamodb.Attribute {
  return { name, type: kind === 'S' ? dynamodb.AttributeType.STRING : dynamodb.AttributeType.NUMBER };
}
