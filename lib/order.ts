import { Duration } from 'aws-cdk-lib';
import { Rule, type EventPattern } from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Construct } from 'constructs';
import type { AllocateEnvironment } from '../functions/order/allocate.environment.ts';
import type { Merchant } from './merchant.ts';
import type { CodeOf } from './parts/bundles.ts';
import { houseFunction, type HouseFunction } from './parts/house-function.ts';
import { QueueWithDlq } from './parts/queue-with-dlq.ts';
import type { Releases } from './releases.ts';
import type { Settings } from './settings.ts';
import { orderEventTypes, ourSource, type Shipment } from './shipment.ts';
import type { TransmissionQueue } from './transmission.ts';
import type { Waybill } from './waybill.ts';

export interface OrderProps {
  readonly settings: Settings;
  readonly codeOf: CodeOf;
  readonly releases: Releases;
  readonly merchant: Merchant;
  readonly waybill: Waybill;
  readonly shipment: Shipment;
  readonly transmission: TransmissionQueue;
}

/** 채번: a shipped order becomes a shipment with a number. */
export class Order extends Construct {
  readonly events: QueueWithDlq;
  readonly allocate: HouseFunction<keyof AllocateEnvironment>;

  constructor(scope: Construct, id: string, props: OrderProps) {
    super(scope, id);
    // functions/order/serve-waiting.ts counts on it: it hides its messages for as long.
    const timeout = Duration.seconds(30);
    this.events = new QueueWithDlq(this, 'Events', {
      // A batch that died is told again after 90 s: five such deaths still fit into the 20 minutes.
      visibility: Duration.seconds(90),
      maxReceiveCount: 5,
      deadLetterImpact: 'Shops: shipped orders got no waybill number and are not being worked on.',
      runbook: 'order-events-dead-letters',
      urgent: true,
    });
    this.allocate = allocateFunction(this, props, timeout);
    props.releases.slowly(this.allocate).addEventSource(
      new SqsEventSource(this.events.queue, {
        // One transaction serves up to ~97 shipments of a contract: large batches, few workers.
        batchSize: 500,
        maxBatchingWindow: Duration.seconds(1),
        maxConcurrency: 2,
        reportBatchItemFailures: true,
      }),
    );
    this.listen('OrdersTold', props, { source: [props.settings.orderSource], detailType: orderEventTypes });
    this.listen('WaitingMayGoOn', props, {
      source: [ourSource],
      detailType: ['WaybillBlockImported', 'ContractChanged'],
    });
  }

  /** Rule to queue, not rule to function: once Lambda takes an event, EventBridge's 24 h of retries are over. */
  private listen(id: string, props: OrderProps, eventPattern: EventPattern): void {
    const target = new targets.SqsQueue(this.events.queue, {
      deadLetterQueue: this.events.deadLetters,
    });
    new Rule(this, id, { eventBus: props.shipment.bus, eventPattern, targets: [target] });
  }
}

function allocateFunction(scope: Construct, props: OrderProps, timeout: Duration) {
  return houseFunction(scope, 'Allocate', {
    entry: 'allocate',
    codeOf: props.codeOf,
    purpose: '채번: gives each shipped parcel its waybill number, once',
    errorImpact:
      'Shops: orders set to 출고완료 get no waybill number while this fails; they wait in the queue.',
    runbook: 'allocate-failing',
    timeout,
    borrows: [
      props.merchant.forReading(),
      ...props.waybill.forAllocating(),
      props.shipment.forWriting(),
      props.shipment.forTelling(),
      props.shipment.forQuarantining(),
      props.transmission.forSending('TRANSMISSION_QUEUE_URL'),
    ],
    settings: { PROMISE_MINUTES: String(props.settings.promiseMinutes) },
  });
}
