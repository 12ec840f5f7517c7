import type { Page } from './page.ts';

/** Whoever comes without an aim, after signing in for instance, begins with what has to be decided. */
export const homePage: Page<null> = {
  path: '/',
  role: 'view',
  title: () => '우체국택배 자동화',
  read: async () => ({ outcome: 'redirect', to: '/applications' }),
  render: () => null,
};
