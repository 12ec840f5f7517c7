/** How long the numbers of each contract last. */
import type { ReadContract } from '../merchant/contract.store.ts';

export interface PoolLevelPorts {
  /** contracts that have numbers at all */
  owners: () => Promise<string[]>;
  contract: ReadContract;
  /** numbers left in a contract's pool */
  available: (contractId: string) => Promise<number>;
  /** numbers a contract needs on a business day */
  pace: (contractId: string) => Promise<number>;
  gauge: (name: string, value: number, unit: 'Count') => void;
}

/** Contracts looked at at once. */
const AT_ONCE = 10;
/** Says nothing more: no pool is measured in years. */
const LONG = 365;

/**
 * Measures, over all contracts in use that take numbers from a pool, how many business days these last.
 * The second time: the same figures; nothing is written.
 */
export const watchPools = async (ports: PoolLevelPorts): Promise<void> => {
  const owners = await ports.owners();
  const lasting: number[] = [];
  for (let i = 0; i < owners.length; i += AT_ONCE) {
    const days = await Promise.all(owners.slice(i, i + AT_ONCE).map((id) => businessDaysOf(ports, id)));
    lasting.push(...days.filter((one) => one !== undefined));
  }
  const under = (days: number) => lasting.filter((one) => one < days).length;
  ports.gauge('PoolDaysLeast', Math.floor(Math.min(LONG, ...lasting)), 'Count');
  ports.gauge('PoolsUnder7Days', under(7), 'Count');
  ports.gauge('PoolsUnder2Days', under(2), 'Count');
  ports.gauge('PoolsEmpty', lasting.filter((one) => one === 0).length, 'Count');
};

/** 0 = nothing left; undefined = a contract that takes no numbers from a pool now. */
const businessDaysOf = async (ports: PoolLevelPorts, contractId: string): Promise<number | undefined> => {
  const contract = await ports.contract(contractId);
  if (contract?.status !== 'active' || contract.numbering !== 'band') return undefined;
  const available = await ports.available(contractId);
  if (available === 0) return 0;
  const pace = await ports.pace(contractId);
  return pace === 0 ? LONG : available / pace;
};
