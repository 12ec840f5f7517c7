/** What each SMS is for (console.md 2.5): the table is complete because its keys are the templates'. */
import { HOLD_LABELS } from '../../../merchant/labels.ts';
import type { TemplateKey } from '../../../notification/templates.ts';

const hold = (why: string): string => `승인보류: ${why}`;

export const USES: Readonly<Record<TemplateKey, string>> = {
  applied: '접수',
  approved: '승인',
  'hold.customer': hold(HOLD_LABELS.customer),
  'hold.approval': hold(HOLD_LABELS.approval),
  'hold.login': hold(HOLD_LABELS.login),
  'hold.bizno': hold(HOLD_LABELS.bizno),
  'hold.contract': hold(HOLD_LABELS.contract),
  'hold.duplicate': hold(HOLD_LABELS.duplicate),
  'hold.two': hold('고객번호와 승인번호'),
  'hold.multi': hold('사유 셋 이상'),
  'hold.other': hold(HOLD_LABELS.other),
  late: '승인 기한 지남',
  stopped: '이용정지',
  txfail: '전송 실패',
  band: '운송장번호 부족',
  ended: '해지',
};
