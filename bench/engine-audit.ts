/** Holds every number of some contracts against the ledger and the shipments, item by item. */
import { type QueryCommandInput, paginateQuery, paginateScan } from '@aws-sdk/lib-dynamodb';
import { fromStored, type StoredLedgerEntry } from '../functions/waybill/ledger.store.ts';
import { readBlock, readHead } from '../functions/waybill/pool.store.ts';
import { numberAt } from '../functions/waybill/pool.ts';
import type { TestTables } from '../test/support/dynamo.ts';

export interface NumberAudit {
  /** shipments with a number */
  numbered: number;
  /** numbers that two shipments or two places of the ledger have */
  twice: number;
  /** numbers below a cursor that the ledger gives to nobody, or to a shipment that has no such number */
  unexplained: number;
  /** shipments whose number the ledger does not give to them */
  disagreeing: number;
}

export const auditNumbers = async (db: TestTables, contractIds: readonly string[]): Promise<NumberAudit> => {
  const numberOf = await readShipments(db);
  const given = new Map<string, string>();
  let repeated = 0;
  let unexplained = 0;
  for (const contractId of contractIds) {
    const head = await readHead(db.doc, db.tables.pools, contractId);
    const blocks = new Map(
      await Promise.all(
        Array.from({ length: head.lastBlock }, async (_, i) => {
          const block = await readBlock(db.doc, db.tables.pools, contractId, i + 1);
          return [i + 1, block] as const;
        }),
      ),
    );
    for (const { segments = [], shipmentIds } of await readLedger(db, contractId)) {
      const numbers = segments.flatMap(({ block, from, count }) =>
        Array.from({ length: count }, (_, i) => numberAt(blocks.get(block)!, from + i)),
      );
      for (const [i, number] of numbers.entries()) {
        if (given.has(number)) repeated += 1;
        given.set(number, shipmentIds[i] ?? '');
      }
    }
    for (const block of blocks.values()) {
      const end = block.block < head.block ? block.size : block.block === head.block ? head.position : 0;
      for (let position = 0; position < end; position++) {
        const number = numberAt(block, position);
        if (numberOf.get(given.get(number) ?? '') !== number) unexplained += 1;
      }
    }
  }
  const numbers = [...numberOf.values()];
  return {
    numbered: numbers.length,
    twice: repeated + numbers.length - new Set(numbers).size,
    unexplained,
    disagreeing: [...numberOf].filter(([id, number]) => given.get(number) !== id).length,
  };
};

const readShipments = async ({ doc, tables }: TestTables): Promise<Map<string, string>> => {
  const found = new Map<string, string>();
  for await (const { Items = [] } of paginateScan({ client: doc }, { TableName: tables.shipments }))
    for (const { shipmentId, waybillNumber } of Items)
      if (waybillNumber !== undefined) found.set(String(shipmentId), String(waybillNumber));
  return found;
};

const readLedger = async ({ doc, tables }: TestTables, contractId: string) => {
  const query: QueryCommandInput = {
    TableName: tables.ledger,
    KeyConditionExpression: 'contractId = :contract',
    ExpressionAttributeValues: { ':contract': contractId },
    ConsistentRead: true,
  };
  const entries = [];
  for await (const { Items = [] } of paginateQuery({ client: doc }, query))
    entries.push(...(Items as StoredLedgerEntry[]).map(fromStored));
  return entries;
};
