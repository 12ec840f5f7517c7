import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { KeptTable, key } from './parts/kept-table.ts';
import type { Loan } from './parts/loan.ts';

/** 문자: what merchants are told by SMS, written by the decision and sent once. */
export class Notification extends Construct {
  readonly messages: KeptTable<'MESSAGES_TABLE'>;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.messages = new KeptTable(this, 'Messages', 'MESSAGES_TABLE', {
      partitionKey: key('messageId'),
      globalSecondaryIndexes: [
        {
          indexName: 'due',
          partitionKey: key('state'),
          sortKey: key('sendAt', 'N'),
          projectionType: dynamodb.ProjectionType.ALL,
        },
      ],
    });
  }

  /** May order a message, in the decision's own transaction. */
  forOrdering(): Loan<'MESSAGES_TABLE'> {
    return this.messages.lendFor(['PutItem']);
  }
}
