import { DeleteCommand, type DynamoDBDocumentClient, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { CarrierPause, ContractPause, Stop } from './carrier-pause.ts';

/** What is remembered between runs (Operations table). */
export interface Remembered {
  pause: CarrierPause | undefined;
  /** the kill switch (`transmission-stop.store`) */
  stop: Stop | undefined;
  /** the contract that ePost last took an order of: a wrong key shows by checking with it */
  lastGood: string | undefined;
  contracts: Map<string, ContractPause>;
}

export interface CarrierPauses {
  /** Strongly consistent. */
  read(): Promise<Remembered>;
  /** Opens or prolongs; written again it replaces itself. */
  write(pause: CarrierPause): Promise<void>;
  /** Ended, also by an operator; again: nothing. */
  clear(): Promise<void>;
  writeContract(contractId: string, pause: ContractPause): Promise<void>;
  clearContract(contractId: string): Promise<void>;
  writeLastGood(contractId: string): Promise<void>;
}

const CARRIER = 'carrier';
/** A row of its own: the drain overwrites and clears its pauses without knowing of it. */
export const STOP_KEY = { pk: CARRIER, sk: 'stop' } as const;
const CONTRACTS = 'contract-pause';
type Row = Record<string, unknown> & { sk: string };

export const createCarrierPauses = (doc: DynamoDBDocumentClient, table: string): CarrierPauses => {
  const put = async (pk: string, sk: string, attributes: object) => {
    await doc.send(new PutCommand({ TableName: table, Item: { ...attributes, pk, sk } }));
  };
  const drop = async (pk: string, sk: string) => {
    await doc.send(new DeleteCommand({ TableName: table, Key: { pk, sk } }));
  };
  return {
    read: async () => {
      const [carrier, contracts] = await Promise.all([
        partition(doc, table, CARRIER),
        partition(doc, table, CONTRACTS),
      ]);
      const row = (sk: string) => carrier.find((one) => one.sk === sk);
      return {
        pause: row('pause') as CarrierPause | undefined,
        stop: row(STOP_KEY.sk) as Stop | undefined,
        lastGood: row('last-good')?.['contractId'] as string | undefined,
        contracts: new Map(contracts.map((one) => [one.sk, one as unknown as ContractPause])),
      };
    },
    write: (pause) => put(CARRIER, 'pause', pause),
    clear: () => drop(CARRIER, 'pause'),
    writeContract: (contractId, pause) => put(CONTRACTS, contractId, pause),
    clearContract: (contractId) => drop(CONTRACTS, contractId),
    writeLastGood: (contractId) => put(CARRIER, 'last-good', { contractId }),
  };
};

const partition = async (doc: DynamoDBDocumentClient, table: string, pk: string): Promise<Row[]> => {
  const rows: Row[] = [];
  let start: Record<string, unknown> | undefined;
  do {
    const page = await doc.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': pk },
        ConsistentRead: true,
        ...(start && { ExclusiveStartKey: start }),
      }),
    );
    rows.push(...((page.Items ?? []) as Row[]));
    start = page.LastEvaluatedKey;
  } while (start !== undefined);
  return rows;
};
