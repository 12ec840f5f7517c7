import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { KeptTable, key } from './parts/kept-table.ts';
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
      globalSecondaryIndexes: [workList('open'), workList('unsent')],
    });
  }

  /** Takes numbers. What the ledger has recorded it cannot change or delete. */
  forAllocating(): readonly [Loan<'POOLS_TABLE'>, Loan<'LEDGER_TABLE'>] {
    return [this.pools.lendFor(['GetItem', 'PutItem']), this.ledger.lendFor(['PutItem'])];
  }

  /**
   * May look after the pools: import and retire blocks, find what became of a number. Given numbers are not touched: the
   * ledger is only ever added to.
   */
  forLookingAfter(): readonly [Loan<'POOLS_TABLE'>, Loan<'LEDGER_TABLE'>] {
    return [
      this.pools.lendFor(['GetItem', 'BatchGetItem', 'Query', 'PutItem']),
      this.ledger.lendFor(['Query', 'BatchGetItem', 'PutItem'], ['open', 'unsent']),
    ];
  }

  /** May see how far each pool is used and how fast, and strike entries off the list of what is not yet sent. */
  forWatching(): readonly [Loan<'POOLS_TABLE'>, Loan<'LEDGER_TABLE'>] {
    return [
      this.pools.lendFor(['GetItem', 'BatchGetItem', 'Query']),
      this.ledger.lendFor(['BatchGetItem', 'Query', 'UpdateItem'], ['unsent']),
    ];
  }

  /** May compare every number with its explanation, and change nothing. */
  forAuditing(): readonly [Loan<'POOLS_TABLE'>, Loan<'LEDGER_TABLE'>] {
    return [this.pools.lendFor(['GetItem', 'Query']), this.ledger.lendFor(['Query'])];
  }

  poolsForReading(): Loan<'POOLS_TABLE'> {
    return this.pools.lendFor(['GetItem']);
  }

  /** May work through one list of entries and strike off what is done. */
  ledgerForWorkingOff(list: WorkList): Loan<'LEDGER_TABLE'> {
    return this.ledger.lendFor(['BatchGetItem', 'UpdateItem'], [list]);
  }
}

/** Entries with parcels on the road; entries with shipments that ePost has not confirmed. */
type WorkList = 'open' | 'unsent';

/** A sparse index of the entries still on a list, oldest first. */
function workList(name: WorkList): dynamodb.GlobalSecondaryIndexPropsV2 {
  return {
    indexName: name,
    partitionKey: key(`${name}Slot`),
    sortKey: key('openSince', 'N'),
    projectionType: dynamodb.ProjectionType.KEYS_ONLY,
  };
}
