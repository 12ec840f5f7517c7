import { Duration } from 'aws-cdk-lib';
import { RecursiveLoop } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import type { SyncEnvironment } from '../functions/tracking/sync.environment.ts';
import type { Epost } from './epost.ts';
import type { CodeOf } from './parts/bundles.ts';
import { houseFunction, type HouseFunction } from './parts/house-function.ts';
import { QueueWithDlq } from './parts/queue-with-dlq.ts';
import { sendAt } from './parts/scheduled.ts';
import type { Settings } from './settings.ts';
import type { Shipment } from './shipment.ts';
import type { Waybill } from './waybill.ts';

export interface TrackingProps {
  readonly settings: Settings;
  readonly codeOf: CodeOf;
  readonly waybill: Waybill;
  readonly shipment: Shipment;
  readonly epost: Epost;
}

/** 종추적: every few hours all undelivered parcels are asked for, and what is new is told. */
export class Tracking extends Construct {
  readonly rounds: QueueWithDlq;
  readonly sync: HouseFunction<keyof SyncEnvironment>;

  constructor(scope: Construct, id: string, props: TrackingProps) {
    super(scope, id);
    const timeout = Duration.minutes(5);
    this.rounds = new QueueWithDlq(this, 'Rounds', {
      visibility: timeout.plus(Duration.minutes(1)),
      maxReceiveCount: 5,
      deadLetterImpact:
        'Shops: a part of the parcels was not asked for; their orders keep an old delivery status.',
      runbook: 'tracking-dead-letters',
    });
    this.sync = syncFunction(this, props, this.rounds, timeout);
    this.sync.addEventSource(
      new SqsEventSource(this.rounds.queue, {
        batchSize: 1,
        maxConcurrency: 2,
        reportBatchItemFailures: true,
      }),
    );
    sendAt(this, 'RoundSchedule', {
      when: ScheduleExpression.rate(Duration.hours(props.settings.trackingHours)),
      queue: this.rounds.queue,
      deadLetters: this.rounds.deadLetters,
      message: { v: 1 },
    });
  }
}

function syncFunction(scope: Construct, props: TrackingProps, rounds: QueueWithDlq, timeout: Duration) {
  const { settings, waybill, shipment, epost } = props;
  return houseFunction(scope, 'Sync', {
    entry: 'sync',
    codeOf: props.codeOf,
    purpose: '종추적: asks where undelivered parcels are and tells what changed',
    errorImpact: 'Shops: orders stay at their last delivery status; 배송중 and 배송완료 come late.',
    runbook: 'sync-failing',
    fillsItsTime: true,
    timeout,
    heartbeat: Duration.minutes(settings.trackingHours * 60 + 30),
    // A round too long for one run hands its rest to the same queue, which Lambda would take for a runaway loop.
    recursiveLoop: RecursiveLoop.ALLOW,
    borrows: [
      waybill.ledgerForWorkingOff('open'),
      shipment.forMovingOn('BatchGetItem'),
      shipment.forTelling(),
      epost.forCounting(),
      epost.forCalling(),
      rounds.forSending('TRACKING_QUEUE_URL'),
    ],
    settings: {
      TRACKING_SOURCE: settings.trackingSource,
      BIZ_TRACE_URL: settings.bizTraceUrl,
      DATA_GO_KR_URL: settings.dataGoKrUrl,
      CALLS_IN_FLIGHT: String(settings.callsInFlight),
      CARRIER_TIMEOUT_MS: String(settings.carrierTimeoutMs),
      DAILY_QUOTA: String(settings.dailyQuota),
      TRACKING_HOURS: String(settings.trackingHours),
    },
  });
}
