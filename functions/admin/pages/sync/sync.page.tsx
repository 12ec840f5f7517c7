import type { Context, Page, Read, View } from '../../page.ts';
import { hourMinute, moment, span } from '../../time.ts';
import { Card, IdentityBar } from '../../ui/frame.tsx';
import { Tag } from '../../ui/icon.tsx';
import { SummaryList } from '../../ui/list.tsx';
import { LiveControl } from '../../ui/live.tsx';
import { Empty, Note } from '../../ui/message.tsx';
import { type Column, Table } from '../../ui/table.tsx';
import { RUN_WORDS, SHIPMENT_WORDS } from '../../vocabulary.ts';
import { shipmentPath } from '../shipments/row.ts';
import { isUnderWay } from '../syncs/run-row.ts';
import { type ChangedRow, readModel, type SyncModel } from './model.ts';

const REFRESH_SECONDS = 15;

const read = async (context: Context): Promise<Read<SyncModel>> => {
  const model = await readModel(context);
  return model === undefined ? { outcome: 'not-found' } : { outcome: 'found', model };
};

export const syncPage: Page<SyncModel> = {
  path: '/syncs/:id',
  role: 'view',
  rail: 'syncs',
  title: ({ row }) => `${hourMinute(row.startedAt)} 갱신`,
  crumbs: () => [{ href: '/syncs', label: '배송상태 갱신' }],
  refresh: REFRESH_SECONDS,
  read,
  render: (model, view) => (
    <>
      <div class="card" id="sync-head" data-live>
        <Identity model={model} view={view} />
      </div>
      {isUnderWay(model.row.code) && (
        <div class="livebar">
          <LiveControl seconds={REFRESH_SECONDS} />
        </div>
      )}
      <div class="two" id="sync-body" data-live>
        <Changes model={model} />
        <div class="stack">
          <Failures model={model} />
          <Figures model={model} />
          <Developer model={model} />
        </div>
      </div>
    </>
  ),
};

const Identity = ({ model: { row, endedAt }, view }: { model: SyncModel; view: View }) => (
  <IdentityBar
    title={`${moment(row.startedAt, view.now)} 갱신`}
    facts={[
      { name: '시작한 사람', value: row.askedBy ?? '자동' },
      {
        name: '걸린 시간',
        value: isUnderWay(row.code) ? `${span(row.tookMs)}째` : span(row.tookMs),
      },
      ...(endedAt === undefined ? [] : [{ name: '끝', value: moment(endedAt, view.now) }]),
    ]}
  >
    <Tag word={RUN_WORDS[row.code]} />
  </IdentityBar>
);

/** What became of a round that did not simply come to its end. */
const STORIES: Partial<Record<SyncModel['row']['code'], string>> = {
  waiting: '우체국이 응답하지 않아 기다립니다. 10분마다 이어서 확인합니다.',
  interrupted: '우체국이 계속 응답하지 않아 중단했습니다. 남은 출고는 다음 실행에서 확인합니다.',
  superseded: '끝나기 전에 다음 실행이 시작돼 그 실행이 이어받았습니다.',
  dead: '도중에 멈췄고 소식이 없습니다. 다음 실행이 처음부터 다시 확인합니다. 계속되면 개발팀에 알려 주세요.',
};

const Changes = ({ model: { row, changes } }: { model: SyncModel }) => {
  const story = STORIES[row.code];
  const kept =
    row.changed > changes.length
      ? `바뀐 ${row.changed.toLocaleString('ko')}건 가운데 처음 ${changes.length}건만 보관합니다.`
      : '';
  return (
    <div class="stack">
      {story && <Note tone={row.code === 'superseded' ? 'info' : 'warn'}>{story}</Note>}
      <Card title="바뀐 출고" aside={<span class="sm mute">{kept}</span>} bare>
        <Table
          caption={`이 실행에서 배송상태가 바뀐 출고 ${changes.length}건`}
          columns={changeColumns}
          rows={changes}
          empty={<Empty text="배송상태가 바뀐 출고가 없습니다." />}
        />
      </Card>
    </div>
  );
};

const changeColumns: Column<ChangedRow>[] = [
  {
    head: '운송장번호',
    names: true,
    cell: ({ shipmentId, number }) =>
      number === undefined ? shipmentId : <a href={shipmentPath(shipmentId)}>{number}</a>,
  },
  { head: '쇼핑몰', cell: ({ shop }) => shop ?? <span class="mute">보관 기간이 지남</span> },
  { head: '확인한 배송상태', cell: ({ code }) => <Tag word={SHIPMENT_WORDS[code]} /> },
];

const Failures = ({ model: { failures, row } }: { model: SyncModel }) => (
  <Card title="실패" aside={<span class="sm mute">{row.failed.toLocaleString('ko')}건</span>}>
    {failures.length === 0 ? (
      <p>답을 받지 못한 조회가 없습니다.</p>
    ) : (
      <>
        <SummaryList
          items={failures.map(({ cause, count }) => ({
            name: cause,
            value: `${count.toLocaleString('ko')}건`,
          }))}
        />
        <p class="sm mute">주문서는 그대로 두고 다음 실행에서 다시 확인합니다.</p>
      </>
    )}
  </Card>
);

const Figures = ({ model: { figures } }: { model: SyncModel }) => (
  <Card title="결과">
    <SummaryList
      items={figures.map(({ name, value, says }) => ({
        name,
        value: (
          <>
            {value.toLocaleString('ko')}
            {says && <span class="sm mute below">{says}</span>}
          </>
        ),
      }))}
    />
  </Card>
);

const Developer = ({ model }: { model: SyncModel }) => (
  <Card title="개발자 정보">
    <SummaryList
      items={[
        { name: '실행 번호', value: <code>{model.row.runId}</code> },
        { name: '조회 서비스', value: <code>{model.source}</code> },
        { name: '원본', value: <a href={`/api/syncs/${model.path}`}>JSON 보기</a> },
      ]}
    />
  </Card>
);
