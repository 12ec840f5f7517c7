import { Duration } from 'aws-cdk-lib';
import { applicationFigures, messageFigures } from './figures-of-merchants.ts';
import { count, type Figure, level } from './parts/figure.ts';
import type { Settings } from './settings.ts';

/** Alarms on what the functions know and AWS does not. A test holds the names against what is really written. */
export function figures(settings: Settings): readonly Figure[] {
  return [
    ...parcelFigures(settings.promiseMinutes),
    ...trackingFigures(Duration.hours(settings.trackingHours)),
    ...applicationFigures(),
    ...messageFigures(settings),
  ];
}

function parcelFigures(promiseMinutes: number): Figure[] {
  return [
    promise('PromiseAtRisk', promiseMinutes / 2),
    promise('PromiseBroken', promiseMinutes),
    {
      ...level('ShipmentsWaiting', 'watch', 'ShipmentsWaitingNow'),
      periods: 2,
      impact: 'Shops: shipped orders have no waybill number, for want of numbers or of a contract in use.',
      runbook: 'shipments-waiting',
    },
    {
      ...level('ShipmentsParked', 'watch', 'ShipmentsParked'),
      impact: 'Shops: a parcel was given up by the machine and waits for a person.',
      runbook: 'shipments-parked',
    },
    {
      ...count('DoubleBooking', 'drain', 'DoubleBooking'),
      impact: 'Shops: ePost may hold one parcel twice; a slip too many can be printed and charged.',
      runbook: 'double-booking',
    },
    {
      ...count('CarrierPaused', 'drain', 'CarrierPauseOpened'),
      impact:
        'Shops: ePost does not answer or refuses everybody; nothing is transmitted until it does again.',
      runbook: 'carrier-paused',
    },
    {
      ...count('ContractPaused', 'drain', 'ContractPaused'),
      impact: 'Shops: ePost refuses one contract; its parcels wait until its data is put right.',
      runbook: 'contract-paused',
    },
  ];
}

/** Measured from the tables: the ages of queues are misled by poison messages (reliability, section 2). */
function promise(alarm: string, minutes: number): Figure {
  return {
    ...level(alarm, 'watch', 'OldestUnacceptedSeconds'),
    above: minutes * 60,
    impact: `Shops: a shipped parcel has not been confirmed by ePost for ${minutes} minutes.`,
    runbook: 'promise',
  };
}

/** Written once a round, so looked at over the time between two rounds. */
function trackingFigures(round: Duration): Figure[] {
  return [
    {
      ...count('TrackingUncovered', 'sync', 'TrackingUncovered'),
      period: round,
      impact: "Shops: the day's quota did not reach for every parcel; some keep an old delivery status.",
      runbook: 'tracking-uncovered',
    },
    {
      ...count('TrackingNotFound', 'sync', 'TrackingNotFound'),
      of: 'TrackingAsked',
      ofAtLeast: 20,
      above: 5,
      period: round,
      impact: 'Shops: ePost does not know one number in twenty; their parcels may not have been handed over.',
      runbook: 'tracking-not-found',
    },
    {
      ...count('UnknownStatusWord', 'sync', 'UnknownStatusWord'),
      period: round,
      impact: 'Shops: ePost uses a status word we do not know; these parcels keep their last known status.',
      runbook: 'unknown-status-word',
    },
  ];
}
