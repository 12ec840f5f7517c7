import type { Page, RailCount } from '../../page.ts';
import { momentOnPaper } from '../../time.ts';
import { PageHead, Tabs } from '../../ui/frame.tsx';
import { SHIPMENT_WORDS } from '../../vocabulary.ts';
import { WHO } from './causes.ts';
import { readTransmissions, TX_TABS, type TxModel } from './model.ts';
import { AGE_WORDS } from './row.ts';
import { txPath } from './tx-path.ts';
import { TxCauses } from './tx-causes.tsx';
import { TxList } from './tx-list.tsx';
import { failedIds } from './unsent.ts';

/** A rail that counts further would slow down every page. */
const MOST_COUNTED = 1000;

export const transmissionsPage: Page<TxModel> = {
  path: '/transmissions',
  role: 'view',
  rail: 'transmissions',
  title: () => '전송',
  read: async (context) => ({ outcome: 'found', model: await readTransmissions(context) }),
  render: (model, view) => (
    <>
      <PageHead
        title="전송"
        sub="출고정보를 우체국에 보냅니다. 출고하고 20분 안에 접수되는 것이 약속입니다."
      />
      <Tabs
        label="전송 상태별 보기"
        tabs={TX_TABS.map(({ key, label }) => ({
          href: txPath({ tab: key }),
          label,
          count: model.counts[key],
          current: key === model.tab,
          ...(key === 'failed' && model.counts.failed > 0 && { tone: 'bad' as const }),
        }))}
      />
      <div class="stack">
        {model.tab === 'failed' && model.causes.length > 0 && <TxCauses model={model} view={view} />}
        <TxList model={model} view={view} />
      </div>
    </>
  ),
  csv: ({ tab, rows }) => ({
    name: `transmissions-${tab}`,
    head: [
      '운송장번호',
      '출고 번호',
      '쇼핑몰',
      '주문번호',
      '상태',
      '시도',
      '원인',
      '누가 처리',
      '출고 시각',
      '지난 시간(초)',
      '20분 기준',
      '다음 시도',
    ],
    rows: rows.map((row) => [
      row.number ?? '',
      row.shipmentId,
      row.shop,
      row.orderId,
      SHIPMENT_WORDS[row.code].label,
      row.attempt,
      row.cause,
      row.who === undefined ? '' : WHO[row.who].label,
      momentOnPaper(row.receivedAt),
      Math.round(row.ageMs / 1000),
      AGE_WORDS[row.age],
      row.nextAt === undefined ? row.next : momentOnPaper(row.nextAt),
    ]),
  }),
  waiting: async (ports): Promise<RailCount | undefined> => {
    const { ids, cut } = await failedIds(ports, MOST_COUNTED);
    if (ids.length === 0) return undefined;
    const shown = cut ? `${MOST_COUNTED.toLocaleString('ko')}+` : ids.length;
    return { shown, means: '건 실패', tone: 'bad' };
  },
};
