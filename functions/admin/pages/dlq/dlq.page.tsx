import type { Page, RailCount } from '../../page.ts';
import type { Ports } from '../../ports.ts';
import { span } from '../../time.ts';
import { Card, PageHead } from '../../ui/frame.tsx';
import { Empty } from '../../ui/message.tsx';
import { Moment } from '../../ui/moment.tsx';
import { type Column, Table } from '../../ui/table.tsx';
import { type DlqModel, type QueueRow, readQueues } from './model.ts';

export const dlqPage: Page<DlqModel> = {
  path: '/dlq',
  role: 'view',
  rail: 'dlq',
  title: () => '실패 보관함',
  read: async ({ ports }) => ({ outcome: 'found', model: await readQueues(ports) }),
  render: ({ queues, waiting }, view) => (
    <>
      <PageHead
        title="실패 보관함"
        sub="여러 번 처리하지 못한 메시지를 모아 둡니다. 원인을 고친 뒤 원래 대기열로 되돌려 다시 처리합니다."
      />
      <Card bare>
        {waiting === 0 && <Empty text="실패 보관함이 비어 있습니다." />}
        <Table
          caption={`실패 보관함 ${queues.length}개, 쌓인 메시지 ${waiting}건`}
          columns={columns(view.now)}
          rows={queues}
        />
      </Card>
    </>
  ),
  csv: ({ queues }) => ({
    name: 'dlq',
    head: ['이름', '대기열', '쌓인 건', '가장 오래된 건', '자동 삭제', '진행 중 작업'],
    rows: queues.map(({ label, name, waiting, oldestAt, deletedAt, job }) => [
      label,
      name,
      waiting,
      oldestAt === undefined ? '' : new Date(oldestAt).toISOString(),
      deletedAt === undefined ? '' : new Date(deletedAt).toISOString(),
      job?.title ?? '',
    ]),
  }),
  waiting: (ports) => waitingLetters(ports),
};

const waitingLetters = async ({
  deadLetters,
}: Pick<Ports, 'deadLetters'>): Promise<RailCount | undefined> => {
  const depths = await Promise.all(deadLetters.names.map(({ name }) => deadLetters.depth(name)));
  const count = depths.reduce((sum, { waiting }) => sum + waiting, 0);
  return count === 0 ? undefined : { shown: count, means: '건 쌓임', tone: 'bad' };
};

const columns = (now: number): Column<QueueRow>[] => [
  {
    head: '이름',
    names: true,
    cell: ({ name, label }) => (
      <>
        <a href={`/dlq/${encodeURIComponent(name)}`}>{label}</a>
        <div class="sm">
          <code>{name}</code>
        </div>
      </>
    ),
  },
  { head: '쌓인 건', right: true, class: 'nw', cell: ({ waiting }) => `${waiting.toLocaleString('ko')}건` },
  {
    head: '가장 오래된 건',
    class: 'nw',
    cell: ({ oldestAt }) => oldestAt !== undefined && <Moment at={oldestAt} now={now} relative="below" />,
  },
  {
    head: '자동 삭제까지',
    class: 'nw',
    cell: ({ deletedAt }) =>
      deletedAt !== undefined && (
        <>
          {deletedAt > now ? span(deletedAt - now) : '곧 삭제'}
          <span class="sm mute below">
            <Moment at={deletedAt} now={now} />
          </span>
        </>
      ),
  },
  {
    head: '진행 중 작업',
    cell: ({ job }) => job && <a href={`/jobs/${encodeURIComponent(job.jobId)}`}>{job.title}</a>,
  },
];
