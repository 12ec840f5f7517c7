import type { Actor, AuditEntry } from '../../audit/audit.ts';
import type { ResendPorts } from '../../transmission/resend.ts';
import type { Context } from '../page.ts';
import type { Ports } from '../ports.ts';

/** The operator as the audit holds them. */
export const actorOf = ({ operator }: Pick<Context, 'operator'>): Actor => ({
  kind: 'operator',
  id: operator.id,
  name: operator.name,
});

type Deed = Pick<AuditEntry, 'what' | 'subject' | 'before' | 'after'> & { reason?: string | undefined };

/** One audit row of what this request does. */
export const writeDown = async (context: Context, { reason, ...deed }: Deed): Promise<void> => {
  await context.ports.audit.append({
    at: context.now,
    by: actorOf(context),
    requestId: context.requestId,
    ...deed,
    ...(reason !== undefined && { reason }),
  });
};

/** `transmission/resend` over the console's ports. */
export const resendPorts = ({
  attempts,
  transmission,
  pauses,
  clock,
}: Pick<Ports, 'attempts' | 'transmission' | 'pauses' | 'clock'>): ResendPorts => ({
  attempts,
  queue: transmission,
  pauses,
  clock,
});
