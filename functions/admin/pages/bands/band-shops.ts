import type { Contract } from '../../../merchant/contract.ts';
import { type ApplicationStatus, UNDECIDED } from '../../../merchant/application.ts';
import { everyApplication } from '../../../merchant/every-application.ts';
import type { Ports } from '../../ports.ts';

/** Who has numbers, or will need some. */
export interface BandShop {
  contractId: string;
  name: string;
  /** absent while an application is still to be decided */
  contract?: Contract;
}
/** Who ships, and whose numbers should lie ready before the link is made. */
const LIVE: readonly ApplicationStatus[] = [...UNDECIDED, 'active', 'suspended'];
const MOST = 2000;

export const bandShopsOf = async (
  ports: Pick<Ports, 'applications' | 'pools' | 'contract'>,
): Promise<BandShop[]> => {
  const applied = new Map<string, { name: string; numbering: string }>();
  for await (const { contractId, companyName, numbering } of everyApplication(ports.applications, LIVE)) {
    if (applied.size === MOST) break;
    applied.set(contractId, { name: companyName, numbering });
  }
  const ids = [...new Set([...(await ports.pools.owners()), ...applied.keys()])];
  const shops = await Promise.all(
    ids.map(async (contractId): Promise<BandShop> => {
      const contract = await ports.contract(contractId);
      const name = contract?.companyName ?? applied.get(contractId)?.name ?? contractId;
      return { contractId, name, ...(contract && { contract }) };
    }),
  );
  // Not in use yet, and ePost will draw its numbers: there is nothing to look after.
  return shops.filter(
    ({ contractId, contract }) =>
      contract !== undefined || applied.get(contractId)?.numbering !== 'carrier-issued',
  );
};

/** Undefined: nobody ships under this contract, nor has asked to. */
export const bandShopOf = async (
  ports: Pick<Ports, 'applications' | 'contract'>,
  contractId: string,
): Promise<BandShop | undefined> => {
  const contract = await ports.contract(contractId);
  if (contract !== undefined) return { contractId, name: contract.companyName, contract };
  for await (const application of everyApplication(ports.applications, UNDECIDED))
    if (application.contractId === contractId) return { contractId, name: application.companyName };
  return undefined;
};
