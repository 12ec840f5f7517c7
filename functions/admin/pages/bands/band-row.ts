import type { BusinessCalendar } from '../../../runtime/business-days.ts';
import { lowWaterOf, type Mark } from '../../../waybill/pool.ts';
import type { PoolView } from '../../../waybill/pools.store.ts';
import type { Ports } from '../../ports.ts';
import type { BandCode } from '../../vocabulary.ts';
import type { BandShop } from './band-shops.ts';
import { type Forecast, forecastOf, levelOf } from './forecast.ts';

/** A contract with its numbers, as a line of the list. */
export interface BandRow {
  contractId: string;
  shop: string;
  code: BandCode;
  /** no number is given until it is lifted: since when, by whom and why */
  frozen?: Mark;
  /** absent: it never had numbers of its own */
  pool?: {
    /** the block in use, 13 digits each; `further` are lent besides and not used up */
    first: string;
    last: string;
    further: number;
    available: number;
    /** what "all of them" was right after the latest import */
    of: number;
    /** whole percent, rounded up: 0 means none */
    percent: number;
    forecast: Forecast;
  };
}
type BandPorts = Pick<Ports, 'pools' | 'bandUse'>;

/** How a contract stands with its numbers. */
export const readBand = async (
  ports: BandPorts,
  shop: BandShop,
  calendar: BusinessCalendar,
  now: number,
): Promise<{ row: BandRow; pool?: PoolView }> => {
  const pool = await ports.pools.read(shop.contractId);
  if (pool === undefined) return { row: rowOf(shop, undefined) };
  const forecast = forecastOf(pool.head.available, await ports.bandUse(pool), calendar, now);
  return { row: rowOf(shop, { view: pool, forecast }), pool };
};

const rowOf = (
  { contractId, name, contract }: BandShop,
  known: { view: PoolView; forecast: Forecast } | undefined,
): BandRow => {
  const row = { contractId, shop: name };
  const ended = contract?.status === 'terminated';
  const drawn = contract?.numbering === 'carrier-issued';
  if (known === undefined) return { ...row, code: ended ? 'ended' : drawn ? 'carrier-issued' : 'none' };
  const { view, forecast } = known;
  const { head } = view;
  const level = levelOf(head.available, lowWaterOf(contract ?? {}, head), forecast);
  return {
    ...row,
    code: ended ? 'ended' : drawn ? 'carrier-issued' : head.frozen ? 'frozen' : level,
    ...(head.frozen && { frozen: head.frozen }),
    pool: {
      ...spanInUse(view),
      available: head.available,
      of: head.fullMark,
      percent: head.fullMark === 0 ? 0 : Math.ceil((head.available / head.fullMark) * 100),
      forecast,
    },
  };
};

/** The block that numbers are taken from; the last one where none is left. */
const spanInUse = ({ head, blocks }: PoolView): { first: string; last: string; further: number } => {
  const left = blocks.filter(
    ({ block, size, retired }) =>
      block >= head.block && (retired?.from ?? size) > (block === head.block ? head.position : 0),
  );
  const shown = left[0] ?? blocks.at(-1);
  return { first: shown?.first ?? '', last: shown?.last ?? '', further: Math.max(0, left.length - 1) };
};

const URGENCY: readonly BandCode[] = [
  'frozen',
  'empty',
  'soon',
  'low',
  'none',
  'enough',
  'carrier-issued',
  'ended',
];
/** What needs numbers first stands first. */
export const byUrgency = (a: BandRow, b: BandRow): number =>
  URGENCY.indexOf(a.code) - URGENCY.indexOf(b.code) ||
  daysOf(a) - daysOf(b) ||
  a.shop.localeCompare(b.shop, 'ko');
const daysOf = ({ pool }: BandRow): number =>
  pool?.forecast.outcome === 'known' ? pool.forecast.businessDays : Number.MAX_SAFE_INTEGER;

/** Whether somebody should ask ePost for numbers. */
export const needsNumbers = ({ code }: Pick<BandRow, 'code'>): boolean =>
  ['empty', 'soon', 'low'].includes(code);
/** That, or none can be given at all. */
export const needsSomebody = (row: Pick<BandRow, 'code'>): boolean =>
  row.code === 'frozen' || needsNumbers(row);
