import { nextScheduled } from '../../../tracking/run.ts';
import type { Context, Page, RailCount, Read, View } from '../../page.ts';
import type { Ports } from '../../ports.ts';
import { ago, hourMinute } from '../../time.ts';
import { ConfirmDialog } from '../../ui/confirm.tsx';
import { ButtonForm } from '../../ui/form.tsx';
import { PageHead } from '../../ui/frame.tsx';
import { Tag } from '../../ui/icon.tsx';
import { Empty } from '../../ui/message.tsx';
import { LiveControl } from '../../ui/live.tsx';
import { Meter } from '../../ui/meter.tsx';
import { ListFoot, Table } from '../../ui/table.tsx';
import { HEALTH_WORDS } from '../../vocabulary.ts';
import { lacking, mayReview } from '../roles.ts';
import type { Doable } from '../shipment/can-do.ts';
import { healthOf, type SyncHealth } from './health.ts';
import { runColumns, runsCsv } from './run-columns.tsx';
import { failedRuns, type RunRow, runRow } from './run-row.ts';
import { type Quota, readQuota, SYNC_SUBJECT, syncNow } from './sync-now.ts';
import { askSync } from './syncs.action.ts';

export interface SyncsModel {
  periodHours: number;
  /** absent: none ever ran */
  health?: SyncHealth;
  /** of the schedule, epoch ms */
  nextAt?: number;
  /** absent: the tracking service has none */
  quota?: Quota;
  now: Doable;
  rows: RunRow[];
  /** more are kept than are shown */
  more: boolean;
}

const PATH = '/syncs';
const REFRESH_SECONDS = 30;
const SHOWN = 40;
/** Records are kept 90 days. */
const SHOWN_IN_CSV = 3000;

const read = async ({ ports, now, as }: Context): Promise<Read<SyncsModel>> => {
  const most = as === 'csv' ? SHOWN_IN_CSV : SHOWN;
  const [runs, [asked], quota] = await Promise.all([
    ports.runs.latest(most + 1),
    ports.audit.of(SYNC_SUBJECT, 1),
    readQuota(ports, now),
  ]);
  const health = healthOf(runs, now, ports.roundEveryMs);
  const nextAt = nextScheduled(runs, now, ports.roundEveryMs);
  return {
    outcome: 'found',
    model: {
      periodHours: ports.roundEveryMs / 3_600_000,
      ...(health && { health }),
      ...(nextAt !== undefined && { nextAt }),
      ...(quota && { quota }),
      now: syncNow(runs[0], asked, quota, now),
      rows: runs.slice(0, most).map((run) => runRow(run, now)),
      more: runs.length > most,
    },
  };
};

/** Of a day and a half: enough to see every round since the last good one. */
const LOOKED_AT = 12;

const waiting = async ({ runs }: Pick<Ports, 'runs'>, now: number): Promise<RailCount | undefined> => {
  const failed = failedRuns(await runs.latest(LOOKED_AT), now);
  return failed === 0 ? undefined : { shown: failed, means: '번 실행 실패', tone: 'bad' };
};

export const syncsPage: Page<SyncsModel> = {
  path: PATH,
  role: 'view',
  rail: 'syncs',
  title: () => '배송상태 갱신',
  refresh: REFRESH_SECONDS,
  read,
  waiting,
  render: (model, view) => (
    <>
      <PageHead title="배송상태 갱신" sub={nextWords(model, view.now)}>
        <LiveControl seconds={REFRESH_SECONDS} />
      </PageHead>
      <div class="kpis three">
        <Health model={model} view={view} />
        <Calls quota={model.quota} />
        <Now model={model} view={view} />
      </div>
      <div class="card" id="sync-runs" data-live>
        <Runs model={model} view={view} />
      </div>
    </>
  ),
  csv: ({ rows }) => runsCsv(rows),
};

const nextWords = ({ nextAt, periodHours }: SyncsModel, now: number): string =>
  nextAt === undefined
    ? `${periodHours}시간마다 자동으로 실행합니다.`
    : `다음 실행 ${hourMinute(nextAt)} (${ago(nextAt, now)}) · ${periodHours}시간마다 자동으로 실행합니다.`;

