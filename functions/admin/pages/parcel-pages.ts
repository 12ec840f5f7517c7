/** Pages and actions about parcels, numbers, runs and long work. */
import type { AnyAction, AnyPage } from '../page.ts';
import { jobActions } from './job/job.actions.ts';
import { jobPage } from './job/job.page.tsx';
import { shipmentActions } from './shipment/shipment.actions.ts';
import { shipmentPage } from './shipment/shipment.page.tsx';
import { shipmentsPage } from './shipments/shipments.page.tsx';
import { resendActions } from './transmissions/resend.actions.ts';
import { transmissionsPage } from './transmissions/transmissions.page.tsx';

export const parcelPages: readonly AnyPage[] = [shipmentsPage, shipmentPage, transmissionsPage, jobPage];
export const parcelActions: readonly AnyAction[] = [...shipmentActions, ...resendActions, ...jobActions];
