/** P1, P2, P5, P13: what becomes of a shipment's number and status, write by write and word by word. */
import type { Shipment } from '../../../functions/shipment/shipment.ts';
import type { Check, Checked } from './check.ts';
import { one, touched } from './records.ts';

const RANK: Record<string, number> = { 배송중: 1, 배송완료: 2 };
const rankOf = (shipment: Shipment | undefined): number => RANK[shipment?.tracked?.orderStatus ?? ''] ?? 0;

export const checkShipments = (world: Checked): Check => {
  const { aws, names, broken } = world;
  const table = names.table('shipments');
  const known = new Map<string, Shipment>();
  const owners = new Map<string, string>();
  const numbersOf = ({ waybillNumber, formerNumbers = [] }: Shipment): string[] => [
    ...(waybillNumber === undefined ? [] : [waybillNumber]),
    ...formerNumbers.map(({ number }) => number),
  ];
  const look = (shipmentId: string) => {
    const now = one<Shipment>(aws, names, 'shipments', { shipmentId });
    const before = known.get(shipmentId);
    if (now === undefined) return broken('P3', `${shipmentId} was deleted`);
    for (const number of numbersOf(now)) {
      const owner = owners.get(number) ?? shipmentId;
      owners.set(number, shipmentId);
      if (owner !== shipmentId) broken('P1', `${number} belongs to ${owner} and ${shipmentId}`);
    }
    for (const number of before === undefined ? [] : numbersOf(before))
      if (!numbersOf(now).includes(number)) broken('P2', `${shipmentId} lost its number ${number}`);
    if (rankOf(now) < rankOf(before)) broken('P13', `${shipmentId} went back to ${now.tracked?.orderStatus}`);
    if ((now.tracked?.scans ?? 0) < (before?.tracked?.scans ?? 0))
      broken('P13', `${shipmentId} forgot scans`);
    if (before?.state === 'closed' && now.state !== 'closed')
      broken('P13', `${shipmentId} is ${now.state} again`);
    if (
      before?.parcel === undefined &&
      before !== undefined &&
      now.parcel !== undefined &&
      before.state !== 'cancelled'
    )
      broken('P2', `${shipmentId} has its recipient back`);
    known.set(shipmentId, now);
    return undefined;
  };
  return {
    afterCall: (call) => {
      for (const shipmentId of touched(call, table, 'shipmentId')) look(shipmentId);
    },
    heard: ({ 'detail-type': type, detail }) => {
      const { shipmentId, waybillNumber } = detail as { shipmentId?: string; waybillNumber?: string };
      if (shipmentId === undefined || waybillNumber === undefined) return;
      const stored = known.get(shipmentId);
      const numbers = stored === undefined ? [] : numbersOf(stored);
      const mine = type === 'WaybillAllocated' ? numbers.slice(0, 1) : numbers;
      if (!mine.includes(waybillNumber) && !(type === 'WaybillAllocated' && numbers.includes(waybillNumber)))
        broken('P5', `${type} told ${waybillNumber} for ${shipmentId}, stored is ${numbers.join(', ')}`);
    },
  };
};
