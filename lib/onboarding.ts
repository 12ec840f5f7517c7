import { Duration, TimeZone } from 'aws-cdk-lib';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import { Rule } from 'aws-cdk-lib/aws-events';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import type { OnboardEnvironment } from '../functions/merchant/onboard.environment.ts';
import type { Audit } from './audit.ts';
import type { Epost } from './epost.ts';
import type { Merchant } from './merchant.ts';
import type { Notification } from './notification.ts';
import type { CodeOf } from './parts/bundles.ts';
import { houseFunction, type HouseFunction } from './parts/house-function.ts';
import { QueueWithDlq } from './parts/queue-with-dlq.ts';
import { sendAt } from './parts/scheduled.ts';
import type { Settings } from './settings.ts';
import { ourSource, type Shipment } from './shipment.ts';
import type { Waybill } from './waybill.ts';

export interface OnboardingProps {
  readonly settings: Settings;
  readonly codeOf: CodeOf;
  readonly merchant: Merchant;
  readonly audit: Audit;
  readonly notification: Notification;
  readonly waybill: Waybill;
  readonly shipment: Shipment;
  readonly epost: Epost;
}

/** 이용신청: what an application sets going at ePost, and the watches over all of them. */
export class Onboarding extends Construct {
  readonly work: QueueWithDlq;
  readonly onboard: HouseFunction<keyof OnboardEnvironment>;

  constructor(scope: Construct, id: string, props: OnboardingProps) {
    super(scope, id);
    const timeout = Duration.minutes(5);
    this.work = new QueueWithDlq(this, 'Work', {
      visibility: timeout.plus(Duration.minutes(1)),
      maxReceiveCount: 5,
      deadLetterImpact: 'Shops: an application is not checked or linked, or a watch over all of them failed.',
      runbook: 'onboarding-dead-letters',
    });
    this.onboard = onboardFunction(this, props, this.work, timeout);
    this.onboard.addEventSource(
      // Each message asks ePost several times: one at a time, so that a slow answer holds up nobody else.
      new SqsEventSource(this.work.queue, { batchSize: 1, maxConcurrency: 2, reportBatchItemFailures: true }),
    );
    new Rule(this, 'NumbersCame', {
      eventBus: props.shipment.bus,
      eventPattern: { source: [ourSource], detailType: ['WaybillBlockImported'] },
      targets: [new targets.SqsQueue(this.work.queue, { deadLetterQueue: this.work.deadLetters })],
    });
    this.watch('due', ScheduleExpression.rate(Duration.minutes(5)));
    // Early, so that operators find the new day's figures; ePost's works are at night.
    this.watch('expiry', daily({ hour: '7', minute: '0' }));
    // The key lapses after 30 idle days. Twice a week, as an alarm on silence looks back for 7 days at most.
    this.watch('heartbeat', daily({ hour: '7', minute: '30', weekDay: 'MON,THU' }));
  }

  private watch(kind: 'due' | 'expiry' | 'heartbeat', when: ScheduleExpression): void {
    const { queue, deadLetters } = this.work;
    sendAt(this, `${kind}Schedule`, { when, queue, deadLetters, message: { v: 1, kind } });
  }
}

function daily(when: { hour: string; minute: string; weekDay?: string }): ScheduleExpression {
  return ScheduleExpression.cron({ ...when, timeZone: TimeZone.ASIA_SEOUL });
}

function onboardFunction(scope: Construct, props: OnboardingProps, work: QueueWithDlq, timeout: Duration) {
  const { settings, merchant, audit, notification, waybill, shipment, epost } = props;
  return houseFunction(scope, 'Onboard', {
    entry: 'onboard',
    codeOf: props.codeOf,
    purpose:
      '이용신청: checks applications at ePost, links approved ones, watches due dates, contracts and the key',
    errorImpact: 'Shops: their applications are neither checked nor linked, and due dates go unwatched.',
    runbook: 'onboard-failing',
    timeout,
    borrows: [
      merchant.applicationsForDeciding(),
      merchant.forBringingIntoUse(),
      audit.forAdding(),
      notification.forOrdering(),
      waybill.poolsForReading(),
      shipment.forTelling(),
      epost.forDeciding(),
      epost.forCalling(),
      work.forSending('ONBOARDING_QUEUE_URL'),
    ],
    settings: {
      EPOST_SHIP_URL: settings.epostShipUrl,
      CARRIER_TIMEOUT_MS: String(settings.carrierTimeoutMs),
    },
  });
}