const Health = ({ model: { health, rows }, view }: { model: SyncsModel; view: View }) => {
  const last = rows.find(({ code }) => code === 'done' || code === 'partly');
  return (
    <section class="card kpi" id="sync-health" data-live>
      <h2>마지막 성공 {health && <Tag word={HEALTH_WORDS[health.code]} />}</h2>
      {health?.lastDoneAt === undefined ? (
        <p class="v">
          아직 없음 <small>끝까지 마친 실행</small>
        </p>
      ) : (
        <>
          <p class="v">
            {hourMinute(health.lastDoneAt)} <small>{ago(health.lastDoneAt, view.now)}</small>
          </p>
          {last && (
            <p class="sm mute">
              {last.asked.toLocaleString('ko')}건 확인 · {last.changed.toLocaleString('ko')}건 바뀜
              {last.uncovered > 0 && ` · ${last.uncovered.toLocaleString('ko')}건은 다음 실행에서 확인`}
            </p>
          )}
        </>
      )}
    </section>
  );
};

const Calls = ({ quota }: { quota: Quota | undefined }) => {
  if (quota === undefined)
    return (
      <section class="card kpi" id="sync-calls">
        <h2>오늘 우체국 조회</h2>
        <p class="v">한도 없음</p>
        <p class="sm mute">배송 중인 모든 출고를 실행마다 확인합니다.</p>
      </section>
    );
  const { used, daily } = quota;
  const percent = Math.min(100, Math.round((used / daily) * 100));
  const left = Math.max(0, daily - used);
  return (
    <section class="card kpi" id="sync-calls" data-live>
      <h2>오늘 우체국 조회</h2>
      <p class="v">
        {used.toLocaleString('ko')}회 <small>/ {daily.toLocaleString('ko')}회</small>
      </p>
      <Meter percent={percent} tone={left === 0 ? 'bad' : percent >= 95 ? 'warn' : 'info'} />
      <p class="sm mute">
        {left === 0
          ? '오늘 조회를 모두 썼습니다. 내일 0시부터 다시 확인합니다.'
          : `${left.toLocaleString('ko')}회 남음 · 자동 실행이 나누어 쓰고 일부는 직접 확인에 남깁니다`}
      </p>
    </section>
  );
};

const Now = ({ model, view }: { model: SyncsModel; view: View }) => {
  const allowed = mayReview(view.operator);
  const may = model.now.may && allowed;
  return (
    <section class="card kpi noprint" id="sync-now" data-live>
      <h2>직접 실행</h2>
      <ButtonForm
        view={view}
        action={`${PATH}/now`}
        id="do-sync"
        disabled={!may}
        describedBy="sync-says"
        {...(may && { dialog: 'ask-sync' })}
      >
        지금 갱신
      </ButtonForm>
      <p class="sm mute" id="sync-says">
        {model.now.may && !allowed ? lacking('review', view.operator) : model.now.says}
      </p>
      {may && <ConfirmDialog id="ask-sync" form="do-sync" ask={askSync(model.quota)} />}
    </section>
  );
};

const Runs = ({ model, view }: { model: SyncsModel; view: View }) => {
  const { rows, more, periodHours } = model;
  return (
    <>
      <Table
        caption={`배송상태 갱신 실행 ${rows.length}번, 최근 순서`}
        columns={runColumns(view.now)}
        rows={rows}
        rowClass={({ code }) => (code === 'interrupted' || code === 'dead' ? 'over' : undefined)}
        empty={<Empty text={`아직 실행한 적이 없습니다. ${periodHours}시간마다 자동으로 실행합니다.`} />}
      />
      {rows.length > 0 && (
        <ListFoot
          text={
            more
              ? `최근 ${rows.length}번 · 그 전 실행은 90일 동안 파일로 받을 수 있습니다`
              : `모두 ${rows.length}번 · 90일 동안 보관합니다`
          }
          csv={`${PATH}?format=csv`}
        />
      )}
    </>
  );
};
