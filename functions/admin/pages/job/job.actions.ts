import type { Deed } from '../../../audit/deeds.ts';
import { type Job, jobMessage } from '../../job.ts';
import type { Action, ActionResult, Context } from '../../page.ts';
import { jobPath } from '../../start-job.ts';
import { writeDown } from '../deeds.ts';
import { askStop } from './job.page.tsx';
import { modelOf } from './model.ts';

const PAGE = '/jobs/:id';
const OVER: ActionResult = { outcome: 'conflict', message: '작업이 이미 끝났습니다.' };

const deed = (
  name: string,
  confirm: Action<null>['confirm'],
  perform: (context: Context, job: Job) => Promise<ActionResult>,
): Action<null> => ({
  path: `${PAGE}/${name}`,
  role: 'review',
  page: PAGE,
  parse: () => ({ outcome: 'input', input: null }),
  ...(confirm && { confirm }),
  perform: async (context) => {
    const job = await find(context);
    if (job === undefined) return { outcome: 'not-found' };
    return job.endedAt === undefined ? perform(context, job) : OVER;
  },
});

const find = ({ ports, params }: Context) => ports.jobRecords.read(params['id'] ?? '');

/** A worker has to see the wish: one is sent for, in case that none is at it. */
const goOn = async ({ ports }: Context, { jobId }: Job): Promise<void> => {
  await ports.jobs.send([{ body: jobMessage(jobId) }]);
};
const writtenDown = (context: Context, what: Deed, { jobId, done, failed, total }: Job) =>
  writeDown(context, { what, subject: `job#${jobId}`, after: { done, failed, total } });

/** The second time: the first wish stays, and one more message finds the job ended. */
export const stopJob = deed(
  'stop',
  async (context) => {
    const job = await find(context);
    return job && askStop(modelOf(job, context.now));
  },
  async (context, job) => {
    const { ports, operator, now } = context;
    if (!(await ports.jobRecords.askToStop(job.jobId, operator.name, now))) return OVER;
    await goOn(context, job);
    await writtenDown(context, 'job.stop-asked', job);
    const notice = { tone: 'info' as const, text: '작업을 멈추고 있습니다. 하던 만큼만 마칩니다.' };
    return { outcome: 'done', to: jobPath(job.jobId), notice };
  },
);

/** The second time: of two workers one does each step. */
export const continueJob = deed('continue', undefined, async (context, job) => {
  await goOn(context, job);
  await writtenDown(context, 'job.continued', job);
  const notice = { tone: 'ok' as const, text: '작업을 멈춘 곳부터 이어서 합니다.' };
  return { outcome: 'done', to: jobPath(job.jobId), notice };
});

export const jobActions = [stopJob, continueJob];
