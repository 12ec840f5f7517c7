import { Duration } from 'aws-cdk-lib';
import { applicationFigures, messageFigures } from './figures-of-merchants.ts';
import { count, type Figure, level } from './parts/figure.ts';
import type { Settings } from './settings.ts';

/** Alarms on what the functions know and AWS does not. A test runs the functions and makes each of them ring. */
export function figures(settings: Settings): readonly Figure[] {
  return [
    ...promiseFigures(settings.promiseMinutes),
    ...poolFigures(),
    ...ledgerFigures(),
    ...carrierFigures(settings),
    ...trackingFigures(settings.trackingHours),
    ...applicationFigures(),
    ...messageFigures(settings),
  ];
}

function promiseFigures(promiseMinutes: number): Figure[] {
  return [
    promise('PromiseAtRisk', promiseMinutes / 2),
    { ...promise('PromiseBroken', promiseMinutes), urgent: true },
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
  ];
}

/** Numbers come from the post office on working days and take their time. */
function poolFigures(): Figure[] {
  const lasts = (days: number) =>
    `Shops: the numbers of a contract last for less than ${days} business days; then its orders wait.`;
  return [
    { ...level('PoolLow', 'watch', 'PoolsUnder7Days'), impact: lasts(7), runbook: 'pool-low' },
    {
      ...level('PoolNearlyEmpty', 'watch', 'PoolsUnder2Days'),
      urgent: true,
      impact: lasts(2),
      runbook: 'pool-low',
    },
    {
      ...level('PoolEmpty', 'watch', 'PoolsEmpty'),
      urgent: true,
      impact: 'Shops: a contract has no number left; its shipped orders wait.',
      runbook: 'pool-low',
    },
  ];
}

/** What the daily audit cannot explain, and orders that a frozen pool holds up. */
function ledgerFigures(): Figure[] {
  return [
    {
      ...level('LedgerDamaged', 'ledger-audit', 'LedgerFindings'),
      urgent: true,
      impact: 'Shops: a waybill number may be used twice, or one below the cursor has no explanation.',
      runbook: 'ledger-audit',
    },
    {
      ...count('PoolFrozen', 'allocate', 'OrdersHeldByFreeze'),
      impact: 'Shops: a pool is frozen; its shipped orders stay queued without a number.',
      runbook: 'restore-with-fence',
    },
  ];
}

function carrierFigures({ settleSeconds }: Settings): Figure[] {
  return [
    {
      ...level('OutcomeUnknown', 'watch', 'OldestUnknownSeconds'),
      above: 2 * settleSeconds,
      impact:
        'Shops: nobody knows whether ePost has a parcel, and ePost has not said so for two settle times.',
      runbook: 'outcome-unknown',
    },
    {
      ...count('CarrierUnanswered', 'drain', 'CarrierCallsUnanswered'),
      of: 'CarrierCalls',
      ofAtLeast: 20,
      above: 20,
      impact: 'Shops: ePost leaves one call in five without an answer; transmission slows down.',
      runbook: 'carrier-unanswered',
    },
    {
      ...count('DoubleBooking', 'drain', 'DoubleBooking'),
      urgent: true,
      impact: 'Shops: ePost may hold one parcel twice; a slip too many can be printed and charged.',
      runbook: 'double-booking',
    },
    {
      ...level('TransmissionStopped', 'drain', 'TransmissionStopped'),
      impact: 'Shops: an operator holds all transmission to ePost back; parcels cannot be printed.',
      runbook: 'kill-switch',
    },
    {
      ...level('CarrierPaused', 'drain', 'CarrierPaused'),
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
function trackingFigures(hours: number): Figure[] {
  const round = Duration.hours(hours);
  return [
    {
      ...level('TrackingLate', 'watch', 'TrackingRoundAgeSeconds'),
      above: (hours + 0.5) * 3_600,
      impact: `Shops: no tracking round has ended for ${hours} hours 30; 배송중 and 배송완료 come late.`,
      runbook: 'tracking-late',
    },
    {
      ...count('TrackingUnanswered', 'sync', 'TrackingFailed'),
      of: 'TrackingAsked',
      ofAtLeast: 20,
      above: 20,
      period: round,
      impact: 'Shops: ePost did not answer for one parcel in five; these keep an old delivery status.',
      runbook: 'tracking-unanswered',
    },
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
