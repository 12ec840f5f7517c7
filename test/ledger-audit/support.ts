/** A contract with numbers and parcels on real tables, and an audit of it. */
import { createLedgerReader } from '../../functions/ledger-audit/ledger-reader.store.ts';
import type { Finding } from '../../functions/ledger-audit/finding.ts';
import { auditLedgers, type Progress } from '../../functions/ledger-audit/round.ts';
import { newShipment } from '../../functions/order/new-shipment.ts';
import type { Candidate } from '../../functions/waybill/allocation.ts';
import { createAllocate } from '../../functions/waybill/allocation.store.ts';
import { importBlock } from '../../functions/waybill/import-block.store.ts';
import { aContract, anOrder, T0 } from '../support/builders.ts';
import type { TestTables } from '../support/dynamo.ts';

/** Never the same number twice in a test file. */
let nextRun = 6_000_000_000_000;

export const lend = async (db: TestTables, contractId: string, size: number): Promise<string> => {
  const first = String(nextRun);
  nextRun += size;
  const request = { kind: 'run', first, last: String(nextRun - 1) } as const;
  const answer = await importBlock(db.doc, db.tables, { contractId, request, by: 'test', now: T0 });
  if (answer.outcome !== 'imported') throw new Error(JSON.stringify(answer));
  return first;
};

export const candidates = (contractId: string, ids: readonly string[]): Candidate[] =>
  ids.map((shipmentId) => ({
    shipment: newShipment(anOrder({ shopId: contractId, shipmentId }), T0, 20),
    expect: 'new',
  }));

/** Gives these shipments numbers, `batch` in a transaction; answers them in order. */
export const give = async (
  db: TestTables,
  contractId: string,
  ids: readonly string[],
  batch = 10,
): Promise<string[]> => {
  const allocate = createAllocate(db.doc, db.tables, () => T0);
  const numbers: string[] = [];
  for (let i = 0; i < ids.length; i += batch) {
    const some = candidates(contractId, ids.slice(i, i + batch));
    const { results } = await allocate(aContract({ contractId }), some);
    for (const one of results)
      if (one.outcome === 'allocated') numbers.push(one.shipment.waybillNumber ?? '');
  }
  return numbers;
};

export const names = (prefix: string, count: number, from = 0): string[] =>
  Array.from({ length: count }, (_, i) => `${prefix}-${from + i}`);

/** What an audit of everything finds, without the contract's name; `pages` a piece. */
export const audit = async (db: TestTables, contractId: string, pages = Infinity) => {
  const findings: Finding[] = [];
  let [progress, pieces]: [Progress | undefined, number] = [undefined, 0];
  for (;;) {
    let read = 0;
    const answer = await auditLedgers(
      {
        ledger: createLedgerReader(db.doc, db.tables),
        compareSince: 0,
        mustStop: () => ++read >= pages,
        found: (finding) => void findings.push(finding),
      },
      progress,
    );
    pieces += 1;
    if (answer.outcome === 'finished') {
      const own = findings.filter((one) => one.contractId === contractId);
      return { pieces, findings: own.map(({ contractId: _own, ...damage }) => damage) };
    }
    progress = JSON.parse(JSON.stringify(answer.progress)) as Progress;
  }
};
