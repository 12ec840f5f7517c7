import { type DynamoDBDocumentClient, QueryCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { createContractReader } from '../merchant/contract.store.ts';
import { projection } from '../shipment/shipment.store.ts';
import { fromStored, type StoredLedgerEntry } from '../waybill/ledger.store.ts';
import { findBlock, readHead } from '../waybill/pool.store.ts';
import type { Block } from '../waybill/pool.ts';
import { readRegistry } from '../waybill/registry.store.ts';
import {
  createLocate,
  type Evidence,
  factsOf,
  givenNumber,
  later,
  type LedgerFacts,
  type Numbered,
  type Place,
} from './evidence.ts';

export interface FenceTables {
  pools: string;
  ledger: string;
  shipments: string;
  contracts: string;
}

/** Contracts that may have a pool, whether or not the pools table still knows it. */
export const contractsWithPools = async (
  doc: DynamoDBDocumentClient,
  tables: FenceTables,
): Promise<string[]> => {
  const known = new Set((await readRegistry(doc, tables.pools)).map(({ owner }) => owner));
  for await (const page of scan<{ contractId: string }>(doc, tables.contracts, ['contractId']))
    for (const { contractId } of page) known.add(contractId);
  return [...known].toSorted();
};

/**
 * Reads everything anew and strongly consistent: valid while the pools of these contracts are frozen. One pass over the
 * shipments serves all of them.
 */
export const readEvidence = async (
  doc: DynamoDBDocumentClient,
  tables: FenceTables,
  contractIds: readonly string[],
): Promise<Map<string, Evidence>> => {
  const ledgers = new Map<string, LedgerFacts>();
  for (const contractId of contractIds)
    ledgers.set(contractId, await readLedger(doc, tables.ledger, contractId));
  const pools = new Map<string, Pool>();
  for (const contractId of contractIds) pools.set(contractId, await readPool(doc, tables.pools, contractId));
  const found = await readShipments(doc, tables.shipments, ledgers, pools);
  const contract = createContractReader(doc, tables.contracts, () => 0);
  const evidence = new Map<string, Evidence>();
  for (const [contractId, { head, blocks }] of pools)
    evidence.set(contractId, {
      head,
      blocks,
      ledger: ledgers.get(contractId) ?? factsOf([]),
      highest: found.highest.get(contractId),
      orphans: found.orphans.get(contractId) ?? [],
      drawn: (await contract(contractId))?.numbering === 'carrier-issued',
    });
  return evidence;
};

type Pool = Pick<Evidence, 'head' | 'blocks'> & { locate: ReturnType<typeof createLocate> };

const readPool = async (doc: DynamoDBDocumentClient, table: string, contractId: string): Promise<Pool> => {
  const head = await readHead(doc, table, contractId);
  const blocks = new Map<number, Block>();
  for (let no = 1; no <= head.lastBlock; no++) {
    const block = await findBlock(doc, table, contractId, no);
    if (block !== undefined) blocks.set(no, block);
  }
  return { head, blocks, locate: createLocate(blocks) };
};

const LEDGER_FIELDS = [
  'contractId',
  'seq',
  'kind',
  'at',
  'by',
  'reason',
  'block',
  'from',
  'first',
  'last',
  'segments',
  'voided',
];

const readLedger = async (
  doc: DynamoDBDocumentClient,
  TableName: string,
  contractId: string,
): Promise<LedgerFacts> => {
  const { ProjectionExpression, ExpressionAttributeNames } = projection(LEDGER_FIELDS);
  let facts = factsOf([]);
  let start: Record<string, unknown> | undefined;
  do {
    const page = await doc.send(
      new QueryCommand({
        TableName,
        ConsistentRead: true,
        KeyConditionExpression: 'contractId = :contract',
        ExpressionAttributeValues: { ':contract': contractId },
        ProjectionExpression,
        ExpressionAttributeNames,
        ...(start && { ExclusiveStartKey: start }),
      }),
    );
    facts = factsOf(((page.Items ?? []) as StoredLedgerEntry[]).map(fromStored), facts);
    start = page.LastEvaluatedKey;
  } while (start !== undefined);
  return facts;
};

const SHIPMENT_FIELDS = [
  'shipmentId',
  'contractId',
  'ledgerSeq',
  'allocatedAt',
  'waybillNumber',
  'formerNumbers',
] as const satisfies readonly (keyof Numbered)[];

/** Per contract the last number that a shipment has, and the shipments whose entry the ledger does not have. */
const readShipments = async (
  doc: DynamoDBDocumentClient,
  table: string,
  ledgers: ReadonlyMap<string, LedgerFacts>,
  pools: ReadonlyMap<string, Pool>,
) => {
  const orphans = new Map<string, Numbered[]>();
  const highest = new Map<string, Place>();
  for await (const page of scan<Numbered>(doc, table, SHIPMENT_FIELDS))
    for (const shipment of page) {
      const { contractId, ledgerSeq } = shipment;
      const place = pools.get(contractId)?.locate(givenNumber(shipment));
      if (place !== undefined) highest.set(contractId, later(place, highest.get(contractId)));
      const ledger = ledgers.get(contractId);
      if (ledger === undefined || ledgerSeq === undefined || ledger.present.has(ledgerSeq)) continue;
      const known = orphans.get(contractId);
      if (known === undefined) orphans.set(contractId, [shipment]);
      else known.push(shipment);
    }
  return { orphans, highest };
};

async function* scan<Row>(
  doc: DynamoDBDocumentClient,
  TableName: string,
  fields: readonly string[],
): AsyncGenerator<Row[]> {
  let start: Record<string, unknown> | undefined;
  do {
    const page = await doc.send(
      new ScanCommand({
        TableName,
        ConsistentRead: true,
        ...projection(fields),
        ...(start && { ExclusiveStartKey: start }),
      }),
    );
    yield (page.Items ?? []) as Row[];
    start = page.LastEvaluatedKey;
  } while (start !== undefined);
}
