import type { Application, ApplicationStatus } from '../../../merchant/application.ts';
import { UNDECIDED } from '../../../merchant/application.ts';
import { everyApplication } from '../../../merchant/every-application.ts';
import type { Context, Page, RailCount, Read } from '../../page.ts';
import type { Ports } from '../../ports.ts';
import { listCsv } from './csv.ts';
import {
  inOrder,
  type ListQuery,
  matches,
  queryOf,
  type Row,
  rowOf,
  type TabKey,
  TABS,
} from './list-model.ts';
import { ListView } from './list-view.tsx';

export interface ListModel {
  query: ListQuery;
  tabs: { key: TabKey; label: string; count: number }[];
  rows: Row[];
  /** matching in all, and how many stand before the first row */
  total: number;
  from: number;
  /** more were stored than were looked through */
  cut: boolean;
}

const PAGE_SIZE = 50;
/** A page of the console never reads more than this; the search then says so. */
const MOST_READ = 2000;
const MOST_IN_FILE = 20_000;

export const applicationsPage: Page<ListModel> = {
  path: '/applications',
  role: 'view',
  rail: 'applications',
  title: () => '신청 심사',
  read: async (context): Promise<Read<ListModel>> => ({
    outcome: 'found',
    model: await readList(context, queryOf(context.query)),
  }),
  render: (model, view) => <ListView model={model} view={view} />,
  csv: listCsv,
  waiting: (ports) => waitingApplications(ports),
};

/** A number is a promise that something waits: everything undecided does. */
export const waitingApplications = async (
  ports: Pick<Ports, 'applicationCounts'>,
): Promise<RailCount | undefined> => {
  const count = await countOf(ports, UNDECIDED);
  return count === 0 ? undefined : { shown: count, means: '건 처리 필요', tone: 'warn' };
};

const countOf = async (
  { applicationCounts }: Pick<Ports, 'applicationCounts'>,
  statuses: readonly ApplicationStatus[],
): Promise<number> => {
  const counts = await Promise.all(statuses.map((status) => applicationCounts.of(status)));
  return counts.reduce((sum, count) => sum + count, 0);
};

const readList = async (context: Context, query: ListQuery): Promise<ListModel> => {
  const { ports, now, operator, as } = context;
  const tab = TABS.find(({ key }) => key === query.tab) ?? TABS[0];
  const most = as === 'csv' ? MOST_IN_FILE : MOST_READ;
  const [calendar, found, counts] = await Promise.all([
    ports.calendar(),
    readSome(ports, tab.statuses, most),
    Promise.all(TABS.map(({ statuses }) => countOf(ports, statuses))),
  ]);
  const hits = found.applications
    .filter((application) => matches(application, query, operator.id))
    .toSorted(inOrder);
  const from = as === 'csv' ? 0 : Math.min((query.page - 1) * PAGE_SIZE, Math.max(0, hits.length - 1));
  const shown = as === 'csv' ? hits : hits.slice(from, from + PAGE_SIZE);
  return {
    query,
    tabs: TABS.map(({ key, label }, i) => ({ key, label, count: counts[i] ?? 0 })),
    rows: shown.map((application) => rowOf(application, calendar, now)),
    total: hits.length,
    from,
    cut: found.cut,
  };
};

const readSome = async (
  { applications }: Ports,
  statuses: readonly ApplicationStatus[],
  most: number,
): Promise<{ applications: Application[]; cut: boolean }> => {
  const found: Application[] = [];
  for await (const application of everyApplication(applications, statuses)) {
    if (found.length === most) return { applications: found, cut: true };
    found.push(application);
  }
  return { applications: found, cut: false };
};
