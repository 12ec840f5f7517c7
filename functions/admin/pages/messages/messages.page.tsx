import type { Context, Page, RailCount, Read, View } from '../../page.ts';
import type { Ports } from '../../ports.ts';
import { momentOnPaper } from '../../time.ts';
import { Card, PageHead, Tabs } from '../../ui/frame.tsx';
import { FilterForm } from '../../ui/filter.tsx';
import { Tag } from '../../ui/icon.tsx';
import { Empty } from '../../ui/message.tsx';
import { Moment } from '../../ui/moment.tsx';
import { type Column, ListFoot, Table } from '../../ui/table.tsx';
import { MESSAGE_WORDS } from '../../vocabulary.ts';
import { applicationIdOf, type MessageRow, rowOf } from './row.ts';
import { listMessages, type MessagesQuery, queryOf, type TabKey, TABS } from './list.ts';

export interface MessagesModel {
  query: MessagesQuery;
  /** what is sent is not counted: it only ever grows */
  tabs: { key: TabKey; label: string; count?: number }[];
  rows: MessageRow[];
  looked: number;
  /** of the next, older part */
  cursor?: string;
}

const PATH = '/messages';
const ON_SCREEN = { enough: 50, looked: 1000 };
const IN_FILE = { enough: 5000, looked: 20_000 };

const read = async (context: Context): Promise<Read<MessagesModel>> => {
  const { ports, now } = context;
  const query = queryOf(context.query);
  const [listed, counts] = await Promise.all([
    listMessages(ports, query, context.as === 'csv' ? IN_FILE : ON_SCREEN),
    countsOf(ports),
  ]);
  const { messages, names, looked, cursor } = listed;
  const nameOf = (id: string | undefined) => (id === undefined ? undefined : names.get(id));
  return {
    outcome: 'found',
    model: {
      query,
      tabs: TABS.map(({ key, label }) => ({ key, label, ...counts[key] })),
      rows: messages.map((message) => rowOf(message, nameOf(applicationIdOf(message)), now)),
      looked,
      ...(cursor !== undefined && { cursor }),
    },
  };
};

const countsOf = async ({
  messages,
}: Pick<Ports, 'messages'>): Promise<Partial<Record<TabKey, { count: number }>>> => {
  const [pending, sending, failed, unknown] = await Promise.all(
    (['pending', 'sending', 'failed', 'unknown'] as const).map((state) => messages.count(state)),
  );
  return {
    waiting: { count: (pending ?? 0) + (sending ?? 0) },
    failed: { count: failed ?? 0 },
    unknown: { count: unknown ?? 0 },
  };
};

export const messagesPage: Page<MessagesModel> = {
  path: PATH,
  role: 'view',
  rail: 'messages',
  title: () => '문자 발송',
  read,
  render: (model, view) => <MessagesView model={model} view={view} />,
  csv: ({ rows, query }) => ({
    name: `messages-${query.tab}`,
    head: ['시각', '쇼핑몰', '받는 번호', '용도', '상태', '설명', '글자', '바이트', '내용'],
    rows: rows.map((row) => [
      momentOnPaper(row.at),
      row.merchant,
      row.number,
      row.use,
      MESSAGE_WORDS[row.state].label,
      row.says ?? '',
      row.length.units,
      row.length.bytes,
      row.text,
    ]),
  }),
  waiting: async ({ messages }): Promise<RailCount | undefined> => {
    const count = await messages.count('failed');
    return count === 0 ? undefined : { shown: count, means: '건 발송실패', tone: 'bad' };
  },
};

