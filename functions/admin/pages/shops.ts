import type { Ports } from '../ports.ts';

/** Who ships, by contract: for filters and names. */
export interface Shop {
  contractId: string;
  name: string;
}
type ShopPorts = Pick<Ports, 'applications' | 'pools' | 'contract'>;

/** Every shop or seller with numbers of its own or in use, by name. Those known only by their id show the id. */
export const shopsOf = async (ports: ShopPorts): Promise<Shop[]> => {
  const [owners, { applications }] = await Promise.all([
    ports.pools.owners(),
    ports.applications.list(['active', 'suspended'], undefined, 200),
  ]);
  const ids = [...new Set([...owners, ...applications.map(({ contractId }) => contractId)])];
  const shops = await Promise.all(
    ids.map(async (contractId) => ({ contractId, name: await shopName(ports, contractId) })),
  );
  return shops.toSorted((a, b) => a.name.localeCompare(b.name, 'ko'));
};

export const shopName = async (ports: Pick<Ports, 'contract'>, contractId: string): Promise<string> =>
  (await ports.contract(contractId))?.companyName ?? contractId;
