import { type EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { OUR_SOURCE } from '../../functions/events.ts';
import { putContract } from '../../functions/merchant/contract.store.ts';
import { type Contract, contractIdOf } from '../../functions/merchant/contract.ts';
import { importBlock } from '../../functions/waybill/import-block.store.ts';
import type { DemoContract } from './contracts.ts';

export interface SeedTables {
  contracts: string;
  pools: string;
  ledger: string;
}

/**
 * Writes the contracts and lends their numbers, through the stores that operators use.
 * The second time nothing changes: a block that lies there already is refused, and a `kept` contract stays as it is
 * by then. `testOrders`: nothing is really booked (testYn=Y).
 */
export const seedContracts = async (
  doc: DynamoDBDocumentClient,
  tables: SeedTables,
  contracts: readonly DemoContract[],
  { now, testOrders, kept }: { now: number; testOrders: boolean; kept: boolean },
): Promise<void> => {
  for (const { shopId, sellerId, numbers, ...rest } of contracts) {
    const contractId = contractIdOf({ shopId, sellerId });
    const contract: Contract = { contractId, status: 'active', ...rest };
    const known = kept ? await readKnown(doc, tables.contracts, contractId) : undefined;
    // What operators made of it since stays; whether its orders are tests follows the carrier of this start.
    const { testOrders: _before, ...seeded } = known ?? contract;
    if (known === undefined || (known.testOrders ?? false) !== testOrders)
      await putContract(doc, tables.contracts, { ...seeded, ...(testOrders && { testOrders }) });
    if (numbers === undefined) continue;
    const request = { kind: 'run' as const, ...numbers };
    const answer = await importBlock(doc, tables, { contractId, request, by: 'npm start', now });
    const wrong =
      answer.outcome === 'refused' ? answer.problems.find(({ rule }) => !KNOWN.includes(rule)) : undefined;
    if (wrong) throw new Error(`${contractId}: ${wrong.fix}`);
  }
};

/** Refusals of numbers that lie there already. */
const KNOWN: readonly string[] = ['already-there', 'overlap'];

const readKnown = async (
  doc: DynamoDBDocumentClient,
  TableName: string,
  contractId: string,
): Promise<Contract | undefined> =>
  (await doc.send(new GetCommand({ TableName, Key: { contractId }, ConsistentRead: true }))).Item as
    Contract | undefined;

/** Tells of contracts with their numbers, so that shipments which waited for them are served. */
export const announceContracts = async (
  bus: EventBridgeClient,
  busName: string,
  contracts: readonly DemoContract[],
): Promise<void> => {
  for (const contract of contracts) {
    const entry = {
      EventBusName: busName,
      Source: OUR_SOURCE,
      DetailType: 'ContractChanged',
      Detail: JSON.stringify({ contractId: contractIdOf(contract) }),
    };
    await bus.send(new PutEventsCommand({ Entries: [entry] }));
  }
};
