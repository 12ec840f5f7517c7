import type { View } from '../../page.ts';
import { FilterForm } from '../../ui/filter.tsx';
import { PageHead, Tabs } from '../../ui/frame.tsx';
import { Icon, Tag } from '../../ui/icon.tsx';
import { Empty } from '../../ui/message.tsx';
import { Moment } from '../../ui/moment.tsx';
import { type Column, ListFoot, Table } from '../../ui/table.tsx';
import { APPLICATION_WORDS } from '../../vocabulary.ts';
import type { ListModel } from './applications.page.tsx';
import type { ListQuery, Row } from './list-model.ts';

const PATH = '/applications';
const KINDS = [
  { value: '', label: '전체' },
  { value: 'shop', label: '쇼핑몰' },
  { value: 'seller', label: '입점사' },
];
const OWNERS = [
  { value: '', label: '전체' },
  { value: 'me', label: '나' },
  { value: 'nobody', label: '담당자 없음' },
];

export const ListView = ({ model, view }: { model: ListModel; view: View }) => {
  const { query, rows, total, from } = model;
  const tab = model.tabs.find(({ key }) => key === query.tab);
  return (
    <>
      <PageHead
        title="신청 심사"
        sub="신청 후 3영업일 안에 승인하거나 보류 사유를 알려야 합니다. 기한이 가까운 순서입니다."
      />
      <Tabs
        label="상태별 보기"
        tabs={model.tabs.map(({ key, label, count }) => ({
          href: addressOf({ tab: key }),
          label,
          count,
          current: key === query.tab,
          ...(key === 'todo' && count > 0 && { tone: 'warn' as const }),
        }))}
      />
      <FilterForm
        action={PATH}
        keep={{ tab: query.tab }}
        clear={addressOf({ tab: query.tab })}
        fields={[
          { name: 'q', label: '찾기', value: query.q, placeholder: '상호, 도메인, 고객번호, 사업자번호' },
          { name: 'kind', label: '구분', value: query.kind, options: KINDS },
          { name: 'who', label: '담당자', value: query.who, options: OWNERS },
        ]}
      />
      <div class="card">
        <Table
          caption={`${tab?.label ?? ''} 신청 ${total}건, 기한이 가까운 순서`}
          columns={columns(view.now)}
          rows={rows}
          rowClass={({ due }) => (due.mark === 'over' || due.mark === 'today' ? due.mark : undefined)}
          empty={<Nothing query={query} />}
        />
        {rows.length > 0 && (
          <ListFoot
            text={`${total.toLocaleString('ko')}건 중 ${from + 1}-${from + rows.length}건${
              model.cut ? ' · 앞의 2,000건 안에서 찾았습니다. 조건을 더 넣어 주세요.' : ''
            }`}
            csv={addressOf({ ...query, page: 1 }, { format: 'csv' })}
            {...(from + rows.length < total && { next: addressOf({ ...query, page: query.page + 1 }) })}
          >
            <span class="sm mute">
              <kbd>/</kbd> 찾기 · 상호를 눌러 심사 화면을 엽니다
            </span>
          </ListFoot>
        )}
      </div>
    </>
  );
};

const addressOf = (query: Partial<ListQuery>, more: Record<string, string> = {}): string => {
  const given = { tab: query.tab, q: query.q, kind: query.kind, who: query.who };
  const set = Object.entries(given).filter(([, value]) => value !== undefined && value !== '');
  const page = query.page !== undefined && query.page > 1 ? { page: String(query.page) } : {};
  const text = new URLSearchParams({ ...Object.fromEntries(set), ...page, ...more }).toString();
  return text === '' ? PATH : `${PATH}?${text}`;
};

const columns = (now: number): Column<Row>[] => [
  {
    head: '승인 기한',
    class: 'due nw',
    sorted: 'ascending',
    cell: ({ due }) => (
      <>
        <b>
          <time datetime={new Date(due.at).toISOString()}>{due.day}</time>
        </b>
        <span class="w">{due.words}</span>
      </>
    ),
  },
  {
    head: '상호',
    names: true,
    cell: (row) => (
      <>
        <a href={`${PATH}/${encodeURIComponent(row.applicationId)}`}>{row.companyName}</a>
        <div class="sm mute">
          {row.kind}
          {row.domain !== undefined && ` · ${row.domain}`}
        </div>
      </>
    ),
  },
  { head: '우체국 고객번호', class: 'nw', cell: ({ customerNo }) => customerNo },
  {
    head: '자동 점검',
    cell: ({ checks }) => (
      <span class="nw">
        <span class={`k-${checks.word.tone}`}>
          <Icon name={checks.word.icon} size={14} />
        </span>{' '}
        {checks.words}
      </span>
    ),
  },
  { head: '상태', cell: ({ status }) => <Tag word={APPLICATION_WORDS[status]} /> },
  {
    head: '신청 시각',
    class: 'nw',
    cell: ({ submittedAt }) => <Moment at={submittedAt} now={now} relative="below" />,
  },
  {
    head: '담당자',
    class: 'nw',
    cell: ({ assignee }) => assignee ?? <span class="mute">없음</span>,
  },
];

const Nothing = ({ query }: { query: ListQuery }) => {
  if (query.q !== '')
    return (
      <Empty text={`'${query.q}'와 맞는 신청이 없습니다. 상호 일부나 고객번호 숫자만 넣어 보세요.`}>
        <a class="btn" href={addressOf({ tab: query.tab })}>
          조건 지우기
        </a>
      </Empty>
    );
  if (query.kind !== '' || query.who !== '')
    return (
      <Empty text="고른 조건과 맞는 신청이 없습니다.">
        <a class="btn" href={addressOf({ tab: query.tab })}>
          조건 지우기
        </a>
      </Empty>
    );
  return query.tab === 'todo' ? (
    <Empty text="처리할 신청이 없습니다. 새 신청이 들어오면 여기에 나타납니다." />
  ) : (
    <Empty text="이 상태의 신청이 없습니다." />
  );
};
