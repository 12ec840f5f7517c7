/** What a disabled button says to whoever may not press it. */
import type { Operator } from '../page.ts';
import { allows, ROLE_NAMES } from '../role.ts';

export const mayReview = ({ role }: Pick<Operator, 'role'>): boolean => allows(role, 'review');
export const mayManage = ({ role }: Pick<Operator, 'role'>): boolean => allows(role, 'manage');

/** `심사 권한이 있어야 …`, with the role one has. */
export const lacking = (needs: 'review' | 'manage', { role }: Pick<Operator, 'role'>): string =>
  `${needs === 'manage' ? '관리자' : '심사 담당자'}만 할 수 있습니다. 권한이 필요하면 관리자에게 요청해 주세요. (현재: ${ROLE_NAMES[role]})`;
