/** Every page and action there is: the route table. What is not in it is 404, also for whoever is signed in. */
import { displayPage } from './display-page.tsx';
import type { Registry } from './page.ts';
import { signedInPage } from './signed-in-page.tsx';

export const registry: Registry = {
  pages: [displayPage, signedInPage],
  actions: [],
};
