/** Who may do what: 조회 looks, 심사 decides and repairs, 관리 also sets and deletes. Each holds the ones before it. */
export const ROLES = ['view', 'review', 'manage'] as const;
export type Role = (typeof ROLES)[number];

/** What the issuer calls the groups, and what the console shows. */
export const ROLE_LABELS: Readonly<Record<Role, string>> = { view: '조회', review: '심사', manage: '관리' };
/** As in "(현재: 조회 전용)". */
export const ROLE_NAMES: Readonly<Record<Role, string>> = {
  view: '조회 전용',
  review: '심사 담당자',
  manage: '관리자',
};

export const allows = (has: Role, needs: Role): boolean => ROLES.indexOf(has) >= ROLES.indexOf(needs);

/** The highest role among an issuer's groups; undefined: none of ours, so nobody we know. */
export const roleOf = (groups: readonly string[]): Role | undefined =>
  ROLES.findLast((role) => groups.includes(ROLE_LABELS[role]));
