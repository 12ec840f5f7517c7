import { DEEDS } from '../../../audit/deeds.ts';
import type { Context, CsvTable, Page, Read, View } from '../../page.ts';
import { momentOnPaper } from '../../time.ts';
import { Card, PageHead } from '../../ui/frame.tsx';
import { FilterForm } from '../../ui/filter.tsx';
import { Empty, Note } from '../../ui/message.tsx';
import { Moment } from '../../ui/moment.tsx';
import { type Column, ListFoot, Table } from '../../ui/table.tsx';
import { checkChain } from './chain.ts';
import { type AuditQuery, findRows, queryOf } from './find.ts';
import { type AuditModel, type Row, rowOf } from './model.ts';

const PATH = '/audit';
const ON_SCREEN = { shown: 50, looked: 2000 };
const IN_FILE = { shown: 5000, looked: 20_000 };

const read = async ({ ports, query: asked, as }: Context): Promise<Read<AuditModel>> => {
  const query = queryOf(asked);
  const found = await findRows(ports.audit, query, as === 'csv' ? IN_FILE : ON_SCREEN);
  const chain = asked.get('check') === 'chain' ? await checkChain(ports.audit, found) : undefined;
  const [newest, oldest] = [found.walked?.[0], found.walked?.at(-1)];
  return {
    outcome: 'found',
    model: {
      query,
      rows: found.rows.map(rowOf),
      ...(found.walked && { looked: found.walked.length }),
      ...(newest && oldest && { from: newest.seq, to: oldest.seq }),
      ...(found.next !== undefined && { next: found.next }),
      ...(chain && { chain }),
    },
  };
};

export const auditPage: Page<AuditModel> = {
  path: PATH,
  role: 'view',
  rail: 'audit',
  title: () => '처리 기록',
  read,
  render: (model, view) => <AuditView model={model} view={view} />,
  csv: (model) => csvOf(model),
};

const AuditView = ({ model, view }: { model: AuditModel; view: View }) => (
  <>
    <PageHead
      title="처리 기록"
      sub="누가 언제 무엇을 했는지 최근 순서로 보여 줍니다. 기록은 더하기만 하고, 고치거나 지우지 않습니다."
    >
      {model.rows.length > 0 && (
        <a class="btn noprint" href={addressOf(model.query, { check: 'chain' })}>
          사슬 확인
        </a>
      )}
    </PageHead>
    {model.chain && (
      <Note tone={model.chain.whole ? 'ok' : 'bad'}>
        <p>{model.chain.says}</p>
      </Note>
    )}
    <FilterForm
      action={PATH}
      clear={PATH}
      fields={[
        {
          name: 'subject',
          label: '대상',
          value: model.query.subject,
          placeholder: '신청 번호, 출고 번호, 대역',
        },
        { name: 'what', label: '무엇을', value: model.query.what, options: DEED_OPTIONS },
        { name: 'who', label: '누가', value: model.query.who },
        { name: 'on', label: '날짜', value: model.query.on, type: 'date' },
      ]}
    />
    <Card bare>
      <Table
        caption={`처리 기록 ${model.rows.length}건, 최근 순서`}
        columns={columns(view.now)}
        rows={model.rows}
        empty={<Nothing model={model} />}
      />
      {(model.rows.length > 0 || model.next !== undefined) && (
        <ListFoot
          text={footOf(model)}
          csv={addressOf(model.query, { format: 'csv' })}
          {...(model.next !== undefined && { next: addressOf(model.query, { before: String(model.next) }) })}
        >
          {model.query.before !== undefined && (
            <a class="sm" href={addressOf(model.query, { before: '' })}>
              처음으로
            </a>
          )}
        </ListFoot>
      )}
    </Card>
  </>
);

const DEED_OPTIONS = [
  { value: '', label: '전체' },
  ...Object.entries(DEEDS).map(([value, label]) => ({ value, label })),
];

const columns = (now: number): Column<Row>[] => [
  {
    head: '시각',
    class: 'nw',
    sorted: 'descending',
    cell: ({ at }) => <Moment at={at} now={now} as="seconds" relative="below" />,
  },
  {
    head: '누가',
    cell: ({ who, whoKind }) => (
      <>
        {who}
        {whoKind !== 'operator' && <span class="sm mute below">{KINDS[whoKind]}</span>}
      </>
    ),
  },
  { head: '무엇을', names: true, cell: (row) => <What row={row} /> },
  { head: '대상', cell: ({ about, href }) => (href === undefined ? about : <a href={href}>{about}</a>) },
  { head: '사유', cell: ({ reason }) => reason ?? '' },
  { head: '요청 번호', cell: ({ requestId }) => requestId && <code>{requestId}</code> },
];
const KINDS = { merchant: '쇼핑몰에서', system: '자동' } as const;

const What = ({ row }: { row: Row }) => (
  <>
    <b>{row.deed}</b>
    {(row.before !== undefined || row.after !== undefined) && (
      <details class="sm">
        <summary>바뀐 내용</summary>
        <pre tabindex={0}>
          {[lineOf('전', row.before), lineOf('후', row.after)].filter((line) => line !== '').join('\n')}
        </pre>
      </details>
    )}
  </>
);
const lineOf = (when: string, value: Row['after']): string =>
  value === undefined ? '' : `${when} ${JSON.stringify(value)}`;

const Nothing = ({ model: { query, looked, next } }: { model: AuditModel }) => {
  const asked = query.subject !== '' || query.what !== '' || query.who !== '' || query.on !== '';
  return asked ? (
    <Empty
      text={
        next === undefined
          ? '조건과 맞는 기록이 없습니다. 조건을 줄여 보세요.'
          : `최근 ${looked?.toLocaleString('ko')}건에는 조건과 맞는 기록이 없습니다. 다음 목록에서 더 오래된 기록을 찾습니다.`
      }
    >
      <a class="btn" href={PATH}>
        조건 지우기
      </a>
    </Empty>
  ) : (
    <Empty text="아직 기록이 없습니다. 신청을 처리하거나 설정을 바꾸면 여기에 남습니다." />
  );
};

const footOf = ({ rows, looked, from, to }: AuditModel): string =>
  looked === undefined || from === undefined || to === undefined
    ? `${rows.length.toLocaleString('ko')}건`
    : `${rows.length.toLocaleString('ko')}건 · ${from}번부터 ${to}번까지 ${looked.toLocaleString('ko')}건 가운데`;

const addressOf = ({ before, ...query }: AuditQuery, more: Readonly<Record<string, string>>): string => {
  const all = { ...query, ...(before !== undefined && { before: String(before) }), ...more };
  const text = new URLSearchParams(Object.entries(all).filter(([, value]) => value !== '')).toString();
  return text === '' ? PATH : `${PATH}?${text}`;
};

const csvOf = ({ rows }: AuditModel): CsvTable => ({
  name: 'audit',
  head: ['번호', '시각', '누가', '무엇을', '대상', '사유', '요청 번호', '전', '후'],
  rows: rows.map((row) => [
    row.seq,
    momentOnPaper(row.at),
    row.who,
    row.deed,
    row.subject,
    row.reason ?? '',
    row.requestId ?? '',
    row.before === undefined ? '' : JSON.stringify(row.before),
    row.after === undefined ? '' : JSON.stringify(row.after),
  ]),
});
