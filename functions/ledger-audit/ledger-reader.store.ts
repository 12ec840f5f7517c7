import { type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { projection, readShipments } from '../shipment/shipment.store.ts';
import { fromStored, type StoredLedgerEntry } from '../waybill/ledger.store.ts';
import { findBlock, readHead } from '../waybill/pool.store.ts';
import type { Block } from '../waybill/pool.ts';
import { readRegistry } from '../waybill/registry.store.ts';
import type { Held, LedgerReader } from './walk.ts';

/** A page of entries has up to 97 shipments each: this many keep a piece small. */
const ENTRIES_AT_A_TIME = 50;
/** A listed block holds up to 325 KB; a walk never looks back further than one. */
const BLOCKS_KEPT = 2;
const HELD = ['shipmentId', 'waybillNumber', 'formerNumbers'] as const satisfies readonly (keyof Held)[];

/** Reads strongly consistent, so that what is missing is missing. */
export const createLedgerReader = (
  doc: DynamoDBDocumentClient,
  tables: { pools: string; ledger: string; shipments: string },
): LedgerReader => {
  const blocks = new Map<string, Block | undefined>();
  const query = async (input: object) => {
    const page = await doc.send(
      new QueryCommand({ TableName: tables.ledger, ConsistentRead: true, ...input }),
    );
    return (page.Items ?? []) as StoredLedgerEntry[];
  };
  return {
    owners: async () =>
      [...new Set((await readRegistry(doc, tables.pools)).map(({ owner }) => owner))].toSorted(),
    head: (contractId) => readHead(doc, tables.pools, contractId),
    newestSeq: async (contractId) => {
      const [newest] = await query({
        KeyConditionExpression: 'contractId = :contract',
        ExpressionAttributeValues: { ':contract': contractId },
        ScanIndexForward: false,
        Limit: 1,
      });
      return newest?.seq ?? 0;
    },
    entries: async (contractId, after, upTo) => {
      if (after >= upTo) return [];
      const stored = await query({
        KeyConditionExpression: 'contractId = :contract AND seq BETWEEN :from AND :to',
        ExpressionAttributeValues: { ':contract': contractId, ':from': after + 1, ':to': upTo },
        Limit: ENTRIES_AT_A_TIME,
      });
      return stored.map(fromStored);
    },
    held: (ids) =>
      readShipments<Held>(doc, tables.shipments, ids, { ...projection(HELD), ConsistentRead: true }),
    block: async (contractId, no) => {
      const key = `${contractId}#${no}`;
      if (!blocks.has(key)) {
        for (const oldest of [...blocks.keys()].slice(0, blocks.size - BLOCKS_KEPT + 1))
          blocks.delete(oldest);
        blocks.set(key, await findBlock(doc, tables.pools, contractId, no));
      }
      return blocks.get(key);
    },
  };
};
