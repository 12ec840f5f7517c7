import { Construct } from 'constructs';
import { KeptTable, key } from './parts/kept-table.ts';
import type { Loan } from './parts/loan.ts';

/** Who ships: the contracts with the post office, one per shop or marketplace seller. */
export class Merchant extends Construct {
  readonly contracts: KeptTable<'CONTRACTS_TABLE'>;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.contracts = new KeptTable(this, 'Contracts', 'CONTRACTS_TABLE', { partitionKey: key('contractId') });
  }

  forReading(): Loan<'CONTRACTS_TABLE'> {
    return this.contracts.lendFor(['GetItem']);
  }
}
