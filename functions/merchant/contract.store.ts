import { GetCommand, PutCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Clock } from '../runtime/clock.ts';
import type { Contract } from './contract.ts';

export type ReadContract = (contractId: string) => Promise<Contract | undefined>;

/** A suspended contract is noticed within this time; a hot contract costs no read per batch. */
const CACHE_MS = 30_000;

/** Reads contracts, remembering each for half a minute (unknown ones too briefly to matter). */
export const createContractReader = (
  doc: DynamoDBDocumentClient,
  table: string,
  clock: Clock,
): ReadContract => {
  const cache = new Map<string, { contract: Contract; until: number }>();
  return async (contractId) => {
    const known = cache.get(contractId);
    if (known !== undefined && known.until > clock()) return known.contract;
    const answer = await doc.send(new GetCommand({ TableName: table, Key: { contractId } }));
    const contract = answer.Item as Contract | undefined;
    if (contract === undefined) cache.delete(contractId);
    else cache.set(contractId, { contract, until: clock() + CACHE_MS });
    return contract;
  };
};

/** Writes a contract whole; written again it replaces the earlier one. Tell `ContractChanged` afterwards. */
export const putContract = async (
  doc: DynamoDBDocumentClient,
  table: string,
  contract: Contract,
): Promise<void> => {
  await doc.send(new PutCommand({ TableName: table, Item: contract }));
};
