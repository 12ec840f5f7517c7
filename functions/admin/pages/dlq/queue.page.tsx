import type { Child } from 'hono/jsx';
import type { Context, Page, Read, View } from '../../page.ts';
import { allows } from '../../role.ts';
import { momentSeconds, span } from '../../time.ts';
import { ConfirmDialog } from '../../ui/confirm.tsx';
import { ButtonForm, Form } from '../../ui/form.tsx';
import { Card, IdentityBar } from '../../ui/frame.tsx';
import { problemOf } from '../../form.ts';
import { Empty } from '../../ui/message.tsx';
import { Moment } from '../../ui/moment.tsx';
import { type Column, ListFoot, Table } from '../../ui/table.tsx';
import { type QueueModel, readOneQueue, type Row } from './model.ts';
import { askReturnAll } from './questions.ts';

const read = async ({ ports, params }: Context): Promise<Read<QueueModel>> => {
  const model = await readOneQueue(ports, params['queue'] ?? '');
  return model === undefined ? { outcome: 'not-found' } : { outcome: 'found', model };
};

export const queuePage: Page<QueueModel> = {
  path: '/dlq/:queue',
  role: 'view',
  rail: 'dlq',
  title: ({ label }) => `${label} 보관함`,
  crumbs: () => [{ href: '/dlq', label: '실패 보관함' }],
  read,
  render: (model, view) => (
    <>
      <div class="card">
        <Identity model={model} view={view} />
      </div>
      {model.letters.length === 0 ? (
        <Card>
          <Empty text="쌓인 메시지가 없습니다. 처리하지 못한 메시지가 생기면 여기에 나타납니다.">
            <a class="btn" href="/dlq">
              실패 보관함으로
            </a>
          </Empty>
        </Card>
      ) : (
        <div class="stack">
          <All model={model} view={view} />
          <Letters model={model} view={view} />
        </div>
      )}
    </>
  ),
  csv: ({ name, letters }) => ({
    name: `dlq-${name}`,
    head: ['메시지', '처음 보낸 시각', '자동 삭제', '받은 횟수', '원인', '대상'],
    rows: letters.map(({ messageId, sentAt, deletedAt, received, problems, subject }) => [
      messageId,
      new Date(sentAt).toISOString(),
      new Date(deletedAt).toISOString(),
      received,
      [...problems, subject?.state ?? ''].filter(Boolean).join(' / '),
      subject?.label ?? '',
    ]),
  }),
};

type Props = { model: QueueModel; view: View };

const Identity = ({ model, view }: Props) => (
  <IdentityBar
    title={model.label}
    facts={[
      { name: '쌓인 건', value: `${model.waiting.toLocaleString('ko')}건` },
      ...(model.oldestAt === undefined || model.deletedAt === undefined
        ? []
        : [
            {
              name: '가장 오래된 건',
              value: <Moment at={model.oldestAt} now={view.now} relative="beside" />,
            },
            { name: '자동 삭제까지', value: left(model.deletedAt, view.now) },
          ]),
    ]}
  >
    <code>{model.name}</code>
  </IdentityBar>
);

const left = (deletedAt: number, now: number): string =>
  deletedAt > now ? span(deletedAt - now) : '곧 삭제';

const NO_ROLE = '조회 전용이라 할 수 없습니다. 권한이 필요하면 관리자에게 요청해 주세요.';
const NO_WAY_BACK = '되돌아갈 대기열이 없습니다. 원인을 고친 뒤 보낸 쪽에서 다시 보내야 합니다.';
const pathOf = (model: QueueModel, deed: string): string => `/dlq/${encodeURIComponent(model.name)}/${deed}`;

/** Why nothing may go back now, or undefined. */
const hinders = ({ returns, job }: QueueModel, { operator }: View): Child | undefined => {
  if (!returns) return NO_WAY_BACK;
  if (!allows(operator.role, 'review')) return NO_ROLE;
  return job === undefined ? undefined : <Running job={job} />;
};
const Running = ({ job }: { job: NonNullable<QueueModel['job']> }) => (
  <>
    되돌리는 작업이 진행 중입니다: <a href={`/jobs/${encodeURIComponent(job.jobId)}`}>{job.title}</a>
  </>
);

