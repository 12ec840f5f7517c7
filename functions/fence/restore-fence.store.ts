/** After a restore: no pool gives a number again that was given before, and every number stays explained. */
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Actor } from '../audit/audit.ts';
import type { Audit } from '../audit/audit.store.ts';
import type { Finding } from '../ledger-audit/finding.ts';
import { createLedgerReader } from '../ledger-audit/ledger-reader.store.ts';
import { beginWalk, type LedgerReader, walkLedger } from '../ledger-audit/walk.ts';
import { freezePool, unfreezePool } from '../waybill/freeze.store.ts';
import type { Segment } from '../waybill/ledger.ts';
import type { PoolHead } from '../waybill/pool.ts';
import type { Evidence } from './evidence.ts';
import { type FenceTables, readEvidence } from './evidence.store.ts';
import { type FenceOrder, type FencePlan, type FenceProblem, planFence, readable, withVoid } from './plan.ts';
import { type Bench, commitFence, liftSeq, putNew, type Result } from './write-fence.store.ts';

export interface FenceRun extends Omit<FenceOrder, 'contractId' | 'by'> {
  contractIds: readonly string[];
  by: Actor;
  /** false: reads and tells, writes nothing at all */
  apply: boolean;
  /** leaves the pools frozen, to be looked at before anything is given */
  keepFrozen: boolean;
}
export type FenceAnswer = { contractId: string } & (
  | ({ outcome: 'fenced' | 'would-fence' } & Fenced)
  /** nothing to move, rebuild or void */
  | { outcome: 'in-order'; left: Finding[] }
  /** it stays frozen */
  | { outcome: 'refused'; problem: FenceProblem }
);
export interface Fenced {
  before: PoolHead;
  after: PoolHead;
  /** ledger entries written anew */
  rebuilt: number;
  voided: Segment[];
  /** what the fence does not explain: for the ledger audit */
  left: Finding[];
}

const MAX_TRIES = 5;
/** The head, the ledger's entry and two items of the audit beside them; a transaction takes 100. */
const MOST_BLOCKS = 90;

/**
 * Freezes the pools, sets each cursor above every number that any table, ledger or the operator knows to be given,
 * rebuilds what the ledger lost, makes void what nobody can explain, and unfreezes. Broken off anywhere, it is run again
 * and goes on. The second time: `in-order`, and nothing is written.
 * @throws when a table cannot be reached, or a frozen pool keeps moving
 */
export const restoreFence = async (
  doc: DynamoDBDocumentClient,
  tables: FenceTables,
  audit: Pick<Audit, 'commit'>,
  run: FenceRun,
): Promise<FenceAnswer[]> => {
  const orderOf = (contractId: string) => ({ contractId, by: run.by, reason: run.reason, now: run.now });
  if (run.apply)
    for (const contractId of run.contractIds) await freezePool(doc, tables.pools, audit, orderOf(contractId));
  const evidence = await readEvidence(doc, tables, run.contractIds);
  const answers: FenceAnswer[] = [];
  for (const [contractId, one] of evidence) {
    const order: FenceOrder = { ...run, contractId, by: run.by.name };
    const answer = await fenceOne(run, { doc, tables, audit, by: run.by, order }, one);
    answers.push(answer);
    if (answer.outcome === 'in-order' && run.apply && !run.keepFrozen)
      await unfreezePool(tables.pools, audit, orderOf(contractId));
  }
  return answers;
};

