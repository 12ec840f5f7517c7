/** Pages and actions about parcels, numbers, runs and long work. */
import type { AnyAction, AnyPage } from '../page.ts';
import { bandActions } from './band/band.actions.ts';
import { bandPage } from './band/band.page.tsx';
import { bandsPage } from './bands/bands.page.tsx';
import { jobActions } from './job/job.actions.ts';
import { jobPage } from './job/job.page.tsx';
import { shipmentActions } from './shipment/shipment.actions.ts';
import { shipmentPage } from './shipment/shipment.page.tsx';
import { shipmentsPage } from './shipments/shipments.page.tsx';
import { syncPage } from './sync/sync.page.tsx';
import { syncNowAction } from './syncs/syncs.action.ts';
import { syncsPage } from './syncs/syncs.page.tsx';
import { resendActions } from './transmissions/resend.actions.ts';
import { transmissionsPage } from './transmissions/transmissions.page.tsx';

export const parcelPages: readonly AnyPage[] = [
  shipmentsPage,
  shipmentPage,
  transmissionsPage,
  syncsPage,
  syncPage,
  bandsPage,
  bandPage,
  jobPage,
];
export const parcelActions: readonly AnyAction[] = [
  ...shipmentActions,
  ...resendActions,
  syncNowAction,
  ...bandActions,
  ...jobActions,
];
