import { many, one, type Parsed } from '../../form.ts';
import type { Action, ActionResult, Context } from '../../page.ts';
import { startJob, toJobPage } from '../../start-job.ts';
import { writeDown } from '../deeds.ts';
import { runningJob } from './model.ts';
import { askDelete, askReturnAll, askReturnOne } from './questions.ts';
import { queueWords } from './queue-names.ts';

const PAGE = '/dlq/:queue';
/** As many as the page shows, and some. */
const MOST_DELETED = 100;

const queueOf = ({ ports, params }: Context): { name: string; returns: boolean } | undefined =>
  ports.deadLetters.names.find(({ name }) => name === params['queue']);
const here = (name: string): string => `/dlq/${encodeURIComponent(name)}`;
const conflict = (message: string): ActionResult => ({ outcome: 'conflict', message });
const NO_WAY_BACK = '이 보관함에는 되돌아갈 대기열이 없습니다.';

/** Why nothing may be taken from a queue now: two that empty it at once would count wrong. */
const atWork = async (context: Context, name: string): Promise<ActionResult | undefined> => {
  const job = await runningJob(context.ports, name);
  return job && conflict(`되돌리는 작업이 진행 중입니다(${job.title}). 끝난 뒤 다시 해 주세요.`);
};

/** The second time: it is gone, so it is a conflict; sent back twice it finds nothing to do. */
export const returnOne: Action<{ message: string }> = {
  path: `${PAGE}/return-one`,
  role: 'review',
  page: PAGE,
  parse: (form) => ({ outcome: 'input', input: { message: one(form, 'message') } }),
  confirm: async (context) => {
    const queue = queueOf(context);
    return queue?.returns ? askReturnOne(queueWords(queue.name).name) : undefined;
  },
  perform: async (context, { message }, { reason }) => {
    const queue = queueOf(context);
    if (queue === undefined) return { outcome: 'not-found' };
    const busy = await atWork(context, queue.name);
    if (busy !== undefined) return busy;
    switch (await context.ports.deadLetters.giveBackOne(queue.name, message)) {
      case 'no-way-back':
        return conflict(NO_WAY_BACK);
      case 'gone':
        return conflict('이미 되돌리거나 삭제한 메시지입니다. 목록을 확인해 주세요.');
      case 'returned':
        await writeDown(context, {
          what: 'queue.returned',
          subject: `queue#${queue.name}`,
          reason,
          after: { messageId: message },
        });
        return {
          outcome: 'done',
          to: here(queue.name),
          notice: { tone: 'ok', text: '1건을 원래 대기열로 되돌렸습니다. 다시 처리합니다.' },
        };
    }
  },
};

/** What was quarantined has to be taken out of the note it lies in, which a move by SQS would not do. */
const IN_A_NOTE: readonly string[] = ['Quarantine'];

export const returnAll: Action<null> = {
  path: `${PAGE}/return-all`,
  role: 'review',
  page: PAGE,
  parse: () => ({ outcome: 'input', input: null }),
  confirm: async (context) => {
    const queue = queueOf(context);
    if (!queue?.returns) return undefined;
    const { waiting } = await context.ports.deadLetters.depth(queue.name);
    return askReturnAll(queueWords(queue.name).name, waiting);
  },
  perform: async (context, _input, { reason = '' }) => {
    const queue = queueOf(context);
    if (queue === undefined) return { outcome: 'not-found' };
    if (!queue.returns) return conflict(NO_WAY_BACK);
    const busy = await atWork(context, queue.name);
    if (busy !== undefined) return busy;
    const { waiting } = await context.ports.deadLetters.depth(queue.name);
    if (waiting === 0) return conflict('되돌릴 메시지가 없습니다. 목록을 확인해 주세요.');
    const job = await startJob(context, {
      kind: IN_A_NOTE.includes(queue.name) ? 'return-messages' : 'move-messages',
      title: `${queueWords(queue.name).name} 실패 ${waiting.toLocaleString('ko')}건 되돌리기`,
      reason,
      queue: queue.name,
      total: waiting,
    });
    return toJobPage(job);
  },
};

const parseChosen = (messages: readonly string[]): Parsed<{ messages: readonly string[] }> => {
  const problem = (message: string): Parsed<never> => ({
    outcome: 'problems',
    problems: [{ field: 'messages', message }],
  });
  if (messages.length === 0) return problem('삭제할 메시지를 골라 주세요');
  if (messages.length > MOST_DELETED) return problem(`한 번에 ${MOST_DELETED}건까지 골라 주세요`);
  return { outcome: 'input', input: { messages } };
};

/** The second time: they are gone, and nothing is written down. */
export const deleteChosen: Action<{ messages: readonly string[] }> = {
  path: `${PAGE}/delete`,
  role: 'manage',
  page: PAGE,
  parse: (form) => parseChosen([...new Set(many(form, 'messages'))]),
  confirm: async (_context, { messages }) => askDelete(messages.length),
  perform: async (context, { messages }, { reason }) => {
    const queue = queueOf(context);
    if (queue === undefined) return { outcome: 'not-found' };
    const deleted = await context.ports.deadLetters.deleteThese(queue.name, messages);
    if (deleted === 0) return conflict('이미 되돌리거나 삭제한 메시지입니다. 목록을 확인해 주세요.');
    await writeDown(context, {
      what: 'queue.deleted',
      subject: `queue#${queue.name}`,
      reason,
      after: { asked: messages.length, deleted, messageIds: [...messages] },
    });
    const others = messages.length - deleted;
    return {
      outcome: 'done',
      to: here(queue.name),
      notice: {
        tone: 'ok',
        text: `${deleted}건을 삭제했습니다.${others === 0 ? '' : ` ${others}건은 이미 없었습니다.`}`,
      },
    };
  },
};

export const dlqActions = [returnOne, returnAll, deleteChosen] as const;
