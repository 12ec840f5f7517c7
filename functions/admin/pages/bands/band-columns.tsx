import type { CsvTable, View } from '../../page.ts';
import { waybillNumber } from '../../mask.ts';
import { Tag } from '../../ui/icon.tsx';
import { Meter } from '../../ui/meter.tsx';
import type { Column } from '../../ui/table.tsx';
import { BAND_WORDS, type BandCode } from '../../vocabulary.ts';
import { bandPath } from './band-path.ts';
import type { BandRow } from './band-row.ts';
import { endWords, perDayWords } from './band-words.ts';

export const meterTone = (code: BandCode): 'ok' | 'warn' | 'bad' => {
  if (code === 'empty' || code === 'soon' || code === 'frozen') return 'bad';
  return code === 'low' ? 'warn' : 'ok';
};

/** Of a contract without numbers of its own the figures say why there are none. */
const noPool: Partial<Record<BandCode, string>> = {
  'carrier-issued': '우체국이 접수하며 번호를 정합니다',
  none: '추가한 번호가 없습니다',
};

export const bandColumns = (view: Pick<View, 'now'>): Column<BandRow>[] => [
  {
    head: '쇼핑몰',
    names: true,
    class: 'due',
    cell: ({ contractId, shop }) => <a href={bandPath(contractId)}>{shop}</a>,
  },
  {
    head: '대역(처음~끝)',
    cell: ({ code, pool }) =>
      pool === undefined ? (
        <span class="mute">{noPool[code] ?? '없음'}</span>
      ) : (
        <>
          <span class="nw">{waybillNumber(pool.first)}</span> ~{' '}
          <span class="nw">{waybillNumber(pool.last)}</span>
          {pool.further > 0 && <span class="sm mute below">다음 대역 {pool.further}개</span>}
        </>
      ),
  },
  {
    head: '남은 개수',
    right: true,
    class: 'nw',
    cell: ({ pool }) => pool && pool.available.toLocaleString('ko'),
  },
  {
    head: '남은 비율',
    class: 'nw',
    cell: ({ code, pool }) =>
      pool && (
        <span class="bar">
          <Meter percent={pool.percent} tone={meterTone(code)} small /> {pool.percent}%
        </span>
      ),
  },
  {
    head: '하루 평균',
    right: true,
    class: 'nw',
    cell: ({ pool }) => pool && perDayWords(pool.forecast),
  },
  {
    head: '소진 예상일',
    class: 'nw',
    cell: ({ pool }) => {
      if (pool === undefined) return undefined;
      const end = endWords(pool.forecast, view.now);
      return (
        <>
          {end.on}
          <span class="sm mute below">{end.in}</span>
        </>
      );
    },
  },
  { head: '상태', cell: ({ code }) => <Tag word={BAND_WORDS[code]} /> },
];

const KST_MS = 9 * 3_600_000;

export const bandsCsv = (rows: readonly BandRow[]): CsvTable => ({
  name: 'waybill-numbers',
  head: [
    '쇼핑몰',
    '계약',
    '처음 번호',
    '끝 번호',
    '남은 개수',
    '남은 비율(%)',
    '하루 평균',
    '소진까지(영업일)',
    '소진 예상일',
    '상태',
  ],
  rows: rows.map(({ shop, contractId, code, pool }) => {
    const forecast = pool?.forecast.outcome === 'known' ? pool.forecast : undefined;
    return [
      shop,
      contractId,
      pool?.first ?? '',
      pool?.last ?? '',
      pool?.available ?? '',
      pool?.percent ?? '',
      forecast === undefined ? '' : Math.round(forecast.perDay * 10) / 10,
      forecast?.businessDays ?? '',
      forecast?.runsOutAt === undefined
        ? ''
        : new Date(forecast.runsOutAt + KST_MS).toISOString().slice(0, 10),
      BAND_WORDS[code].label,
    ];
  }),
});
