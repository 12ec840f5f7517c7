import { RemovalPolicy } from 'aws-cdk-lib';
import { CfnSecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { KeptTable, key } from './parts/kept-table.ts';
import { lend, type Loan } from './parts/loan.ts';
import type { Settings } from './settings.ts';

/** The carrier's door: its keys, and what we remember beside the parcels (pauses, quota, runs, holidays, what is owed). */
export class Epost extends Construct {
  readonly operations: KeptTable<'OPERATIONS_TABLE'>;
  readonly secret: CfnSecret;

  constructor(scope: Construct, id: string, settings: Settings) {
    super(scope, id);
    this.operations = new KeptTable(this, 'Operations', 'OPERATIONS_TABLE', {
      partitionKey: key('pk'),
      sortKey: key('sk'),
      timeToLiveAttribute: 'expiresAt',
    });
    // Deliberately without a value: a value in the template would be public and would overwrite the keys on a deploy.
    this.secret = new CfnSecret(this, 'Keys', {
      name: `epost/${settings.stage}`,
      description:
        'JSON {"key","securityKey","traceKey","dataGoKrKey"}: put once by the operator, read by whoever calls ePost',
    });
    this.secret.applyRemovalPolicy(RemovalPolicy.RETAIN);
  }

  /** May pause the carrier for all, and lift the pause. */
  forPausing(): Loan<'OPERATIONS_TABLE'> {
    return this.operations.lendFor(['Query', 'PutItem', 'DeleteItem']);
  }

  /** May count calls against a quota and keep records of rounds. */
  forCounting(): Loan<'OPERATIONS_TABLE'> {
    return this.operations.lendFor(['GetItem', 'Query', 'PutItem', 'UpdateItem']);
  }

  /**
   * May lengthen the audit chain, read the holidays operators added, and note what a decision owes others until it
   * is told.
   */
  forDeciding(): Loan<'OPERATIONS_TABLE'> {
    return this.operations.lendFor(['GetItem', 'Query', 'PutItem', 'DeleteItem']);
  }

  /** May also follow long work, and lift a pause. */
  forLookingAfter(): Loan<'OPERATIONS_TABLE'> {
    return this.operations.lendFor(['GetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem']);
  }

  /** May read the records of rounds and the holidays operators added. */
  forReading(): Loan<'OPERATIONS_TABLE'> {
    return this.operations.lendFor(['Query']);
  }

  /** May go on with long work that was begun, and lift a contract's pause. */
  forWorkingOff(): Loan<'OPERATIONS_TABLE'> {
    return this.operations.lendFor(['GetItem', 'Query', 'UpdateItem', 'DeleteItem']);
  }

  /** May read the keys with which ePost is called. */
  forCalling(): Loan<'EPOST_SECRET_ID'> {
    return lend({ EPOST_SECRET_ID: this.secret.ref }, ['secretsmanager:GetSecretValue'], [this.secret.ref]);
  }
}
