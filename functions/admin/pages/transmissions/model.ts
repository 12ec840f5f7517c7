import type { MustAct } from '../../../events.ts';
import type { ListedShipment } from '../../../shipment/listing.store.ts';
import { koreanDay } from '../../../shipment/korean-day.ts';
import type { Context } from '../../page.ts';
import { recentOf } from '../shipments/search.ts';
import { shopName, shopsOf } from '../shops.ts';
import { causeOf, type CauseCount, countCauses, countWho } from './causes.ts';
import { type TxRow, txRow } from './row.ts';
import { type Found, readFailed, readUnsent } from './unsent.ts';

export const TX_TABS = [
  { key: 'pending', label: '대기', states: ['waiting', 'allocated', 'sending'] },
  { key: 'retrying', label: '재전송 대기', states: ['retrying', 'unknown'] },
  { key: 'failed', label: '실패', states: ['refused', 'parked'] },
  { key: 'done', label: '오늘 완료', states: [] },
] as const satisfies readonly { key: string; label: string; states: readonly ListedShipment['state'][] }[];
export type TxTab = (typeof TX_TABS)[number]['key'];

export interface TxModel {
  tab: TxTab;
  /** of the failed tab: only those of one cause, or of one who must act */
  cause: string;
  who: string;
  counts: Record<TxTab, number>;
  /** of all failed ones */
  causes: CauseCount[];
  byWho: { who: MustAct; count: number }[];
  rows: TxRow[];
  /** matching in all */
  matching: number;
  /** there are more than were looked at */
  cut: boolean;
}

/** A page never looks at more than this. */
const MOST = 2000;
const SHOWN = 100;
const SHOWN_IN_CSV = 2000;

/** @param tab of the address; nothing chosen: what failed, or else what waits */
export const readTransmissions = async (context: Context): Promise<TxModel> => {
  const { ports, query, now, as } = context;
  const [unsent, failed, tallies] = await Promise.all([
    readUnsent(ports, MOST),
    readFailed(ports, MOST),
    ports.tallies.ofDay(now),
  ]);
  const asked = TX_TABS.find(({ key }) => key === query.get('tab'));
  const tab =
    asked ?? TX_TABS.find(({ key }) => key === (failed.shipments.length > 0 ? 'failed' : 'pending'));
  const key = tab?.key ?? 'pending';
  const [cause, who] = [query.get('cause') ?? '', query.get('who') ?? ''];
  const inTab = (states: readonly string[]) => ({
    ...unsent,
    shipments: unsent.shipments.filter(({ state }) => states.includes(state)),
  });
  const found: Record<TxTab, () => Promise<Found> | Found> = {
    pending: () => inTab(TX_TABS[0].states),
    retrying: () => inTab(TX_TABS[1].states),
    failed: () => ({ ...failed, shipments: failed.shipments.filter((one) => isOf(one, cause, who)) }),
    done: () => readDone(context),
  };
  const { shipments, cut } = await found[key]();
  const shown = shipments.toSorted(ORDERS[key]).slice(0, as === 'csv' ? SHOWN_IN_CSV : SHOWN);
  const names = await namesOf(context, shown);
  const causes = countCauses(failed.shipments);
  return {
    tab: key,
    cause,
    who,
    counts: {
      pending: inTab(TX_TABS[0].states).shipments.length,
      retrying: inTab(TX_TABS[1].states).shipments.length,
      failed: failed.shipments.length,
      done: tallies.reduce((sum, { done }) => sum + done, 0),
    },
    causes,
    byWho: countWho(causes),
    rows: shown.map((shipment) => txRow(shipment, names, now)),
    matching: shipments.length,
    cut,
  };
};

/** Whether a failed one is among those asked for; '' asks for all. */
export const isOf = (shipment: ListedShipment, cause: string, who: string): boolean => {
  const of = causeOf(shipment);
  return (cause === '' || of.key === cause) && (who === '' || of.who === who);
};

const oldestFirst = (a: ListedShipment, b: ListedShipment): number => a.receivedAt - b.receivedAt;
const latestFirst = (a: ListedShipment, b: ListedShipment): number =>
  (b.booking?.at ?? 0) - (a.booking?.at ?? 0);
const ORDERS: Readonly<Record<TxTab, (a: ListedShipment, b: ListedShipment) => number>> = {
  pending: oldestFirst,
  retrying: oldestFirst,
  failed: oldestFirst,
  done: latestFirst,
};

/** Among the newest shipments of every shop: there is no list of what ePost took. */
const readDone = async ({ ports, now }: Context): Promise<Found> => {
  const shops = await shopsOf(ports);
  const { shipments, covered } = await recentOf(
    ports,
    shops.map(({ contractId }) => contractId),
  );
  const today = koreanDay(now);
  return {
    shipments: shipments.filter(({ booking }) => booking !== undefined && koreanDay(booking.at) === today),
    cut: !covered.whole,
  };
};

const namesOf = async ({ ports }: Context, shipments: readonly ListedShipment[]) => {
  const ids = [...new Set(shipments.map(({ contractId }) => contractId))];
  return new Map(await Promise.all(ids.map(async (id) => [id, await shopName(ports, id)] as const)));
};