const All = ({ model, view }: Props) => {
  const why = hinders(model, view);
  return (
    <Card title="할 수 있는 일" class="noprint">
      <p>{model.why}</p>
      <div>
        <ButtonForm
          view={view}
          action={pathOf(model, 'return-all')}
          id="return-all"
          disabled={why !== undefined}
          describedBy="return-all-says"
          {...(why === undefined && { dialog: 'ask-return-all' })}
        >
          모두 되돌리기
        </ButtonForm>
        <p class="sm mute hint" id="return-all-says">
          {why ?? '원래 대기열로 옮겨 다시 처리합니다. 진행 상황은 작업 화면에서 봅니다.'}
        </p>
        {why === undefined && (
          <ConfirmDialog
            id="ask-return-all"
            form="return-all"
            ask={askReturnAll(model.label, model.waiting)}
          />
        )}
      </div>
    </Card>
  );
};

const Letters = ({ model, view }: Props) => {
  const problem = problemOf(view.problems, 'messages');
  const mayDelete = allows(view.operator.role, 'manage');
  const more = model.waiting > model.letters.length;
  return (
    <Card bare>
      {problem !== undefined && (
        <div class="b">
          <p class="err" id="messages">
            {problem}
          </p>
        </div>
      )}
      <Table
        caption={`${model.label}의 메시지 ${model.letters.length}건, 오래된 순서`}
        columns={columns(model, view)}
        rows={model.letters}
      />
      <div class="b row noprint">
        <Form view={view} action={pathOf(model, 'delete')} id="delete" name="delete" class="inline">
          <button class="btn" type="submit" disabled={!mayDelete} aria-describedby="delete-says">
            고른 건 삭제
          </button>
        </Form>
        <span class="sm mute" id="delete-says">
          {mayDelete
            ? '고른 건수와 사유를 확인한 뒤 삭제합니다.'
            : '삭제는 관리자만 할 수 있습니다. 필요하면 관리자에게 요청해 주세요.'}
        </span>
      </div>
      <ListFoot
        text={
          more
            ? `약 ${model.waiting.toLocaleString('ko')}건 가운데 ${model.letters.length}건. 나머지는 앞의 것을 처리하면 보입니다.`
            : `${model.letters.length}건`
        }
        csv={`/dlq/${encodeURIComponent(model.name)}?format=csv`}
      />
    </Card>
  );
};

const columns = (model: QueueModel, view: View): Column<Row>[] => [
  {
    head: '고르기',
    hideHead: true,
    class: 'noprint',
    cell: ({ messageId, sentAt }) =>
      allows(view.operator.role, 'manage') && (
        <input
          type="checkbox"
          form="delete"
          name="messages"
          value={messageId}
          aria-label={`${momentSeconds(sentAt, view.now)}에 온 메시지 고르기`}
        />
      ),
  },
  {
    head: '처음 보낸 시각',
    class: 'nw',
    sorted: 'ascending',
    cell: ({ sentAt, deletedAt }) => (
      <>
        <Moment at={sentAt} now={view.now} relative="below" />
        <span class="sm mute below">자동 삭제까지 {left(deletedAt, view.now)}</span>
      </>
    ),
  },
  { head: '원인과 내용', names: true, cell: (row) => <What row={row} why={model.why} /> },
  {
    head: '대상',
    cell: ({ subject }) =>
      subject && (
        <>
          <a href={subject.href}>{subject.label}</a>
          {subject.state !== undefined && <span class="sm mute below">{subject.state}</span>}
        </>
      ),
  },
  { head: '받은 횟수', right: true, class: 'nw', cell: ({ received }) => `${received}회` },
  {
    head: '되돌리기',
    hideHead: true,
    class: 'noprint',
    cell: ({ messageId }) => <ReturnOne model={model} view={view} messageId={messageId} />,
  },
];

const What = ({ row, why }: { row: Row; why: string }) => (
  <>
    {row.problems.length === 0 ? <p>{why}</p> : row.problems.map((problem) => <p>{problem}</p>)}
    <details class="sm">
      <summary>내용 보기(가림)</summary>
      <pre tabindex={0}>{row.body}</pre>
    </details>
  </>
);

/** The server asks: what a dialog would say is the same for every row. */
const ReturnOne = ({ model, view, messageId }: Props & { messageId: string }) => (
  <ButtonForm
    view={view}
    action={pathOf(model, 'return-one')}
    name={messageId}
    fields={{ message: messageId }}
    disabled={hinders(model, view) !== undefined}
    describedBy="return-all-says"
    small
  >
    한 건 되돌리기
  </ButtonForm>
);