const fenceOne = async (run: FenceRun, bench: Bench, evidence: Evidence): Promise<FenceAnswer> => {
  const { doc, tables, order } = bench;
  const { contractId } = order;
  let seen = evidence;
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    const planned = planFence(seen, order);
    if (planned.outcome === 'refused') {
      if (run.apply) await liftSeq(bench, seen);
      return { contractId, ...planned };
    }
    const { plan } = planned;
    const { voided, left } = await unexplained(bench, plan);
    const result = finish(run, order, seen.head, plan, voided);
    if (result === undefined) return { contractId, outcome: 'in-order', left };
    const told = { before: seen.head, after: result.head, rebuilt: plan.entries.length, voided, left };
    if (!run.apply) return { contractId, outcome: 'would-fence', ...told };
    for (const entry of plan.entries) await putNew(doc, tables.ledger, entry);
    if ((await commitFence(bench, seen.head, result)) === 'written')
      return { contractId, outcome: 'fenced', ...told };
    seen = (await readEvidence(doc, tables, [contractId])).get(contractId) ?? seen;
  }
  throw new Error(`The frozen pool of ${contractId} keeps moving; run it again`);
};

/** The ledger as it will be, walked: holes become void, and so do numbers of shipments whose records are lost. */
const unexplained = async ({ doc, tables, order }: Bench, plan: FencePlan) => {
  const { contractId } = order;
  const shipmentsLost = order.restored.includes('shipments');
  const voided: Segment[] = [];
  const left: Finding[] = [];
  await walkLedger(
    {
      ledger: asPlanned(createLedgerReader(doc, tables), plan),
      compareSince: shipmentsLost ? 0 : Infinity,
      mustStop: () => false,
      found: (damage) => {
        if (damage.kind === 'hole') {
          const { block, from, count } = damage;
          voided.push({ block, from, count });
        } else if (damage.kind === 'shipment-missing') voided.push({ ...damage.place, count: 1 });
        else left.push({ contractId, ...damage });
      },
    },
    beginWalk(contractId),
  );
  return { voided: joined(voided), left };
};

const asPlanned = (reader: LedgerReader, { head, entries, blocks }: FencePlan): LedgerReader => ({
  ...reader,
  head: async () => head,
  newestSeq: async () => head.seq,
  block: async (_contract, no) => blocks.get(no),
  entries: async (contractId, after, upTo) => {
    const page = await reader.entries(contractId, after, upTo);
    const last = page.at(-1)?.seq ?? upTo;
    const lost = entries.filter(({ seq }) => seq > after && seq <= last).map(readable);
    const known = new Set(page.map(({ seq }) => seq));
    return [...page, ...lost.filter(({ seq }) => !known.has(seq))].toSorted((a, b) => a.seq - b.seq);
  },
});

const joined = (segments: readonly Segment[]): Segment[] => {
  const parts: Segment[] = [];
  for (const segment of segments.toSorted((a, b) => a.block - b.block || a.from - b.from)) {
    const last = parts.at(-1);
    if (last?.block === segment.block && last.from + last.count === segment.from) last.count += segment.count;
    else parts.push({ ...segment });
  }
  return parts;
};

/** Undefined: everything is as it should be. */
const finish = (
  run: FenceRun,
  order: FenceOrder,
  before: PoolHead,
  plan: FencePlan,
  voided: Segment[],
): Result | undefined => {
  const { head, entries, blocks, marked } = plan;
  const moved = (['seq', 'block', 'position', 'available'] as const).some((key) => head[key] !== before[key]);
  if (!moved && entries.length === 0 && voided.length === 0 && marked.size === 0) return undefined;
  const mark = { at: order.now, by: order.by, reason: order.reason };
  const changed = new Map([...marked].map((no) => [no, blocks.get(no)!]));
  for (const { block: no, from, count } of voided) {
    const block = changed.get(no) ?? blocks.get(no);
    if (block !== undefined) changed.set(no, withVoid(block, [{ ...mark, from, count }]));
  }
  if (changed.size > MOST_BLOCKS)
    throw new Error(`${changed.size} blocks change at once; at most ${MOST_BLOCKS}`);
  const { frozen, ...unfrozen } = head;
  const next = { ...unfrozen, seq: head.seq + 1, revision: head.revision + 1 };
  return {
    head: run.keepFrozen && frozen !== undefined ? { ...next, frozen } : next,
    blocks: [...changed.values()],
    voided,
    rebuilt: entries.length,
  };
};
