/** Long work on a real engine; queues and failed queues are in memory. */
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { MoveTask } from '../../../functions/admin/dead-letter.ts';
import type { Job } from '../../../functions/admin/job.ts';
import { type JobPorts, runJob } from '../../../functions/admin/jobs/run-job.ts';
import { type JobOrder, startJob } from '../../../functions/admin/start-job.ts';
import { resendPorts } from '../../../functions/admin/pages/deeds.ts';
import { attentionKeys, type ShipmentState } from '../../../functions/shipment/shipment.ts';
import { aShipment, T0 } from '../../support/builders.ts';
import { type Desk, startDesk } from '../pages/parcel-desk.ts';

let desk: Desk;
const NEVER = Number.MAX_SAFE_INTEGER;

beforeAll(async () => {
  desk = await startDesk();
});
afterAll(() => desk.stop());
beforeEach(() => {
  desk.now += 60_000;
  desk.sent.jobs.length = 0;
  desk.sent.transmission.length = 0;
});

const portsOf = (over: Partial<JobPorts> = {}): JobPorts => ({
  jobs: desk.ports.jobRecords,
  queue: desk.ports.jobs,
  resend: resendPorts(desk.ports),
  deadLetters: desk.ports.deadLetters,
  clock: () => desk.now,
  ...over,
});
const start = (order: JobOrder): Promise<Job> => startJob(desk.context(), order);
const record = (jobId: string) => desk.ports.jobRecords.read(jobId);

const refused = async (prefix: string, count: number, state: ShipmentState = 'refused') => {
  const ids = Array.from({ length: count }, (_, i) => `${prefix}-${i}`);
  for (const shipmentId of ids) {
    const shipment = aShipment({ shipmentId, state, receivedAt: T0, deadline: T0 + 1_200_000 });
    const Item = { ...shipment, ...(state === 'refused' && attentionKeys('refused', shipment)) };
    await desk.doc.send(new PutCommand({ TableName: desk.tables.shipments, Item }));
  }
  return ids;
};
const resendOf = (ids: readonly string[]): JobOrder => ({
  kind: 'resend',
  title: `출고 ${ids.length}건 다시 전송`,
  reason: '주소를 고쳤습니다',
  ids,
});

describe('beginning', () => {
  it('writes the record and one audit row together, and sets a worker going', async () => {
    const job = await start(resendOf(['a', 'b']));
    expect(await record(job.jobId)).toMatchObject({
      total: 2,
      done: 0,
      by: { id: 'op-1' },
      startedAt: desk.now,
    });
    const rows = await desk.ports.audit.of(`job#${job.jobId}`);
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({
      what: 'job.started',
      reason: '주소를 고쳤습니다',
      by: { name: '김운영' },
    });
    expect(desk.sent.jobs).toEqual([{ v: 1, jobId: job.jobId }]);
    expect((await desk.ports.jobRecords.latest(1))[0]?.jobId).toBe(job.jobId);
  });
});

describe('sending shipments once more', () => {
  it('sends all of them, and tells the failures by why', async () => {
    const ids = [
      ...(await refused('R', 3)),
      ...(await refused('A', 1, 'accepted')),
      ...(await refused('C', 1, 'cancelled')),
      'nobody',
    ];
    const { jobId } = await start(resendOf(ids));
    expect(await runJob(portsOf(), jobId, NEVER)).toBe('done');
    expect(await record(jobId)).toMatchObject({
      outcome: 'done',
      done: 4,
      failed: 2,
      failures: { '취소한 출고': 1, '발송 정보 없음': 1 },
    });
    expect(desk.sent.transmission).toEqual(
      ['R-0', 'R-1', 'R-2'].map((shipmentId) => ({ v: 1, shipmentId, again: expect.any(Number) as number })),
    );
    expect((await desk.ports.attempts.read('R-0'))?.state).toBe('allocated');
  });

  it('hands the rest on when its time is over, and goes on where it stopped', async () => {
    const ids = await refused('H', 250);
    const { jobId } = await start(resendOf(ids));
    desk.sent.jobs.length = 0;
    let calls = 0;
    const clock = () => desk.now + calls++;
    // The clock is read before each step, within it and after it: the second step is not begun.
    const closesAt = desk.now + 2;
    expect(await runJob(portsOf({ clock, resend: resendPorts(desk.ports) }), jobId, closesAt)).toBe(
      'continues',
    );
    expect(await record(jobId)).toMatchObject({ step: 1, done: 100 });
    expect(desk.sent.jobs).toEqual([{ v: 1, jobId }]);
    expect(await runJob(portsOf(), jobId, NEVER)).toBe('done');
    expect(await record(jobId)).toMatchObject({ done: 250, failed: 0 });
    expect(new Set(desk.sent.transmission.map((body) => JSON.stringify(body))).size).toBe(250);
  });

  it('loses nothing in a crash between a step and its record: the step is done again', async () => {
    const ids = await refused('X', 150);
    const { jobId } = await start(resendOf(ids));
    const save: JobPorts['jobs']['save'] = async () => {
      throw new Error('killed');
    };
    const killed = portsOf({ jobs: { ...desk.ports.jobRecords, save } });
    await expect(runJob(killed, jobId, NEVER)).rejects.toThrow('killed');
    expect(await record(jobId)).toMatchObject({ step: 0, done: 0 });
    expect(await runJob(portsOf(), jobId, NEVER)).toBe('done');
    expect(await record(jobId)).toMatchObject({ done: 150, failed: 0 });
  });

  it('is done by one of two workers at the same time', async () => {
    const ids = await refused('T', 120);
    const { jobId } = await start(resendOf(ids));
    const outcomes = await Promise.all([runJob(portsOf(), jobId, NEVER), runJob(portsOf(), jobId, NEVER)]);
    expect(outcomes.toSorted()).toEqual(['done', 'overtaken']);
    expect(await record(jobId)).toMatchObject({ done: 120, failed: 0 });
  });

  it('is written down once a step: who comes late writes nothing', async () => {
    const job = await start(resendOf(['a']));
    expect(await desk.ports.jobRecords.save({ ...job, done: 1 })).toMatchObject({ step: 1, done: 1 });
    expect(await desk.ports.jobRecords.save({ ...job, done: 0 })).toBeUndefined();
    expect(await record(job.jobId)).toMatchObject({ step: 1, done: 1 });
  });

  it('stops when asked, keeps what is done, and is not begun again', async () => {
    const ids = await refused('S', 150);
    const { jobId } = await start(resendOf(ids));
    const jobs = {
      ...desk.ports.jobRecords,
      save: async (job: Job) => {
        await desk.ports.jobRecords.askToStop(jobId, '이담당', desk.now);
        return desk.ports.jobRecords.save(job);
      },
    };
    expect(await runJob(portsOf({ jobs }), jobId, NEVER)).toBe('stopped');
    expect(await record(jobId)).toMatchObject({ outcome: 'stopped', done: 100, stopAsked: { by: '이담당' } });
    expect(await runJob(portsOf(), jobId, NEVER)).toBe('stopped');
    expect(await desk.ports.jobRecords.askToStop(jobId, '김운영', desk.now)).toBe(false);
  });

  it('does nothing for a job nobody began', async () => {
    expect(await runJob(portsOf(), 'nobody', NEVER)).toBe('unknown');
  });
});

