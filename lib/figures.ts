import type { FunctionName } from './parts/bundles.ts';

/** A figure that a function of ours writes, and when it is an alarm. */
export interface Figure {
  readonly alarm: string;
  readonly writtenBy: FunctionName;
  readonly name: string;
  /** The figure is an alarm when it is above this. */
  readonly above: number;
  /** Five-minute periods in a row. */
  readonly periods: number;
  /** Who is hurt. */
  readonly impact: string;
  /** Anchor in docs/runbook.md. */
  readonly runbook: string;
}

/** Alarms on what the functions know and AWS does not. A test holds the names against what is really written. */
export function figures(promiseMinutes: number): readonly Figure[] {
  return [
    promise('PromiseAtRisk', promiseMinutes / 2),
    promise('PromiseBroken', promiseMinutes),
    {
      ...byWatch('ShipmentsWaiting', 'ShipmentsWaitingNow'),
      periods: 2,
      impact: 'Shops: shipped orders have no waybill number, for want of numbers or of a contract in use.',
      runbook: 'shipments-waiting',
    },
    {
      ...byWatch('ShipmentsParked', 'ShipmentsParked'),
      impact: 'Shops: a parcel was given up by the machine and waits for a person.',
      runbook: 'shipments-parked',
    },
    {
      ...byDrain('DoubleBooking', 'DoubleBooking'),
      impact: 'Shops: ePost may hold one parcel twice; a slip too many can be printed and charged.',
      runbook: 'double-booking',
    },
    {
      ...byDrain('CarrierPaused', 'CarrierPauseOpened'),
      impact:
        'Shops: ePost does not answer or refuses everybody; nothing is transmitted until it does again.',
      runbook: 'carrier-paused',
    },
    {
      ...byDrain('ContractPaused', 'ContractPaused'),
      impact: 'Shops: ePost refuses one contract; its parcels wait until its data is put right.',
      runbook: 'contract-paused',
    },
  ];
}

/** Measured from the tables: the ages of queues are misled by poison messages (reliability, section 2). */
function promise(alarm: string, minutes: number): Figure {
  return {
    ...byWatch(alarm, 'OldestUnacceptedSeconds'),
    above: minutes * 60,
    impact: `Shops: a shipped parcel has not been confirmed by ePost for ${minutes} minutes.`,
    runbook: 'promise',
  };
}

function byWatch(alarm: string, name: string) {
  return { alarm, name, writtenBy: 'watch', above: 0, periods: 1 } as const;
}

function byDrain(alarm: string, name: string) {
  return { alarm, name, writtenBy: 'drain', above: 0, periods: 1 } as const;
}
