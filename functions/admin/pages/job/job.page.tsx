import type { Confirmation, Page, View } from '../../page.ts';
import { jobPath } from '../../start-job.ts';
import { ConfirmDialog } from '../../ui/confirm.tsx';
import { ButtonForm } from '../../ui/form.tsx';
import { Card, PageHead } from '../../ui/frame.tsx';
import { Tag } from '../../ui/icon.tsx';
import { SummaryList } from '../../ui/list.tsx';
import { Meter } from '../../ui/meter.tsx';
import { Note } from '../../ui/message.tsx';
import { Moment } from '../../ui/moment.tsx';
import { Table } from '../../ui/table.tsx';
import { JOB_WORDS } from '../../vocabulary.ts';
import { lacking, mayReview } from '../roles.ts';
import { type JobModel, modelOf } from './model.ts';

const REFRESH_SECONDS = 2;

export const jobPage: Page<JobModel> = {
  path: '/jobs/:id',
  role: 'view',
  title: ({ title }) => title,
  crumbs: ({ seeAlso }) => [{ href: seeAlso.href, label: seeAlso.label.replace(' 보기', '') }],
  refresh: ({ endedAt }) => (endedAt === undefined ? REFRESH_SECONDS : undefined),
  read: async ({ ports, params, now }) => {
    const job = await ports.jobRecords.read(params['id'] ?? '');
    return job === undefined ? { outcome: 'not-found' } : { outcome: 'found', model: modelOf(job, now) };
  },
  render: (model, view) => (
    <>
      <PageHead title={model.title} />
      <div class="stack">
        <Card>
          <div id="job-progress" data-live>
            <Progress model={model} />
          </div>
          {/* Stands here empty from the start, so that a reader says what comes into it, and nothing else. */}
          <p id="job-end" role="status" aria-live="polite" data-live>
            {model.ended !== '' && <strong>{model.ended}</strong>}
          </p>
          <div id="job-deeds" class="noprint" data-live>
            <Deeds model={model} view={view} />
          </div>
          <ConfirmDialog id="ask-stop" form="stop" ask={askStop(model)} />
        </Card>
        <Card title="작업 내용">
          <SummaryList
            items={[
              { name: '시작', value: <Moment at={model.startedAt} now={view.now} relative="beside" /> },
              { name: '누가', value: model.by },
              { name: '사유', value: model.reason },
              { name: '원본', value: <a href={`/api${jobPath(model.jobId)}`}>JSON 보기</a> },
            ]}
          />
        </Card>
      </div>
    </>
  ),
};

const Progress = ({ model }: { model: JobModel }) => {
  const word = JOB_WORDS[model.state];
  return (
    <div class="gap">
      <p>
        <Tag word={word} /> <strong>{model.progress}</strong>
      </p>
      {model.percent !== undefined && (
        <Meter percent={model.percent} tone={word.tone === 'gray' ? 'info' : word.tone} />
      )}
      {model.state === 'still' && (
        <Note tone="warn">
          10분 넘게 진행되지 않았습니다. 작업을 이어 갈 신호를 잃었을 수 있습니다. 이어서 하기를 누르면 멈춘
          곳부터 다시 진행합니다.
        </Note>
      )}
      {model.failures.length > 0 && (
        <Table
          caption="실패한 이유"
          showCaption
          columns={[
            { head: '이유', names: true, cell: ({ why }) => why },
            { head: '건수', right: true, cell: ({ count }) => count.toLocaleString('ko') },
          ]}
          rows={model.failures}
        />
      )}
    </div>
  );
};

const Deeds = ({ model, view }: { model: JobModel; view: View }) => {
  if (model.endedAt !== undefined)
    return (
      <p>
        <a href={model.seeAlso.href}>{model.seeAlso.label}</a>
      </p>
    );
  const may = mayReview(view.operator);
  const stopping = model.state === 'stopping';
  return (
    <>
      <div class="row">
        {model.state === 'still' && (
          <ButtonForm view={view} action={`${jobPath(model.jobId)}/continue`} name="continue" disabled={!may}>
            이어서 하기
          </ButtonForm>
        )}
        <ButtonForm
          view={view}
          action={`${jobPath(model.jobId)}/stop`}
          id="stop"
          dialog="ask-stop"
          disabled={!may || stopping}
          describedBy="stop-says"
        >
          멈추기
        </ButtonForm>
      </div>
      <p class="sm mute hint" id="stop-says">
        {!may
          ? lacking('review', view.operator)
          : stopping
            ? '하던 만큼만 마치고 멈춥니다.'
            : `이 화면을 닫아도 계속 진행합니다. ${model.stopSays}`}
      </p>
    </>
  );
};

export const askStop = ({ stopSays }: Pick<JobModel, 'stopSays'>): Confirmation => ({
  title: '작업을 멈출까요?',
  body: [stopSays, '남은 건은 그대로 두며, 나중에 새 작업으로 다시 시작할 수 있습니다.'],
  submit: '멈추기',
});