describe('sending failed messages back', () => {
  const letters = (count: number, sentAt: number) =>
    Array.from({ length: count }, (_, i) => ({
      messageId: `m-${sentAt}-${i}`,
      sentAt,
      received: 1,
      body: '{}',
    }));
  const order = (kind: 'return-messages' | 'move-messages', queue: string): JobOrder => ({
    kind,
    queue,
    title: '되돌리기',
    reason: '고쳤습니다',
    total: 120,
  });

  it('returns what was there when it began, and leaves what failed again since', async () => {
    desk.letters.set('Transmission', letters(120, desk.now - 1000));
    const { jobId } = await start(order('return-messages', 'Transmission'));
    desk.letters.get('Transmission')!.push(...letters(3, desk.now + 1000));
    expect(await runJob(portsOf(), jobId, NEVER)).toBe('done');
    expect(await record(jobId)).toMatchObject({ done: 120, outcome: 'done' });
    expect(desk.letters.get('Transmission')).toHaveLength(3);
  });

  it('fails at once where there is no way back', async () => {
    const { jobId } = await start(order('return-messages', 'Elsewhere'));
    expect(await runJob(portsOf(), jobId, NEVER)).toBe('failed');
  });

  const movedBy = (tasks: (MoveTask | undefined)[], starts: ('started' | 'not-movable')[]) => {
    const cancelled: string[] = [];
    const deadLetters = {
      ...desk.ports.deadLetters,
      startMove: async () =>
        starts.shift() === 'started'
          ? { outcome: 'started' as const, task: 't' }
          : { outcome: 'not-movable' as const },
      moveTask: async () => tasks.shift(),
      cancelMove: async (task: string) => void cancelled.push(task),
    };
    return { ports: portsOf({ deadLetters }), cancelled };
  };
  const task = (status: string, moved: number): MoveTask => ({
    task: 't',
    status,
    moved,
    toMove: 100,
    startedAt: desk.now,
  });

  it('lets SQS move a queue, and follows it to its end', async () => {
    const { ports } = movedBy([task('RUNNING', 40), task('COMPLETED', 100)], ['started']);
    const { jobId } = await start(order('move-messages', 'Transmission'));
    expect(await runJob(ports, jobId, NEVER)).toBe('continues');
    expect(await runJob(ports, jobId, NEVER)).toBe('continues');
    expect(await record(jobId)).toMatchObject({ done: 40, total: 100, moving: true });
    expect(await runJob(ports, jobId, NEVER)).toBe('done');
    expect(await record(jobId)).toMatchObject({ done: 100, outcome: 'done' });
  });

  it('follows a move that a crashed worker began', async () => {
    const { ports } = movedBy([task('RUNNING', 10), task('COMPLETED', 100)], ['not-movable']);
    const { jobId } = await start(order('move-messages', 'Transmission'));
    expect(await runJob(ports, jobId, NEVER)).toBe('done');
    expect(await record(jobId)).toMatchObject({ done: 100, moving: true });
  });

  it('asks SQS to stop, and is stopped when SQS says so', async () => {
    const { ports, cancelled } = movedBy([task('RUNNING', 40), task('CANCELLED', 45)], ['started']);
    const { jobId } = await start(order('move-messages', 'Transmission'));
    await runJob(ports, jobId, NEVER);
    await desk.ports.jobRecords.askToStop(jobId, '김운영', desk.now);
    expect(await runJob(ports, jobId, NEVER)).toBe('continues');
    expect(cancelled).toEqual(['t']);
    expect(await runJob(ports, jobId, NEVER)).toBe('stopped');
    expect(await record(jobId)).toMatchObject({ done: 45, outcome: 'stopped' });
  });

  it('sends them back one by one where SQS cannot move them', async () => {
    desk.letters.set('Quarantine', letters(7, desk.now - 1000));
    const { jobId } = await start(order('move-messages', 'Quarantine'));
    expect(await runJob(portsOf(), jobId, NEVER)).toBe('done');
    expect(await record(jobId)).toMatchObject({ done: 7, moving: false });
    expect(desk.letters.get('Quarantine')).toEqual([]);
  });
});
