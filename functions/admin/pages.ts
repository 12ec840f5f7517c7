/** Every page and action there is: the route table. What is not in it is 404, also for whoever is signed in. */
import { displayPage } from './display-page.tsx';
import type { Registry } from './page.ts';
import { applicationPage } from './pages/application/application.page.tsx';
import { decideAction, wordsAction } from './pages/application/decide.actions.ts';
import { assignAction, lifeActions } from './pages/application/life.actions.ts';
import {
  allowDuplicateAction,
  checkAction,
  confirmCheckAction,
  openAction,
  revealAction,
} from './pages/application/review.actions.ts';
import { applicationsPage } from './pages/applications/applications.page.tsx';
import { overviewPage } from './pages/overview/overview.page.tsx';
import { parcelActions, parcelPages } from './pages/parcel-pages.ts';
import { recordActions, recordPages } from './pages/record-pages.ts';
import { signedInPage } from './signed-in-page.tsx';

export const registry: Registry = {
  pages: [
    overviewPage,
    displayPage,
    signedInPage,
    applicationsPage,
    applicationPage,
    ...parcelPages,
    ...recordPages,
  ],
  actions: [
    ...parcelActions,
    ...recordActions,
    decideAction,
    wordsAction,
    openAction,
    checkAction,
    confirmCheckAction,
    allowDuplicateAction,
    revealAction,
    ...lifeActions,
    assignAction,
  ],
};
