/** Recipients whose time is over are forgotten, and nobody else's. */
import type { Shipment } from '../../../functions/shipment/shipment.ts';
import type { Check, Checked } from './check.ts';
import { all } from './records.ts';

const ENDED: readonly Shipment['state'][] = ['closed', 'cancelled', 'refused', 'parked', 'waiting'];

export const checkForgotten = ({ aws, names, scenario, now, broken }: Checked): Check => ({
  atEnd: () => {
    if (scenario.profile !== 'retention') return;
    for (const { shipmentId, state, parcel, receivedAt } of all<Shipment>(aws, names, 'shipments'))
      if (ENDED.includes(state) && parcel !== undefined && now() - receivedAt > 120 * 86_400_000)
        broken('P17', `${shipmentId} is ${state}, and its recipient is still stored`);
  },
});
