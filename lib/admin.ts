import { Duration } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Construct } from 'constructs';
import type { AdminEnvironment } from '../functions/admin/admin.environment.ts';
import type { JobsEnvironment } from '../functions/admin/jobs.environment.ts';
import type { Audit } from './audit.ts';
import type { Epost } from './epost.ts';
import type { Ledger } from './ledger.ts';
import type { Merchant } from './merchant.ts';
import type { Notification } from './notification.ts';
import type { Onboarding } from './onboarding.ts';
import type { Order } from './order.ts';
import type { CodeOf } from './parts/bundles.ts';
import { forSortingOut } from './parts/failed-queues.ts';
import { houseFunction, type HouseFunction } from './parts/house-function.ts';
import { KeptTable, key } from './parts/kept-table.ts';
import { QueueWithDlq } from './parts/queue-with-dlq.ts';
import type { Releases } from './releases.ts';
import type { Settings } from './settings.ts';
import type { Shipment } from './shipment.ts';
import { SignIn } from './sign-in.ts';
import type { Tracking } from './tracking.ts';
import type { TransmissionQueue } from './transmission.ts';
import type { Waybill } from './waybill.ts';

export interface AdminProps {
  readonly settings: Settings;
  readonly codeOf: CodeOf;
  readonly releases: Releases;
  readonly merchant: Merchant;
  readonly audit: Audit;
  readonly notification: Notification;
  readonly waybill: Waybill;
  readonly shipment: Shipment;
  readonly epost: Epost;
  readonly onboarding: Onboarding;
  readonly order: Order;
  readonly transmission: TransmissionQueue;
  readonly tracking: Tracking;
  readonly ledger: Ledger;
}

/** The console: where operators decide applications and see that everything else works. */
export class Admin extends Construct {
  readonly sessions: KeptTable<'SESSIONS_TABLE'>;
  readonly jobs: QueueWithDlq;
  readonly signIn: SignIn;
  readonly console: HouseFunction<keyof AdminEnvironment>;
  readonly url: lambda.FunctionUrl;
  readonly worker: HouseFunction<keyof JobsEnvironment>;

  constructor(scope: Construct, id: string, props: AdminProps) {
    super(scope, id);
    this.sessions = new KeptTable(this, 'Sessions', 'SESSIONS_TABLE', {
      partitionKey: key('sessionHash'),
      timeToLiveAttribute: 'expiresAt',
    });
    const timeout = Duration.minutes(5);
    this.jobs = new QueueWithDlq(this, 'Jobs', {
      visibility: timeout.plus(Duration.minutes(1)),
      maxReceiveCount: 5,
      deadLetterImpact:
        'Operators: long work ordered in the console, such as resending many parcels, stopped.',
      runbook: 'jobs-dead-letters',
    });
    this.signIn = new SignIn(this, 'SignIn', props.settings);
    this.console = this.consoleFunction(props);
    // Open to the world: the function itself lets in whoever has signed in, and nobody else. The CDK writes both grants
    // that such an address needs, to be called and to be called by it.
    this.url = props.releases
      .slowly(this.console)
      .addFunctionUrl({ authType: lambda.FunctionUrlAuthType.NONE });
    this.worker = this.workerFunction(props, timeout);
    this.worker.addEventSource(
      new SqsEventSource(this.jobs.queue, { batchSize: 1, maxConcurrency: 2, reportBatchItemFailures: true }),
    );
  }

  private consoleFunction(props: AdminProps) {
    const { settings, merchant, audit, notification, waybill, shipment, epost } = props;
    return houseFunction(this, 'Console', {
      entry: 'admin',
      codeOf: props.codeOf,
      purpose: 'The console: pages and decisions of the operators',
      errorImpact: 'Operators: the console does not answer; applications wait and failures go unseen.',
      runbook: 'console-failing',
      timeout: Duration.seconds(15),
      // Whoever floods the open address gets this much of the account, and parcels keep the rest.
      reservedConcurrency: settings.consoleConcurrency,
      borrows: [
        this.forRemembering(),
        this.signIn.forSigningIn(),
        merchant.applicationsForDeciding(),
        merchant.forReading(),
        merchant.forBringingIntoUse(),
        audit.forReadingAndAdding(),
        notification.forLookingAfter(),
        ...waybill.forLookingAfter(),
        shipment.forLookingAfter(),
        shipment.forTelling(),
        epost.forLookingAfter(),
        ...this.queuesFor(props),
      ],
      settings: {
        STAGE: settings.stage,
        CONSOLE_URL: settings.consoleUrl ?? '',
        VERSION: settings.version,
        SESSION_IDLE_MINUTES: String(settings.consoleIdleMinutes),
        SESSION_HOURS: String(settings.consoleSessionHours),
        DAILY_QUOTA: String(settings.dailyQuota),
        TRACKING_SOURCE: settings.trackingSource,
        TRACKING_HOURS: String(settings.trackingHours),
        SMS_SENDER_NAME: settings.smsSenderName,
        SMS_SWITCHED_ON: settings.smsSwitchedOn,
        SUPPORT_NUMBER: settings.supportNumber,
      },
    });
  }

  private workerFunction(props: AdminProps, timeout: Duration) {
    return houseFunction(this, 'Worker', {
      entry: 'jobs',
      codeOf: props.codeOf,
      purpose: 'The console: long work that operators ordered, step by step',
      errorImpact:
        'Operators: long work ordered in the console, such as resending many parcels, stands still.',
      runbook: 'jobs-failing',
      timeout,
      // Work too long for one run hands its rest to the same queue, which Lambda would take for a runaway loop.
      recursiveLoop: lambda.RecursiveLoop.ALLOW,
      borrows: [
        props.epost.forWorkingOff(),
        props.shipment.forMovingOn('GetItem'),
        props.transmission.forSending('TRANSMISSION_QUEUE_URL'),
        this.jobs.forSending('JOBS_QUEUE_URL'),
        this.failedQueuesOf(props),
      ],
      settings: {},
    });
  }

  private queuesFor(props: AdminProps) {
    return [
      props.onboarding.work.forSending('ONBOARDING_QUEUE_URL'),
      this.jobs.forSending('JOBS_QUEUE_URL'),
      props.transmission.forSending('TRANSMISSION_QUEUE_URL'),
      props.tracking.rounds.forSending('TRACKING_QUEUE_URL'),
      this.failedQueuesOf(props),
    ] as const;
  }

  private failedQueuesOf({ onboarding, order, transmission, tracking, shipment, ledger }: AdminProps) {
    const source = order.events.queue;
    return forSortingOut([
      { name: 'OrderEvents', at: order.events.deadLetters, source },
      { name: 'Quarantine', at: shipment.quarantine, source },
      { name: 'Transmission', at: transmission.deadLetters, source: transmission.queue },
      { name: 'Tracking', at: tracking.rounds.deadLetters, source: tracking.rounds.queue },
      { name: 'Onboarding', at: onboarding.work.deadLetters, source: onboarding.work.queue },
      { name: 'LedgerAudit', at: ledger.work.deadLetters, source: ledger.work.queue },
      { name: 'Jobs', at: this.jobs.deadLetters, source: this.jobs.queue },
    ]);
  }

  /** May keep sessions, and which forms were sent. */
  private forRemembering() {
    return this.sessions.lendFor(['GetItem', 'PutItem', 'UpdateItem', 'DeleteItem']);
  }
}
