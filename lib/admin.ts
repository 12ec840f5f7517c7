import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { KeptTable, key } from './parts/kept-table.ts';
import { QueueWithDlq } from './parts/queue-with-dlq.ts';

/** The console: where operators decide applications and see that everything else works. */
export class Admin extends Construct {
  readonly sessions: KeptTable<'SESSIONS_TABLE'>;
  readonly jobs: QueueWithDlq;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.sessions = new KeptTable(this, 'Sessions', 'SESSIONS_TABLE', {
      partitionKey: key('sessionHash'),
      timeToLiveAttribute: 'expiresAt',
    });
    this.jobs = new QueueWithDlq(this, 'Jobs', {
      visibility: Duration.minutes(6),
      maxReceiveCount: 5,
      deadLetterImpact:
        'Operators: long work ordered in the console, such as resending many parcels, stopped.',
      runbook: 'jobs-dead-letters',
    });
  }
}
