import type { Context, Page, Read } from '../../page.ts';
import { momentOnPaper, span } from '../../time.ts';
import { Card, PageHead } from '../../ui/frame.tsx';
import { FilterForm } from '../../ui/filter.tsx';
import { Tag } from '../../ui/icon.tsx';
import { Empty } from '../../ui/message.tsx';
import { Moment } from '../../ui/moment.tsx';
import { type Column, ListFoot, Table } from '../../ui/table.tsx';
import { SHIPMENT_WORDS, type ShipmentCode } from '../../vocabulary.ts';
import { type Shop, shopsOf } from '../shops.ts';
import { rowOf, shipmentPath, type ShipmentRow } from './row.ts';
import { asNumber, recentOf, search } from './search.ts';
import { coveredSentence, notFoundSentence, numberSentence } from './sentences.ts';

export interface ShipmentsModel {
  q: string;
  shop: string;
  state: string;
  on: string;
  shops: Shop[];
  rows: ShipmentRow[];
  /** how many match; more than are shown */
  matching: number;
  /** what was looked through */
  covered?: string;
  /** why nothing is listed */
  says?: string;
}

const SHOWN = 100;
const SHOWN_IN_CSV = 5000;

/** `on`: yyyy-mm-dd of Korea. */
const isOn = (at: number, on: string): boolean =>
  on === '' || new Date(at + 9 * 3_600_000).toISOString().slice(0, 10) === on;

const read = async (context: Context): Promise<Read<ShipmentsModel>> => {
  const { ports, query, now } = context;
  const asked = (name: string) => (query.get(name) ?? '').trim();
  const [q, shop, state, on] = [asked('q'), asked('shop'), asked('state'), asked('on')];
  const shops = await shopsOf(ports);
  const names = new Map(shops.map(({ contractId, name }) => [contractId, name]));
  const where = shop === '' ? shops.map(({ contractId }) => contractId) : [shop];
  const none: ShipmentsModel = { q, shop, state, on, shops, rows: [], matching: 0 };
  if (q === '' && shop === '' && state === '' && on === '')
    return { outcome: 'found', model: { ...none, says: '운송장번호 13자리나 주문번호를 넣어 주세요.' } };
  const searched =
    q === ''
      ? { outcome: 'several' as const, ...(await recentOf(ports, where)) }
      : await search(ports, q, where);
  switch (searched.outcome) {
    case 'one':
      return { outcome: 'redirect', to: `/shipments/${searched.path}` };
    case 'no-shipment': {
      const owner = names.get(searched.number.contractId) ?? searched.number.contractId;
      return {
        outcome: 'found',
        model: { ...none, says: numberSentence(asNumber(q) ?? q, searched.number, owner, now) },
      };
    }
    case 'none':
      return {
        outcome: 'found',
        model: { ...none, says: notFoundSentence(q), covered: coveredSentence(searched.covered, now) },
      };
    case 'several': {
      const rows = searched.shipments
        .map((shipment) => rowOf(shipment, names))
        .filter(({ code, receivedAt }) => (state === '' || code === state) && isOn(receivedAt, on));
      const model: ShipmentsModel = {
        ...none,
        rows: rows.slice(0, context.as === 'csv' ? SHOWN_IN_CSV : SHOWN),
        matching: rows.length,
        covered: coveredSentence(searched.covered, now),
      };
      return { outcome: 'found', model };
    }
  }
};

const columns = (now: number): Column<ShipmentRow>[] => [
  {
    head: '운송장번호',
    names: true,
    cell: (row) => <a href={shipmentPath(row.shipmentId)}>{row.number ?? '번호 없음'}</a>,
  },
  { head: '쇼핑몰', cell: ({ shop }) => shop },
  {
    head: '주문번호',
    cell: ({ orderId, box }) => (
      <>
        {orderId}
        {box && <span class="sm mute below">{box}</span>}
      </>
    ),
  },
  { head: '상태', cell: ({ code }) => <Tag word={SHIPMENT_WORDS[code]} /> },
  {
    head: '출고 시각',
    class: 'nw',
    sorted: 'descending',
    cell: ({ receivedAt }) => <Moment at={receivedAt} now={now} relative="below" />,
  },
  {
    head: '전송까지',
    class: 'nw',
    cell: ({ tookMs, late }) =>
      tookMs === undefined ? '아직' : `${span(tookMs)}${late ? ' (20분 넘김)' : ''}`,
  },
  {
    head: '마지막 변화',
    class: 'nw',
    cell: ({ changedAt }) => <Moment at={changedAt} now={now} relative="below" />,
  },
];

const stateOptions = [
  { value: '', label: '전체' },
  ...(Object.keys(SHIPMENT_WORDS) as ShipmentCode[])
    .filter((code) => code !== 'shipped' && code !== 'lost')
    .map((code) => ({ value: code, label: SHIPMENT_WORDS[code].label })),
];

export const shipmentsPage: Page<ShipmentsModel> = {
  path: '/shipments',
  role: 'view',
  rail: 'shipments',
  title: () => '배송 조회',
  read,
  render: (model, view) => (
    <>
      <PageHead
        title="배송 조회"
        sub="운송장번호, 출고 번호, 주문번호로 찾습니다. 하나만 맞으면 바로 엽니다."
      />
      <FilterForm
        action="/shipments"
        clear="/shipments"
        fields={[
          { name: 'q', label: '찾기', value: model.q, placeholder: '운송장번호 13자리, 주문번호' },
          { name: 'state', label: '상태', value: model.state, options: stateOptions },
          {
            name: 'shop',
            label: '쇼핑몰',
            value: model.shop,
            options: [
              { value: '', label: '전체' },
              ...model.shops.map(({ contractId, name }) => ({ value: contractId, label: name })),
            ],
          },
          { name: 'on', label: '출고일', value: model.on, type: 'date' },
        ]}
      />
      <Card bare>
        <Table
          caption={`찾은 출고 ${model.matching.toLocaleString('ko')}건, 최근 출고부터`}
          columns={columns(view.now)}
          rows={model.rows}
          empty={
            <Empty text={model.says ?? '조건과 맞는 출고가 없습니다. 조건을 바꿔 보세요.'}>
              {model.covered && <p class="mute">{model.covered}</p>}
            </Empty>
          }
        />
        {model.rows.length > 0 && (
          <ListFoot
            text={`${model.matching.toLocaleString('ko')}건 중 ${model.rows.length.toLocaleString('ko')}건. ${model.covered ?? ''}`}
            csv={`/shipments?${withCsv(view.query)}`}
          />
        )}
      </Card>
    </>
  ),
  csv: ({ rows }) => ({
    name: 'shipments',
    head: [
      '운송장번호',
      '출고 번호',
      '쇼핑몰',
      '주문번호',
      '상태',
      '출고 시각',
      '전송까지(초)',
      '마지막 변화',
    ],
    rows: rows.map((row) => [
      row.number ?? '',
      row.shipmentId,
      row.shop,
      row.orderId,
      SHIPMENT_WORDS[row.code].label,
      momentOnPaper(row.receivedAt),
      row.tookMs === undefined ? '' : Math.round(row.tookMs / 1000),
      momentOnPaper(row.changedAt),
    ]),
  }),
};

const withCsv = (query: URLSearchParams): string => {
  const copy = new URLSearchParams(query);
  copy.set('format', 'csv');
  return copy.toString();
};
