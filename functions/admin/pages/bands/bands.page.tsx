import type { Context, Page, RailCount, Read, View } from '../../page.ts';
import type { Ports } from '../../ports.ts';
import { FilterForm } from '../../ui/filter.tsx';
import { Card, PageHead } from '../../ui/frame.tsx';
import { Tag } from '../../ui/icon.tsx';
import { Empty } from '../../ui/message.tsx';
import { ListFoot, Table } from '../../ui/table.tsx';
import { BLOCK_WORDS, SHIPMENT_WORDS } from '../../vocabulary.ts';
import { waybillNumber } from '../../mask.ts';
import { asNumber } from '../shipments/search.ts';
import { bandColumns, bandsCsv } from './band-columns.tsx';
import { type BandRow, byUrgency, needsNumbers, needsSomebody, readBand } from './band-row.ts';
import { bandShopsOf } from './band-shops.ts';
import { type WhereIs, whereIs } from './where-is.ts';

export interface BandsModel {
  /** a number, or a part of a shop's name */
  q: string;
  found?: WhereIs;
  rows: BandRow[];
  /** matching in all, and how many stand before the first row */
  total: number;
  from: number;
  low: number;
}

const PATH = '/bands';
const PAGE_SIZE = 50;

const read = async (context: Context): Promise<Read<BandsModel>> => {
  const { ports, query, now, as } = context;
  const q = (query.get('q') ?? '').trim().slice(0, 100);
  const number = asNumber(q);
  const [found, all] = await Promise.all([
    number === undefined ? undefined : whereIs(ports, number, now),
    readBands(ports, now),
  ]);
  const hits = number === undefined ? all.filter(({ shop }) => shop.includes(q)) : all;
  const page = Math.max(1, Math.floor(Number(query.get('page'))) || 1);
  const from = as === 'csv' ? 0 : Math.min((page - 1) * PAGE_SIZE, Math.max(0, hits.length - 1));
  const rows = as === 'csv' ? hits : hits.slice(from, from + PAGE_SIZE);
  const low = all.filter(needsNumbers).length;
  return { outcome: 'found', model: { q, ...(found && { found }), rows, total: hits.length, from, low } };
};

const readBands = async (ports: Ports, now: number): Promise<BandRow[]> => {
  const [calendar, shops] = await Promise.all([ports.calendar(), bandShopsOf(ports)]);
  const bands = await Promise.all(shops.map((shop) => readBand(ports, shop, calendar, now)));
  return bands.map(({ row }) => row).toSorted(byUrgency);
};

/** Contracts whose numbers run out; those that never had any are not looked up for the rail. */
const waiting = async (ports: Ports, now: number): Promise<RailCount | undefined> => {
  const [calendar, owners] = await Promise.all([ports.calendar(), ports.pools.owners()]);
  const bands = await Promise.all(
    owners.map(async (contractId) => {
      const contract = await ports.contract(contractId);
      return readBand(ports, { contractId, name: contractId, ...(contract && { contract }) }, calendar, now);
    }),
  );
  const waits = bands.filter(({ row }) => needsSomebody(row)).length;
  return waits === 0 ? undefined : { shown: waits, means: '곳 운송장번호 확인 필요', tone: 'warn' };
};

export const bandsPage: Page<BandsModel> = {
  path: PATH,
  role: 'view',
  rail: 'bands',
  title: () => '운송장번호',
  read,
  waiting,
  render: (model, view) => (
    <>
      <PageHead
        title="운송장번호"
        sub={
          model.low > 0
            ? `번호를 더 받아야 할 쇼핑몰이 ${model.low}곳 있습니다. 관할 우체국에 추가를 요청해 주세요.`
            : '관할 우체국에서 받은 번호입니다. 먼저 떨어질 쇼핑몰이 위에 옵니다.'
        }
      />
      <FilterForm
        action={PATH}
        clear={PATH}
        fields={[
          {
            name: 'q',
            label: '찾기',
            value: model.q,
            placeholder: '쇼핑몰 이름, 또는 어디 있는지 알고 싶은 운송장번호 13자리',
          },
        ]}
      />
      {model.found && <Where found={model.found} />}
      <List model={model} view={view} />
    </>
  ),
  csv: ({ rows }) => bandsCsv(rows),
};

const List = ({ model, view }: { model: BandsModel; view: View }) => {
  const { rows, total, from, q } = model;
  const next = new URLSearchParams(view.query);
  next.set('page', String(Math.floor(from / PAGE_SIZE) + 2));
  const csv = new URLSearchParams(view.query);
  csv.set('format', 'csv');
  return (
    <Card bare>
      <Table
        caption={`쇼핑몰 ${total.toLocaleString('ko')}곳의 운송장번호, 먼저 떨어질 순서`}
        columns={bandColumns(view)}
        rows={rows}
        rowClass={({ code }) =>
          ['frozen', 'empty', 'soon'].includes(code) ? 'over' : code === 'low' ? 'today' : undefined
        }
        empty={
          q === '' ? (
            <Empty text="등록한 대역이 없습니다. 신청이 들어오면 쇼핑몰이 여기에 나타나고, 관할 우체국에서 받은 번호를 추가할 수 있습니다.">
              <a class="btn" href="/applications">
                신청 심사 보기
              </a>
            </Empty>
          ) : (
            <Empty text={`'${q}'와 맞는 쇼핑몰이 없습니다. 이름의 일부만 넣어 보세요.`}>
              <a class="btn" href={PATH}>
                조건 지우기
              </a>
            </Empty>
          )
        }
      />
      {rows.length > 0 && (
        <ListFoot
          text={`${total.toLocaleString('ko')}곳 중 ${from + 1}-${from + rows.length}곳 · 하루 평균은 최근 14일의 영업일 기준입니다`}
          csv={`${PATH}?${csv.toString()}`}
          {...(from + rows.length < total && { next: `${PATH}?${next.toString()}` })}
        />
      )}
    </Card>
  );
};

const Where = ({ found }: { found: WhereIs }) => (
  <section class="card found" aria-label="찾은 번호" role="status">
    <div class="b gap">
      <div class="row">
        <h2>{waybillNumber(found.number)}</h2>
        {found.code && <Tag word={SHIPMENT_WORDS[found.code]} />}
        {found.outcome === 'retired' && <Tag word={BLOCK_WORDS.retired} />}
      </div>
      <p>
        {found.place && `${found.place}입니다. `}
        {found.says}
      </p>
      <p class="row">
        {found.links.map(({ href, label }) => (
          <a href={href}>{label}</a>
        ))}
      </p>
    </div>
  </section>
);
