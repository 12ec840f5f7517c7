import type { Child } from 'hono/jsx';
import { problemOf } from '../../form.ts';
import type { View } from '../../page.ts';
import { minutes, moment, span } from '../../time.ts';
import { ButtonForm, Form } from '../../ui/form.tsx';
import { Card } from '../../ui/frame.tsx';
import { Tag } from '../../ui/icon.tsx';
import { Empty } from '../../ui/message.tsx';
import { Moment } from '../../ui/moment.tsx';
import { type Column, ListFoot, Table } from '../../ui/table.tsx';
import { SHIPMENT_WORDS } from '../../vocabulary.ts';
import { mayReview } from '../roles.ts';
import { shipmentPath } from '../shipments/row.ts';
import { WHO } from './causes.ts';
import type { TxModel, TxTab } from './model.ts';
import { AGE_WORDS, type TxRow } from './row.ts';
import { txPath } from './tx-path.ts';

/** Attempts in all before an operator must look; ePost not being reachable costs none. */
const ATTEMPTS = 5;
const EMPTY: Readonly<Record<TxTab, string>> = {
  pending: '전송을 기다리는 출고정보가 없습니다. 출고하면 여기에 나타나고 2분 안에 보냅니다.',
  retrying: '다시 보내려고 기다리는 출고정보가 없습니다.',
  failed: '전송하지 못한 출고정보가 없습니다.',
  done: '오늘 전송을 마친 출고가 아직 없습니다.',
};
const CHOOSING = 'chosen';

export const TxList = ({ model, view }: { model: TxModel; view: View }) => {
  const { tab, rows, matching } = model;
  const chooses = tab === 'failed' && rows.length > 0;
  const filtered = model.cause !== '' || model.who !== '';
  return (
    <Card bare>
      {chooses && <Choosing model={model} view={view} />}
      <Table
        caption={`${CAPTIONS[tab]} ${matching.toLocaleString('ko')}건, ${tab === 'done' ? '최근 순서' : '오래 기다린 순서'}`}
        columns={[
          ...(chooses && mayReview(view.operator) ? [choice(view, rows)] : []),
          ...columns(model, view),
        ]}
        rows={rows}
        rowClass={({ age }) => (age === 'over' ? 'over' : age === 'soon' ? 'today' : undefined)}
        empty={
          <Empty text={filtered ? '이 원인으로 실패한 출고가 없습니다. 그사이 처리됐습니다.' : EMPTY[tab]}>
            {filtered && (
              <a class="btn" href={txPath({ tab })}>
                실패 모두 보기
              </a>
            )}
          </Empty>
        }
      />
      {rows.length > 0 && (
        <ListFoot
          text={`${matching.toLocaleString('ko')}건 중 ${rows.length.toLocaleString('ko')}건${
            model.cut ? ' · 건수가 많아 일부만 살펴보았습니다' : ''
          }`}
          csv={txPath({ tab, cause: model.cause, who: model.who, format: 'csv' })}
        />
      )}
    </Card>
  );
};

const CAPTIONS: Readonly<Record<TxTab, string>> = {
  pending: '전송을 기다리는 출고',
  retrying: '다시 보내려고 기다리는 출고',
  failed: '전송하지 못한 출고',
  done: '오늘 전송을 마친 출고',
};

/** The form that the boxes of the rows belong to, and the button for all at once. */
const Choosing = ({ model, view }: { model: TxModel; view: View }) => {
  const { tab, cause, who, counts, matching } = model;
  const may = mayReview(view.operator);
  const filtered = cause !== '' || who !== '';
  const problem = problemOf(view.problems, 'ids');
  return (
    <div class={problem === undefined ? 'bulk noprint' : 'bulk noprint haserr'}>
      {problem !== undefined && (
        <p class="err" id="ids-error">
          {problem}
        </p>
      )}
      <Form view={view} action={txPath({ tab, cause, who }, '/resend')} id={CHOOSING} class="inline">
        <button class="btn s" type="submit" disabled={!may} aria-describedby={may ? undefined : 'no-role'}>
          고른 출고 다시 전송
        </button>
      </Form>
      <ButtonForm
        view={view}
        action={txPath({ tab, cause, who }, '/resend-all')}
        name="all"
        fields={{ cause, who }}
        small
        disabled={!may}
        {...(!may && { describedBy: 'no-role' })}
      >
        {filtered ? '이 목록' : '실패'} {(filtered ? matching : counts.failed).toLocaleString('ko')}건 모두
        다시 전송
      </ButtonForm>
      {filtered && <a href={txPath({ tab })}>조건 지우기</a>}
    </div>
  );
};

const choice = (view: View, rows: readonly TxRow[]): Column<TxRow> => {
  const typed = view.typed?.['ids'] ?? [];
  return {
    head: '선택',
    class: 'pick',
    cell: ({ shipmentId, number }) => (
      <input
        type="checkbox"
        form={CHOOSING}
        id={shipmentId === rows[0]?.shipmentId ? 'ids' : undefined}
        name="ids"
        value={shipmentId}
        checked={typed.includes(shipmentId)}
        aria-label={`${number ?? shipmentId} 고르기`}
      />
    ),
  };
};

const columns = ({ tab }: TxModel, view: View): Column<TxRow>[] => [
  {
    head: '운송장번호',
    names: true,
    class: 'nw',
    cell: (row) => <a href={shipmentPath(row.shipmentId)}>{row.number ?? '번호 없음'}</a>,
  },
  {
    head: '쇼핑몰',
    cell: ({ shop, orderId, box }) => (
      <>
        {shop}
        <span class="sm mute below">
          {orderId}
          {box && ` · ${box}`}
        </span>
      </>
    ),
  },
  {
    head: '상태',
    cell: ({ code }) => <Tag word={SHIPMENT_WORDS[code]} />,
  },
  { head: '시도', class: 'nw', cell: ({ attempt }) => `${attempt}/${ATTEMPTS}` },
  ...(tab === 'done' ? [] : [cause]),
  {
    head: tab === 'done' ? '전송까지' : '출고 후 지난 시간',
    class: 'due nw',
    ...(tab !== 'done' && { sorted: 'descending' as const }),
    cell: ({ ageMs, age }) => (
      <>
        <b>{tab === 'done' ? span(ageMs) : minutes(ageMs)}</b>
        <span class="w">{AGE_WORDS[age]}</span>
      </>
    ),
  },
  tab === 'done'
    ? {
        head: '전송 시각',
        class: 'nw',
        sorted: 'descending',
        cell: ({ acceptedAt }): Child =>
          acceptedAt === undefined ? '' : <Moment at={acceptedAt} now={view.now} relative="below" />,
      }
    : {
        head: '다음 시도',
        cell: ({ nextAt, next }): Child =>
          nextAt === undefined || nextAt <= view.now ? next : moment(nextAt, view.now),
      },
];

const cause: Column<TxRow> = {
  head: '원인',
  cell: ({ cause: words, who }) => (
    <>
      {words === '' ? <span class="mute">없음</span> : words}
      {who && <span class="sm mute below">처리: {WHO[who].label}</span>}
    </>
  ),
};
