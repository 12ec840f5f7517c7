/** From a command of an operator to what the console answers. */
import type { Actor } from '../../../audit/audit.ts';
import type { Application } from '../../../merchant/application.ts';
import { decide } from '../../../merchant/decide.ts';
import type { Command } from '../../../merchant/moves.ts';
import { type Form, one } from '../../form.ts';
import type { ActionResult, Context, Notice, Operator } from '../../page.ts';
import { hourMinute } from '../../time.ts';
import { APPLICATION_WORDS } from '../../vocabulary.ts';
import { whoWasFirst } from './history.ts';
import { nextToReview } from './read.ts';

export const PAGE = '/applications/:id';
export const actorOf = ({ id, name }: Operator): Actor => ({ kind: 'operator', id, name });

/** The version the form was drawn from; a missing one is a stale form. */
export const versionIn = (form: Form): number => Number(one(form, 'version')) || 0;

export interface Order {
  command: Command;
  version: number;
  /** field a refusal is shown beside */
  field: string;
  notice(application: Application): Notice;
  /** the way on after a decision: the next application that waits */
  goesOn?: boolean;
}

/** The second time: the state has moved or the version is old, so nothing happens and who was first is told. */
export const carryOut = async (context: Context, order: Order): Promise<ActionResult> => {
  const applicationId = context.params['id'] ?? '';
  const { command, version, field } = order;
  const actor = actorOf(context.operator);
  const { requestId, ports } = context;
  const decided = await decide(ports, { applicationId, command, actor, version, requestId });
  switch (decided.outcome) {
    case 'moved': {
      const notice = order.notice(decided.application);
      const link = order.goesOn ? await wayOn(context, applicationId) : undefined;
      return { outcome: 'done', to: pathOf(applicationId), notice: { ...notice, ...(link && { link }) } };
    }
    case 'refused':
      return { outcome: 'problems', problems: [{ field, message: decided.reason }] };
    case 'duplicate':
      return {
        outcome: 'problems',
        problems: [
          {
            field,
            message: '같은 사업자번호나 쇼핑몰의 신청이 이미 있습니다. 그 신청을 먼저 확인해 주세요.',
          },
        ],
      };
    case 'changed':
      return decided.existing === undefined
        ? { outcome: 'not-found' }
        : { outcome: 'conflict', message: await whoWas(context, decided.existing) };
    case 'not-found':
      return { outcome: 'not-found' };
  }
};

export const pathOf = (applicationId: string): string => `/applications/${encodeURIComponent(applicationId)}`;

const wayOn = async ({ ports }: Context, applicationId: string): Promise<Notice['link']> => {
  const next = await nextToReview(ports, applicationId);
  return next === undefined
    ? { href: '/applications', label: '목록으로' }
    : { href: pathOf(next.applicationId), label: '다음 신청 보기' };
};

/** "이담당 · 14:18 · 승인보류": the audit row of the version that stands now. */
const whoWas = async ({ ports, operator }: Context, existing: Application): Promise<string> => {
  const rows = await ports.audit.of(`application#${existing.applicationId}`, 10);
  const first = whoWasFirst(rows, existing);
  const label = APPLICATION_WORDS[existing.status].label;
  const facts = first === undefined ? label : `${first.by.name} · ${hourMinute(first.at)} · ${label}`;
  const begins =
    first?.by.kind !== 'operator' || first.by.id === operator.id
      ? '그사이 내용이 바뀌어 처리하지 않았습니다.'
      : '다른 담당자가 먼저 처리했습니다.';
  return `${begins} ${facts}. 바뀐 내용을 확인해 주세요.`;
};
