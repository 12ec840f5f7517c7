import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { KeptTable, key, reading } from './parts/kept-table.ts';
import type { Loan } from './parts/loan.ts';

/** The numbers: pools lent to contracts, and the ledger that explains every number taken from them. */
export class Waybill extends Construct {
  readonly pools: KeptTable<'POOLS_TABLE'>;
  readonly ledger: KeptTable<'LEDGER_TABLE'>;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.pools = new KeptTable(this, 'Pools', 'POOLS_TABLE', {
      partitionKey: key('contractId'),
      sortKey: key('item'),
    });
    this.ledger = new KeptTable(this, 'Ledger', 'LEDGER_TABLE', {
      partitionKey: key('contractId'),
      sortKey: key('seq', 'N'),
      globalSecondaryIndexes: [
        {
          indexName: 'open',
          partitionKey: key('openSlot'),
          sortKey: key('openSince', 'N'),
          projectionType: dynamodb.ProjectionType.KEYS_ONLY,
        },
      ],
    });
  }

  /** The one writer of pools. A number once taken is never deleted: the ledger has no delete at all. */
  forAllocating(): readonly [Loan<'POOLS_TABLE'>, Loan<'LEDGER_TABLE'>] {
    return [
      this.pools.lendFor(['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem', 'ConditionCheckItem']),
      this.ledger.lendFor(['GetItem', 'PutItem']),
    ];
  }

  poolsForReading(): Loan<'POOLS_TABLE'> {
    return this.pools.lendFor(reading);
  }

  /** May close an entry or say what became of its shipments. */
  ledgerForClosing(): Loan<'LEDGER_TABLE'> {
    return this.ledger.lendFor(['GetItem', 'BatchGetItem', 'Query', 'UpdateItem'], ['open']);
  }

  ledgerForReading(): Loan<'LEDGER_TABLE'> {
    return this.ledger.lendFor(reading, ['open']);
  }
}
