/** P15, P16: one audit row per decision, in an unbroken chain; at most one SMS per decision, to Korean mobiles only. */
import { type AuditRow, firstBreak } from '../../../functions/audit/audit.ts';
import type { Application } from '../../../functions/merchant/application.ts';
import type { Message } from '../../../functions/notification/message.ts';
import { toRecipient } from '../../../functions/notification/recipient.ts';
import type { Check, Checked } from './check.ts';
import { all, one, touched } from './records.ts';

export const checkMessages = ({ aws, names, broken }: Checked): Check => {
  const allowed = (to: string, text: string): number =>
    all<Message>(aws, names, 'messages')
      .filter((message) => {
        const recipient = toRecipient(message.to);
        return recipient.outcome === 'mobile' && recipient.e164 === to && message.text === text;
      })
      .reduce((sum, { resends = 0 }) => sum + 1 + resends, 0);
  return {
    afterCall: ({ service, operation, input }) => {
      if (service !== 'sns' || operation !== 'Publish') return;
      const { PhoneNumber: to, Message: text } = input as { PhoneNumber: string; Message: string };
      if (!/^\+8210\d{8}$/.test(to)) broken('P16', `an SMS went to ${to}`);
      const sent = aws.sms.sent().filter((sms) => sms.to === to && sms.text === text).length;
      if (sent > allowed(to, text)) broken('P16', `${sent} SMS to ${to} for ${allowed(to, text)} decisions`);
    },
  };
};

export const checkAudit = ({ aws, names, broken }: Checked): Check => {
  const rows = () => all<AuditRow>(aws, names, 'audit').toSorted((a, b) => a.seq - b.seq);
  const versionsOf = (applicationId: string): number[] =>
    rows()
      .filter(({ subject }) => subject === `application#${applicationId}`)
      .map(({ after }) => (after as { version: number }).version);
  return {
    afterCall: (call) => {
      if (touched(call, names.table('audit'), 'chain').length > 0 && /Update|Delete/.test(call.operation))
        broken('P15', `${call.operation} on the audit chain`);
      for (const applicationId of touched(call, names.table('applications'), 'applicationId')) {
        if (applicationId.includes('#')) continue;
        const application = one<Application>(aws, names, 'applications', { applicationId });
        const told = versionsOf(applicationId);
        const expected = Array.from({ length: application?.version ?? 0 }, (_, i) => i + 1);
        if (told.join() !== expected.join())
          broken(
            'P15',
            `${applicationId} is at version ${application?.version}, its rows say ${told.join(' ')}`,
          );
      }
    },
    atEnd: () => {
      const at = firstBreak(rows());
      if (at !== undefined) broken('P15', `the audit chain breaks at ${at}`);
    },
  };
};
