import type { DeadLetters, MoveTask } from '../dead-letter.ts';
import type { Job } from '../job.ts';
import { returnStep } from './return-step.ts';
import type { Step } from './step.ts';

/**
 * Has SQS move a failed queue back, and looks how far it came; where SQS cannot, its messages are sent back one by one.
 * The second time: a move that is under way is followed, not begun again.
 */
export const moveStep = async (deadLetters: DeadLetters, job: Job): Promise<Step> => {
  if (job.moving === undefined) return begin(deadLetters, job);
  return job.moving ? follow(deadLetters, job) : returnStep(deadLetters, job);
};

const begin = async (deadLetters: DeadLetters, job: Job): Promise<Step> => {
  const queue = job.queue ?? '';
  const { outcome } = await deadLetters.startMove(queue);
  if (outcome === 'started') return { job: { ...job, moving: true }, then: 'later' };
  // A crash after the start, before it was written down.
  const task = await deadLetters.moveTask(queue);
  const moving = task !== undefined && UNDER_WAY.includes(task.status);
  return { job: { ...job, moving }, then: 'on' };
};

const follow = async (deadLetters: DeadLetters, job: Job): Promise<Step> => {
  const task = await deadLetters.moveTask(job.queue ?? '');
  if (task === undefined) return { job, then: 'failed' };
  const seen = { ...job, done: task.moved, total: Math.max(task.toMove, task.moved) };
  const end = ENDS[task.status];
  if (end !== undefined) return { job: seen, then: end };
  await cancelIfAsked(deadLetters, job, task);
  return { job: seen, then: 'later' };
};

const cancelIfAsked = async (deadLetters: DeadLetters, job: Job, task: MoveTask): Promise<void> => {
  if (job.stopAsked && task.status === 'RUNNING' && task.task !== undefined)
    await deadLetters.cancelMove(task.task);
};

const UNDER_WAY: readonly string[] = ['RUNNING', 'CANCELLING'];
const ENDS: Readonly<Record<string, NonNullable<Job['outcome']>>> = {
  COMPLETED: 'done',
  CANCELLED: 'stopped',
  FAILED: 'failed',
};
