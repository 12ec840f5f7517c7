import type { Ports } from './ports.ts';
import type { Operator, RailCount, RailItem, Registry } from './page.ts';
import { allows } from './role.ts';

export interface RailEntry {
  item: RailItem;
  label: string;
  href: string;
  count?: RailCount;
}
export interface RailGroup {
  name: string;
  entries: readonly RailEntry[];
}

const GROUPS: readonly { name: string; entries: readonly [RailItem, string, string][] }[] = [
  {
    name: '업무',
    entries: [
      ['overview', '개요', '/'],
      ['applications', '신청 심사', '/applications'],
      ['shipments', '배송 조회', '/shipments'],
    ],
  },
  {
    name: '상태',
    entries: [
      ['transmissions', '전송', '/transmissions'],
      ['syncs', '배송상태 갱신', '/syncs'],
      ['bands', '운송장번호', '/bands'],
      ['dlq', '실패 보관함', '/dlq'],
    ],
  },
  {
    name: '기록',
    entries: [
      ['messages', '문자 발송', '/messages'],
      ['audit', '처리 기록', '/audit'],
    ],
  },
  { name: '설정', entries: [['holidays', '공휴일', '/settings/holidays']] },
];

/** What an operator may open, with what waits there. */
export const railFor = (
  registry: Registry,
  operator: Operator,
  counts: ReadonlyMap<RailItem, RailCount>,
): RailGroup[] =>
  GROUPS.map(({ name, entries }) => ({
    name,
    entries: entries
      .filter(([item, , href]) =>
        registry.pages.some(
          (page) => page.path === href && page.rail === item && allows(operator.role, page.role),
        ),
      )
      .map(([item, label, href]) => {
        const count = counts.get(item);
        return { item, label, href, ...(count && { count }) };
      }),
  })).filter(({ entries }) => entries.length > 0);

const REMEMBERED_MS = 5_000;

/**
 * Reads what waits, at most every five seconds. A count that cannot be read is left out and counted: the pages
 * themselves must still open.
 */
export const createRailCounts = (registry: Registry, ports: Ports) => {
  let known: { counts: ReadonlyMap<RailItem, RailCount>; until: number } | undefined;
  return async (now: number): Promise<ReadonlyMap<RailItem, RailCount>> => {
    if (known !== undefined && known.until > now && known.until <= now + REMEMBERED_MS) return known.counts;
    const found = await Promise.all(
      registry.pages.map(async ({ rail, waiting }) => {
        if (rail === undefined || waiting === undefined) return undefined;
        try {
          const count = await waiting(ports, now);
          return count && ([rail, count] as const);
        } catch {
          ports.count('RailCountFailed');
          return undefined;
        }
      }),
    );
    const counts = new Map(found.filter((one) => one !== undefined));
    known = { counts, until: now + REMEMBERED_MS };
    return counts;
  };
};
