import type { ShipmentState } from '../../shipment/shipment.ts';
import { resend, type ResendPorts, type Resent } from '../../transmission/resend.ts';
import type { Job } from '../job.ts';
import type { Jobs } from '../job.store.ts';
import type { Step } from './step.ts';

/** Some seconds of work: so often a sign of life, a look at the wish to stop, and not more to do again after a crash. */
const PER_STEP = 100;

/**
 * Sends the next hundred shipments once more. The second time: those under way get another message, which finds
 * nothing to do, and those that ePost took meanwhile count as done.
 */
export const resendStep = async (
  { jobs, resend: ports }: { jobs: Pick<Jobs, 'ids'>; resend: ResendPorts },
  job: Job,
): Promise<Step> => {
  const ids = await jobs.ids(job.jobId, job.step * PER_STEP, PER_STEP);
  if (ids.length === 0) return { job, then: 'done' };
  const first = await resend(ports, ids);
  const changed = first.flatMap(({ shipmentId, outcome }) => (outcome === 'changed' ? [shipmentId] : []));
  const results = [
    ...first.filter(({ outcome }) => outcome !== 'changed'),
    ...(await resend(ports, changed)),
  ];
  const whys = results.flatMap((result) => whyNot(result) ?? []);
  const done = job.done + results.length - whys.length;
  return { job: { ...job, done, ...withFailures(job, whys) }, then: 'on' };
};

/** undefined: it is on its way, or with ePost already. */
export const whyNot = (resent: Resent): string | undefined => {
  switch (resent.outcome) {
    case 'queued':
      return undefined;
    case 'changed':
      return '그사이 상태가 바뀜';
    case 'never-numbered':
      return '운송장번호를 받기 전에 거절됨. 쇼핑몰이 주문을 고쳐 다시 보내야 함';
    case 'unknown-shipment':
      return '발송 정보 없음';
    case 'not-resendable':
      return NOT_RESENDABLE[resent.state];
  }
};

const NOT_RESENDABLE: Readonly<Partial<Record<ShipmentState, string>>> = {
  waiting: '운송장번호 없음',
  cancelled: '취소한 출고',
};

/** How many of a step failed, by why. */
const withFailures = (job: Job, whys: readonly string[]): Pick<Job, 'failed' | 'failures'> => {
  const failures = { ...job.failures };
  for (const why of whys) failures[why] = (failures[why] ?? 0) + 1;
  return { failed: job.failed + whys.length, failures };
};
