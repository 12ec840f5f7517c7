import * as iam from 'aws-cdk-lib/aws-iam';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { KeptTable, key } from './parts/kept-table.ts';
import type { Loan } from './parts/loan.ts';

/** 처리 기록: who decided or looked at what, as a chain that is only ever added to. */
export class Audit extends Construct {
  readonly rows: KeptTable<'AUDIT_TABLE'>;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.rows = new KeptTable(this, 'Rows', 'AUDIT_TABLE', {
      partitionKey: key('chain'),
      sortKey: key('seq', 'N'),
      globalSecondaryIndexes: [
        {
          indexName: 'subject',
          partitionKey: key('subject'),
          sortKey: key('seq', 'N'),
          projectionType: dynamodb.ProjectionType.ALL,
        },
      ],
      resourcePolicy: addOnly(),
    });
  }

  /** May tell of a decision, in the decision's own transaction. */
  forAdding(): Loan<'AUDIT_TABLE'> {
    return this.rows.lendFor(['PutItem']);
  }

  /** May also look back: the whole chain, or what concerned one subject. */
  forReadingAndAdding(): Loan<'AUDIT_TABLE'> {
    return this.rows.lendFor(['PutItem', 'Query'], ['subject']);
  }
}

/** Stands on the table itself, so that it binds administrators too: what was recorded is not changed or removed. */
function addOnly(): iam.PolicyDocument {
  const changing = ['UpdateItem', 'DeleteItem', 'BatchWriteItem', 'PartiQLUpdate', 'PartiQLDelete'];
  return new iam.PolicyDocument({
    statements: [
      new iam.PolicyStatement({
        sid: 'AddOnly',
        effect: iam.Effect.DENY,
        principals: [new iam.AnyPrincipal()],
        actions: changing.map((verb) => `dynamodb:${verb}`),
        resources: ['*'],
      }),
    ],
  });
}
