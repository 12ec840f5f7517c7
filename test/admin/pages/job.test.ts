import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Job } from '../../../functions/admin/job.ts';
import { continueJob, stopJob } from '../../../functions/admin/pages/job/job.actions.ts';
import { jobPage } from '../../../functions/admin/pages/job/job.page.tsx';
import { startJob } from '../../../functions/admin/start-job.ts';
import { type Desk, show, startDesk, submit } from './parcel-desk.ts';

let desk: Desk;
const at = (id: string) => desk.context({ params: { id } });
const begun = (over: Partial<Parameters<typeof startJob>[1]> = {}): Promise<Job> =>
  startJob(desk.context(), {
    kind: 'resend',
    title: '출고 128건 다시 전송',
    reason: '<script>alert(1)</script>',
    ids: Array.from({ length: 128 }, (_, i) => `S-${i}`),
    ...over,
  } as Parameters<typeof startJob>[1]);

beforeAll(async () => {
  desk = await startDesk();
});
afterAll(() => desk.stop());

describe('a job', () => {
  it('says how far it came, about how long it goes on, who began it and why', async () => {
    const job = await begun();
    const started = desk.now;
    desk.now += 60_000;
    await desk.ports.jobRecords.save({
      ...job,
      done: 94,
      failed: 2,
      failures: { '취소한 출고': 2 },
      beatAt: desk.now,
    });
    const { model, text, html } = await show(jobPage, at(job.jobId), { now: desk.now });
    expect(model).toMatchObject({ progress: '128건 중 96건 끝남 · 실패 2건 · 약 20초 남음', percent: 75 });
    expect(model.startedAt).toBe(started);
    expect(text).toContain('이미 보낸 96건은 되돌리지 않습니다.');
    expect(text).toContain('이 화면을 닫아도 계속 진행합니다.');
    expect(text).toContain('김운영');
    expect(html).not.toContain('<script>');
    expect(jobPage.refresh).toBeTypeOf('function');
    expect((jobPage.refresh as (m: typeof model) => unknown)(model)).toBe(2);
  });

  it('gives no percentage of a total that is only about right', async () => {
    const job = await begun({ kind: 'move-messages', queue: 'Transmission', total: 1200 } as never);
    await desk.ports.jobRecords.save({ ...job, done: 940, beatAt: desk.now + 1 });
    const { model } = await show(jobPage, at(job.jobId));
    expect(model.progress).toMatch(/^약 1,200건 중 940건/);
    expect(model.percent).toBeUndefined();
  });

  it('tells its end once, in a line that readers say, and is not refreshed any more', async () => {
    const job = await begun();
    await desk.ports.jobRecords.save({ ...job, done: 126, failed: 2, failures: { '취소한 출고': 2 } });
    const before = await show(jobPage, at(job.jobId));
    expect(before.html).toMatch(/<p id="job-end" role="status" aria-live="polite" data-live="true"><\/p>/);
    await desk.ports.jobRecords.end(job.jobId, 'done', desk.now);
    const { model, html } = await show(jobPage, at(job.jobId));
    expect(html).toMatch(/aria-live="polite"[^>]*><strong>끝났습니다. 126건 성공, 2건 실패.<\/strong>/);
    expect((jobPage.refresh as (m: typeof model) => unknown)(model)).toBeUndefined();
    expect(html).not.toContain('/stop');
  });

  it('is asked to stop with one audit row, and a worker is sent for', async () => {
    const job = await begun();
    desk.sent.jobs.length = 0;
    expect(await submit(stopJob, at(job.jobId))).toMatchObject({ outcome: 'done' });
    expect(desk.sent.jobs).toEqual([{ v: 1, jobId: job.jobId }]);
    const rows = await desk.ports.audit.of(`job#${job.jobId}`);
    expect(rows.map(({ what }) => what)).toEqual(['job.stop-asked', 'job.started']);
    expect((await show(jobPage, at(job.jobId))).model.state).toBe('stopping');
    await desk.ports.jobRecords.end(job.jobId, 'stopped', desk.now);
    expect(await submit(stopJob, at(job.jobId))).toMatchObject({ outcome: 'conflict' });
  });

  it('that stands still says so, and is set going again', async () => {
    const job = await begun();
    desk.now += 11 * 60_000;
    const { text } = await show(jobPage, at(job.jobId), { now: desk.now });
    expect(text).toContain('10분 넘게 진행되지 않았습니다.');
    desk.sent.jobs.length = 0;
    expect(await submit(continueJob, at(job.jobId))).toMatchObject({ outcome: 'done' });
    expect(desk.sent.jobs).toHaveLength(1);
  });

  it('offers whoever only looks nothing to press', async () => {
    const { jobId } = await begun();
    const operator = { id: 'op-2', name: '이담당', role: 'view' as const };
    const { html } = await show(jobPage, at(jobId), { operator });
    expect(html).toMatch(/<button[^>]*disabled[^>]*>멈추기/);
    expect(html).toContain('심사 담당자만 할 수 있습니다.');
  });

  it('is not found by an id nobody has', async () => {
    expect(await jobPage.read(at('nobody'))).toEqual({ outcome: 'not-found' });
  });
});
