import { SignedInElsewhere } from './error-pages.tsx';
import type { Page } from './page.ts';

/** Where a sign-in in a second window ends, while the first one still holds what was typed. */
export const signedInPage: Page<Record<string, never>> = {
  path: '/settings/signed-in',
  role: 'view',
  title: () => '로그인했습니다',
  read: async () => ({ outcome: 'found', model: {} }),
  render: () => <SignedInElsewhere />,
};
