/** A walk over the ledgers of all contracts, in as many pieces as it takes. */
import type { Finding } from './finding.ts';
import { beginWalk, type LedgerReader, type Walk, walkLedger } from './walk.ts';

/** Handed from one piece of a round to the next. */
export interface Progress {
  walk: Walk;
  /** so far */
  contracts: number;
  findings: number;
}
export interface RoundPorts {
  ledger: LedgerReader;
  compareSince: number;
  mustStop: () => boolean;
  found: (finding: Finding) => void;
}
export type RoundAnswer =
  | { outcome: 'finished'; contracts: number; findings: number }
  | { outcome: 'unfinished'; progress: Progress };

/**
 * Audits one contract after the other, from where the last piece stopped. Nothing is written; a piece done twice finds
 * the same twice. Contracts that begin during a round are met if their turn is still to come.
 */
export const auditLedgers = async (ports: RoundPorts, begun?: Progress): Promise<RoundAnswer> => {
  let { contracts, findings } = begun ?? { contracts: 0, findings: 0 };
  const owners = await ports.ledger.owners();
  const left = owners.filter((owner) => begun === undefined || owner >= begun.walk.contractId);
  for (const contractId of left) {
    const from = begun?.walk.contractId === contractId ? begun.walk : beginWalk(contractId);
    const found = (damage: Parameters<Parameters<typeof walkLedger>[0]['found']>[0]) => {
      findings += 1;
      ports.found({ contractId, ...damage });
    };
    const rest = await walkLedger({ ...ports, found }, from);
    if (rest !== undefined) return { outcome: 'unfinished', progress: { walk: rest, contracts, findings } };
    contracts += 1;
  }
  return { outcome: 'finished', contracts, findings };
};
