/** Pages and actions about parcels, numbers, runs, messages and records. */
import type { AnyAction, AnyPage } from '../page.ts';
import { auditPage } from './audit/audit.page.tsx';
import { jobActions } from './job/job.actions.ts';
import { jobPage } from './job/job.page.tsx';
import { shipmentActions } from './shipment/shipment.actions.ts';
import { shipmentPage } from './shipment/shipment.page.tsx';
import { shipmentsPage } from './shipments/shipments.page.tsx';
import { resendActions } from './transmissions/resend.actions.ts';
import { transmissionsPage } from './transmissions/transmissions.page.tsx';

export const parcelPages: readonly AnyPage[] = [
  shipmentsPage,
  shipmentPage,
  transmissionsPage,
  jobPage,
  auditPage,
];
export const parcelActions: readonly AnyAction[] = [...shipmentActions, ...resendActions, ...jobActions];
