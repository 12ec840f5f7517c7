import { Duration } from 'aws-cdk-lib';
import type { FunctionName } from './parts/bundles.ts';
import type { Settings } from './settings.ts';

/** A sign of life that a function writes when its work came to an end. Without one there is no data: that is the fault. */
export interface Heartbeat {
  readonly writtenBy: FunctionName;
  readonly name: string;
  /** Periods in a row without a beat are an alarm; CloudWatch looks back over 7 days at most. */
  readonly period: Duration;
  readonly periods: number;
  /** Who is hurt. */
  readonly impact: string;
  /** Anchor in docs/runbook.md. */
  readonly runbook: string;
}

/**
 * Beats of work that shares its function with other work, or can start without ending; all others are seen by the calls
 * of their function alone.
 */
export function heartbeats({ trackingHours }: Settings): readonly Heartbeat[] {
  return [
    {
      writtenBy: 'sync',
      name: 'TrackingHeartbeat',
      // Two rounds: a long one may end after the next was due.
      period: Duration.hours(2 * trackingHours),
      periods: 1,
      impact: `Shops: no tracking round came to its end for ${2 * trackingHours} hours; 배송중 and 배송완료 come late.`,
      runbook: 'sync-failing',
    },
    {
      writtenBy: 'onboard',
      name: 'DueWatchHeartbeat',
      period: Duration.minutes(15),
      periods: 1,
      impact: 'Shops: due dates go unwatched, and what a crash left untold stays untold.',
      runbook: 'onboard-failing',
    },
    {
      writtenBy: 'onboard',
      name: 'ExpiryWatchHeartbeat',
      period: Duration.days(1),
      periods: 2,
      impact: 'Shops: nobody sees contracts with the post office come to their end.',
      runbook: 'onboard-failing',
    },
    {
      writtenBy: 'onboard',
      name: 'KeyHeartbeat',
      period: Duration.days(1),
      periods: 7,
      impact: 'Shops: our key was not used for a week; one that lies idle for 30 days lapses for everybody.',
      runbook: 'key-heartbeat',
    },
    {
      writtenBy: 'retain',
      name: 'RetainHeartbeat',
      period: Duration.days(1),
      periods: 2,
      impact: 'Operators: recipients are kept longer than allowed.',
      runbook: 'retain-failing',
    },
    {
      writtenBy: 'ledger-audit',
      name: 'LedgerAuditHeartbeat',
      period: Duration.days(1),
      periods: 2,
      impact: 'Operators: no ledger audit came to its end; a number used twice or lost would go unseen.',
      runbook: 'ledger-audit',
    },
  ];
}
