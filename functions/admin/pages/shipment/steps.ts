import { readStatusWord, type TrackingStatus } from '../../../epost/status-words.ts';
import type { Shipment } from '../../../shipment/shipment.ts';
import { SHIPMENT_STEPS, SHIPMENT_WORDS } from '../../vocabulary.ts';

type StepCode = (typeof SHIPMENT_STEPS)[number];
export interface StepModel {
  label: string;
  /** epoch ms; undefined: not yet, or passed without a scan that says when */
  at?: number;
  state: 'done' | 'now' | 'ahead';
}

const PICKED: readonly TrackingStatus[] = ['collected'];
const ON_THE_WAY: readonly TrackingStatus[] = [
  'in-transit',
  'out-for-delivery',
  'attempt-failed',
  'returning',
];

/** The five-step line. A step that no scan shows but a later one implies is done without a time. */
export const stepsOf = (
  shipment: Pick<Shipment, 'receivedAt' | 'booking' | 'scans' | 'tracked'>,
): StepModel[] => {
  const firstOf = (statuses: readonly TrackingStatus[]) =>
    shipment.scans?.find(([, word]) => statuses.includes(readStatusWord(word).status))?.[0];
  const times: Readonly<Record<StepCode, number | undefined>> = {
    shipped: shipment.receivedAt,
    'tx-done': shipment.booking?.at,
    'picked-up': firstOf(PICKED),
    'in-transit': firstOf(ON_THE_WAY),
    delivered:
      firstOf(['delivered']) ?? (shipment.tracked?.status === 'delivered' ? shipment.tracked.at : undefined),
  };
  const reached = SHIPMENT_STEPS.findLastIndex((code) => times[code] !== undefined);
  return SHIPMENT_STEPS.map((code, i) => {
    const at = times[code];
    const last = i === SHIPMENT_STEPS.length - 1;
    return {
      label: SHIPMENT_WORDS[code].label,
      ...(at !== undefined && { at }),
      state: i > reached ? 'ahead' : i === reached && !last ? 'now' : 'done',
    };
  });
};
