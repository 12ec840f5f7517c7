/** P3, P8: in the end no queue holds anything that is not explained. */
import type { Job } from '../../../functions/admin/job.ts';
import type { Check, Checked } from './check.ts';
import { all } from './records.ts';

export const checkQueues = ({ aws, names, shop, broken }: Checked): Check => ({
  atEnd: () => {
    for (const queue of ['order-events', 'transmission', 'tracking', 'onboarding', 'jobs', 'ledger-audit']) {
      const left = aws.queues.messages(names.queue(queue));
      if (left.length > 0)
        broken('P3', `${queue} still holds ${left.length}: ${left[0]?.body.slice(0, 200)}`);
      const dead = aws.queues.messages(names.queue(`${queue}!`));
      if (dead.length > 0)
        broken('P3', `${queue} has ${dead.length} dead letters: ${dead[0]?.body.slice(0, 200)}`);
    }
    for (const { jobId, kind, endedAt } of all<Job>(aws, names, 'operations'))
      if (jobId !== undefined && endedAt === undefined)
        broken('P3', `the job ${jobId} (${kind}) never ended`);
    const aside = aws.queues.messages(names.queue('quarantine')).length;
    if (aside > 0 && shop.nonsense === 0) broken('P3', `${aside} events were set aside that make sense`);
  },
});
