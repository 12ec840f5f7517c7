import { type BlockCode, type BandCode } from '../../vocabulary.ts';
import { usedUpTo } from '../../../waybill/pool.ts';
import type { BlockSummary, PoolView } from '../../../waybill/pools.store.ts';
import type { Context } from '../../page.ts';
import { bandShopOf } from '../bands/band-shops.ts';
import { contractAt } from '../bands/band-path.ts';
import { type BandRow, readBand } from '../bands/band-row.ts';
import { shopName } from '../shops.ts';
import { type BandEvent, historyOf } from './history.ts';
import { reportOf } from './import-report.ts';
import { plainNumber } from '../../../waybill/number-lines.ts';

export interface BlockRow {
  block: number;
  first: string;
  last: string;
  size: number;
  /** numbers of it that no parcel has and that may still be given */
  left: number;
  code: BlockCode;
  importedAt: number;
  by: string;
  /** yyyy-mm-dd */
  receivedOn?: string;
}
export interface BandModel {
  contractId: string;
  /** last part of its address */
  path: string;
  shop: string;
  code: BandCode;
  frozen?: NonNullable<BandRow['frozen']>;
  pool?: NonNullable<BandRow['pool']>;
  /** newest first */
  blocks: BlockRow[];
  history: BandEvent[];
  /** today in Korea, yyyy-mm-dd */
  today: string;
  /** of the run in the query: what an import would say */
  tried?: { first: string; last: string; fits: boolean; says: string };
}

const KST_MS = 9 * 3_600_000;
export const todayOf = (now: number): string => new Date(now + KST_MS).toISOString().slice(0, 10);

/** Undefined: no such contract. */
export const readModel = async (context: Context): Promise<BandModel | undefined> => {
  const { ports, now, params } = context;
  const path = params['id'] ?? '';
  const contractId = contractAt(path);
  const shop = await bandShopOf(ports, contractId);
  if (shop === undefined) return undefined;
  const [{ row, pool }, tried] = await Promise.all([
    readBand(ports, shop, await ports.calendar(), now),
    tryRun(context, contractId),
  ]);
  const blocks = pool?.blocks ?? [];
  return {
    contractId,
    path,
    shop: row.shop,
    code: row.code,
    ...(row.frozen && { frozen: row.frozen }),
    ...(row.pool && { pool: row.pool }),
    blocks: blocks.map((block) => blockRow(block, pool)).toReversed(),
    history: historyOf(blocks),
    today: todayOf(now),
    ...(tried && { tried }),
  };
};

const blockRow = (block: BlockSummary, pool: PoolView | undefined): BlockRow => {
  const used = pool === undefined ? 0 : usedUpTo(block, pool.head);
  const left = (block.retired?.from ?? block.size) - used;
  const { first, last, size, importedAt, by, receivedOn } = block;
  return {
    block: block.block,
    first,
    last,
    size,
    left,
    code: codeOf(block, left, used),
    importedAt,
    by,
    ...(receivedOn !== undefined && { receivedOn }),
  };
};

const codeOf = ({ retired }: BlockSummary, left: number, used: number): BlockCode => {
  if (retired !== undefined) return 'retired';
  if (left === 0) return 'used-up';
  return used > 0 ? 'in-use' : 'next';
};

/** What becomes of a run while it is typed: the page's JSON is asked with `first` and `last`. */
const tryRun = async (
  { ports, query }: Context,
  contractId: string,
): Promise<BandModel['tried'] | undefined> => {
  const [first, last] = [plainNumber(query.get('first') ?? ''), plainNumber(query.get('last') ?? '')];
  if (first === '' || last === '') return undefined;
  const request = { kind: 'run' as const, first, last };
  const answer = await ports.pools.tryImport({ contractId, request });
  if (answer.outcome === 'fit') {
    const count = answer.checked.size.toLocaleString('ko');
    return { first, last, fits: true, says: `${count}개입니다. 다른 대역과 겹치지 않습니다.` };
  }
  const names = await namesIn(ports, answer.problems);
  const { problems } = reportOf(request, answer.problems, names);
  return { first, last, fits: false, says: problems[0]?.message ?? '' };
};

/** Shops of the blocks that an import overlaps with. */
export const namesIn = async (
  ports: Pick<Context['ports'], 'contract'>,
  problems: readonly { with?: { owner: string } }[],
): Promise<(contractId: string) => string> => {
  const owners = [...new Set(problems.flatMap((problem) => problem.with?.owner ?? []))];
  const names = new Map(
    await Promise.all(owners.map(async (id) => [id, await shopName(ports, id)] as const)),
  );
  return (contractId) => names.get(contractId) ?? contractId;
};
