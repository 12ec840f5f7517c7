import { RemovalPolicy } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { KeptTable, key } from './parts/kept-table.ts';
import { lend, type Loan } from './parts/loan.ts';

/** Who ships: their applications, the contracts these became, and the key their ePost passwords are sealed under. */
export class Merchant extends Construct {
  readonly contracts: KeptTable<'CONTRACTS_TABLE'>;
  readonly applications: KeptTable<'APPLICATIONS_TABLE'>;
  readonly passwords: kms.Key;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.contracts = new KeptTable(this, 'Contracts', 'CONTRACTS_TABLE', { partitionKey: key('contractId') });
    this.applications = new KeptTable(this, 'Applications', 'APPLICATIONS_TABLE', {
      partitionKey: key('applicationId'),
      globalSecondaryIndexes: [
        {
          indexName: 'byStatus',
          partitionKey: key('status'),
          sortKey: key('dueAt', 'N'),
          projectionType: dynamodb.ProjectionType.ALL,
        },
      ],
    });
    // Without the key the passwords are noise for ever: it outlives the stack, as the tables do.
    this.passwords = new kms.Key(this, 'Passwords', {
      description: "Seals merchants' ePost passwords; deleting it loses them all",
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }

  forReading(): Loan<'CONTRACTS_TABLE'> {
    return this.contracts.lendFor(['GetItem']);
  }

  /** May bring a contract into use, suspend and end it, as decisions on its application say. */
  forBringingIntoUse(): Loan<'CONTRACTS_TABLE'> {
    return this.contracts.lendFor(['UpdateItem']);
  }

  /** May take applications in and correct them, one at a time. */
  applicationsForTakingIn(): Loan<'APPLICATIONS_TABLE'> {
    return this.applications.lendFor(['GetItem', 'UpdateItem']);
  }

  /** May also list them by state and see who shares a number with whom. */
  applicationsForDeciding(): Loan<'APPLICATIONS_TABLE'> {
    return this.applications.lendFor(['GetItem', 'BatchGetItem', 'UpdateItem'], ['byStatus']);
  }

  /** May seal a password and never open one. */
  passwordsForSealing(): Loan<'KEY_ID'> {
    const { keyArn } = this.passwords;
    return lend({ KEY_ID: keyArn }, ['kms:GenerateDataKey'], [keyArn]);
  }
}