const MessagesView = ({ model, view }: { model: MessagesModel; view: View }) => {
  const { query, rows, looked, cursor } = model;
  return (
    <>
      <PageHead
        title="문자 발송"
        sub="결정 하나에 문자 한 건이 한 번만 나갑니다. 밤 21:00부터 08:00까지는 기다렸다가 보냅니다."
      />
      <Tabs
        label="상태별 보기"
        tabs={model.tabs.map(({ key, label, count }) => ({
          href: addressOf({ tab: key, q: query.q }),
          label,
          current: key === query.tab,
          ...(count !== undefined && { count }),
          ...(count !== undefined && count > 0 && key !== 'waiting' && { tone: TONES[key] }),
        }))}
      />
      <FilterForm
        action={PATH}
        keep={{ tab: query.tab }}
        clear={addressOf({ tab: query.tab, q: '' })}
        fields={[
          { name: 'q', label: '쇼핑몰', value: query.q, placeholder: '상호, 도메인, 고객번호, 사업자번호' },
        ]}
      />
      <Card bare>
        <Table
          caption={`${TABS.find(({ key }) => key === query.tab)?.label ?? ''} 문자 ${rows.length}건, 최근 순서`}
          columns={columns(view.now)}
          rows={rows}
          empty={<Nothing model={model} />}
        />
        {(rows.length > 0 || cursor !== undefined) && (
          <ListFoot
            text={`${rows.length.toLocaleString('ko')}건${query.q === '' ? '' : ` · 문자 ${looked.toLocaleString('ko')}건 가운데`}`}
            csv={addressOf(query, { format: 'csv' })}
            {...(cursor !== undefined && { next: addressOf(query, { cursor }) })}
          >
            {query.cursor !== undefined && (
              <a class="sm" href={addressOf(query)}>
                처음으로
              </a>
            )}
          </ListFoot>
        )}
      </Card>
    </>
  );
};

const TONES = { failed: 'bad', unknown: 'warn', all: 'warn', sent: 'warn' } as const;

const columns = (now: number): Column<MessageRow>[] => [
  {
    head: '시각',
    class: 'nw',
    sorted: 'descending',
    cell: ({ at }) => <Moment at={at} now={now} relative="below" />,
  },
  {
    head: '용도',
    names: true,
    cell: (row) => (
      <>
        <a href={`${PATH}/${encodeURIComponent(row.messageId)}`}>{row.use}</a>
        <div class="sm mute">{row.text}</div>
      </>
    ),
  },
  {
    head: '쇼핑몰',
    cell: ({ merchant, applicationId }) =>
      applicationId === undefined ? (
        merchant
      ) : (
        <a href={`/applications/${encodeURIComponent(applicationId)}`}>{merchant}</a>
      ),
  },
  { head: '받는 번호', class: 'nw', cell: ({ number }) => number },
  {
    head: '길이',
    class: 'nw',
    cell: ({ length }) => (
      <>
        {length.units}/70자<span class="sm mute below">{length.bytes}/90바이트</span>
      </>
    ),
  },
  {
    head: '상태',
    cell: ({ state, says }) => (
      <>
        <Tag word={MESSAGE_WORDS[state]} />
        {says !== undefined && <span class="sm mute below">{says}</span>}
      </>
    ),
  },
];

const Nothing = ({ model: { query, looked, cursor } }: { model: MessagesModel }) => {
  if (query.q !== '')
    return (
      <Empty
        text={
          cursor === undefined
            ? `'${query.q}'와 맞는 쇼핑몰의 문자가 없습니다. 상호 일부나 고객번호 숫자만 넣어 보세요.`
            : `최근 문자 ${looked.toLocaleString('ko')}건에는 '${query.q}'와 맞는 쇼핑몰의 문자가 없습니다. 다음 목록에서 더 찾습니다.`
        }
      >
        <a class="btn" href={addressOf({ ...query, q: '' })}>
          조건 지우기
        </a>
      </Empty>
    );
  return <Empty text={EMPTY[query.tab]} />;
};
const EMPTY: Readonly<Record<TabKey, string>> = {
  all: '보낸 문자가 없습니다. 신청을 승인보류로 바꾸면 여기에 나타납니다.',
  waiting: '보낼 차례를 기다리는 문자가 없습니다.',
  sent: '보낸 문자가 없습니다.',
  failed: '보내지 못한 문자가 없습니다.',
  unknown: '도착을 알 수 없는 문자가 없습니다.',
};

const addressOf = (
  { tab, q }: Pick<MessagesQuery, 'tab' | 'q'>,
  more: Readonly<Record<string, string>> = {},
): string => {
  const all = { ...(tab !== 'all' && { tab }), ...(q !== '' && { q }), ...more };
  const text = new URLSearchParams(all).toString();
  return text === '' ? PATH : `${PATH}?${text}`;
};
