/** What became of demo applications before the demonstration began, by the same moves that operators make. */
import { PublishCommand } from '@aws-sdk/client-sns';
import type { Actor } from '../../functions/audit/audit.ts';
import {
  type Check,
  type CheckName,
  LINK_CHECKS,
  REVIEW_CHECKS,
} from '../../functions/merchant/application.ts';
import type { Applications } from '../../functions/merchant/application.store.ts';
import { SYSTEM } from '../../functions/merchant/decide.ts';
import { type Command, decideMove, type Moved } from '../../functions/merchant/moves.ts';
import { newApplication } from '../../functions/merchant/new-application.ts';
import { holdText } from '../../functions/notification/deserving.ts';
import type { Ending } from '../../functions/notification/message.ts';
import { createMessages } from '../../functions/notification/messages.store.ts';
import { toRecipient } from '../../functions/notification/recipient.ts';
import type { Wording } from '../../functions/notification/templates.ts';
import { PLATFORM } from '../../functions/platform-api/submit.ts';
import type { BusinessCalendar } from '../../functions/runtime/business-days.ts';
import type { DemoApplication } from './demo-applications.ts';
import type { DemoWorld } from './demo-data.ts';

interface Step {
  /** epoch ms */
  at: number;
  by: Actor;
  command: Command;
}
export type History = { submittedAt: number; steps: Step[] };

const OPERATOR: Actor = { kind: 'operator', id: 'demo-operator', name: '김운영' };
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Checked, approved three hours later and linked at once. */
export const inUseSince = (submittedAt: number): History => {
  const approvedAt = submittedAt + 3 * HOUR_MS;
  const linkedAt = approvedAt + MINUTE_MS;
  return {
    submittedAt,
    steps: [
      checked(submittedAt + MINUTE_MS),
      { at: approvedAt, by: OPERATOR, command: { do: 'approve' } },
      { at: linkedAt, by: SYSTEM, command: { do: 'linked', checks: passed(LINK_CHECKS, linkedAt) } },
    ],
  };
};

const FOUND = {
  customer: {
    name: 'customer-known',
    detail: '우체국 아이디에 등록된 고객번호와 다릅니다. 우체국 아이디와 고객번호를 확인해 주세요.',
  },
  approval: {
    name: 'approval-match',
    detail: '우체국에 등록된 승인번호와 다릅니다. 승인번호를 확인해 주세요.',
  },
} as const;

/** Checked, and held the same afternoon because of what the check found. */
export const heldSince = (submittedAt: number, because: keyof typeof FOUND, wording: Wording): History => ({
  submittedAt,
  steps: [
    checked(submittedAt + MINUTE_MS, FOUND[because]),
    {
      at: submittedAt + 5 * HOUR_MS,
      by: OPERATOR,
      command: { do: 'hold', reasons: [because], smsText: holdText([because], wording) },
    },
  ],
});

const checked = (at: number, failed?: { name: CheckName; detail: string }): Step => ({
  at,
  by: SYSTEM,
  command: {
    do: 'checks',
    checks: passed(REVIEW_CHECKS, at).map((check) =>
      check.name === failed?.name ? { ...check, ...failed, outcome: 'failed' } : check,
    ),
    approvalExpiresAt: '2099-12-31',
  },
});

const passed = (names: readonly CheckName[], at: number): Check[] =>
  names.map((name) => ({ name, outcome: 'passed', detail: '확인했습니다.', at }));

/**
 * Plays a history; answers the id of the message it owes, if any. One that is there already is left alone.
 * @throws where a move is not possible any more
 */
export const playHistory = async (
  applications: Applications,
  calendar: BusinessCalendar,
  { applicationId, request }: DemoApplication,
  { submittedAt, steps }: History,
): Promise<string | undefined> => {
  if ((await applications.read(applicationId)) !== undefined) return undefined;
  let last = possible(newApplication(applicationId, request, PLATFORM, submittedAt, calendar));
  written(applicationId, await applications.submit(silent(last)));
  for (const { at, by, command } of steps) {
    const before = last.application;
    last = possible(decideMove(before, command, by, at, calendar));
    written(applicationId, await applications.move(before, silent(last)));
  }
  return last.sms?.messageId;
};

const possible = (move: ReturnType<typeof decideMove>): Moved => {
  if (move.outcome === 'refused') throw new Error(`the demo data cannot be made: ${move.reason}`);
  return move;
};

const written = (applicationId: string, { outcome }: { outcome: string }): void => {
  if (outcome !== 'written') throw new Error(`the demo application ${applicationId} is ${outcome}`);
};

/** The past is over: nobody is told of it now, and no work follows. */
const silent = ({ work: _work, ...moved }: Moved): Moved => ({ ...moved, events: [] });

/** The message of a hold went out when it was decided. */
export const sendHoldMessage = async (
  { sns, ...world }: Pick<DemoWorld, 'doc' | 'tables' | 'sns'>,
  messageId: string,
): Promise<void> =>
  settleMessage(world, messageId, async (to, text) => {
    const answer = await sns.send(new PublishCommand({ PhoneNumber: to, Message: text }));
    return { state: 'sent', providerId: answer.MessageId ?? '' };
  });

/** The message of a hold was refused, because its recipient takes none. */
export const refuseHoldMessage = async (
  world: Pick<DemoWorld, 'doc' | 'tables'>,
  messageId: string,
): Promise<void> =>
  settleMessage(world, messageId, async () => ({ state: 'failed', failure: 'OptedOutException' }));

const settleMessage = async (
  { doc, tables }: Pick<DemoWorld, 'doc' | 'tables'>,
  messageId: string,
  end: (to: string, text: string) => Promise<Ending>,
): Promise<void> => {
  const messages = createMessages(doc, tables.messages);
  const message = await messages.read(messageId);
  const claimed = message && (await messages.claim(messageId, message.sendAt));
  const recipient = message && toRecipient(message.to);
  if (!claimed || recipient?.outcome !== 'mobile') return;
  const ending = await end(recipient.e164, claimed.text);
  await messages.settle(claimed, ending, claimed.sendAt + MINUTE_MS);
};
