/** One decision from reading to telling: what the console, the platform's door and the link work all go through. */
import type { Actor } from '../audit/audit.ts';
import type { BusinessCalendar } from '../runtime/business-days.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Application } from './application.ts';
import type { Claimed } from './application-claims.store.ts';
import type { Applications } from './application.store.ts';
import { type Command, decideMove, type Moved, type Refused } from './moves.ts';
import type { Outbox } from './outbox.store.ts';
import { owedBy } from './owed.ts';

/** Who decides what nobody did: the automatic checks and the link work. */
export const SYSTEM: Actor = { kind: 'system', id: 'onboard', name: '자동 점검' };

export interface DecidePorts {
  applications: Pick<Applications, 'read' | 'move'>;
  outbox: Pick<Outbox, 'deliver'>;
  calendar: () => Promise<BusinessCalendar>;
  clock: Clock;
  count: (name: string, value?: number) => void;
}
export interface DecideOrder {
  applicationId: string;
  command: Command;
  actor: Actor;
  /** the version the decider saw; another one now means someone was first, and nothing happens */
  version?: number;
  requestId?: string;
}
export type Decided =
  | { outcome: 'moved'; application: Application; sms: boolean }
  | Refused
  | { outcome: 'changed'; existing: Application | undefined }
  | { outcome: 'duplicate'; claim: Claimed }
  | { outcome: 'not-found' };

/**
 * Decides and commits. Two at once: exactly one is `moved`, the other `changed` with what the first one made of it.
 * The second time: refused by the state, or `changed` when a version was given.
 */
export const decide = async (ports: DecidePorts, order: DecideOrder): Promise<Decided> => {
  const before = await ports.applications.read(order.applicationId);
  if (before === undefined) return { outcome: 'not-found' };
  if (order.version !== undefined && order.version !== before.version)
    return { outcome: 'changed', existing: before };
  const move = decideMove(before, order.command, order.actor, ports.clock(), await ports.calendar());
  if (move.outcome === 'refused') return move;
  const moved = withRequest(move, order.requestId);
  const answer = await ports.applications.move(before, moved);
  if (answer.outcome !== 'written') return answer;
  await deliver(ports, moved);
  return { outcome: 'moved', application: moved.application, sms: moved.sms !== undefined };
};

export const withRequest = (moved: Moved, requestId: string | undefined): Moved =>
  requestId === undefined ? moved : { ...moved, audit: { ...moved.audit, requestId } };

/** The decision stands; what cannot be told now stays in the outbox and is told by the next sweep. */
export const deliver = async (
  { outbox, count }: Pick<DecidePorts, 'outbox' | 'count'>,
  moved: Moved,
): Promise<void> => {
  const owed = owedBy(moved);
  if (owed === undefined) return;
  try {
    await outbox.deliver(owed);
  } catch {
    count('OutboxDelayed');
  }
};
