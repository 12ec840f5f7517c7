import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { WatchEnvironment } from '../functions/promise/watch.environment.ts';
import type { Epost } from './epost.ts';
import type { Merchant } from './merchant.ts';
import type { Order } from './order.ts';
import type { CodeOf } from './parts/bundles.ts';
import { houseFunction, type HouseFunction } from './parts/house-function.ts';
import { callEvery } from './parts/scheduled.ts';
import type { Shipment } from './shipment.ts';
import type { TransmissionQueue } from './transmission.ts';
import type { Waybill } from './waybill.ts';

export interface ObservabilityProps {
  readonly codeOf: CodeOf;
  readonly merchant: Merchant;
  readonly waybill: Waybill;
  readonly shipment: Shipment;
  readonly epost: Epost;
  readonly order: Order;
  readonly transmission: TransmissionQueue;
}

/** What keeps an eye on the promise: the age of the oldest unaccepted shipment, waiting counts, pool levels, the age of tracking. */
export class Observability extends Construct {
  readonly watch: HouseFunction<keyof WatchEnvironment>;

  constructor(scope: Construct, id: string, props: ObservabilityProps) {
    super(scope, id);
    this.watch = houseFunction(this, 'Watch', {
      entry: 'watch',
      codeOf: props.codeOf,
      purpose: 'Measures the promise from the table itself and puts stragglers back on their queue',
      errorImpact:
        'Operators: late parcels and empty pools go unseen; stragglers are not put back on their queue.',
      runbook: 'watch-failing',
      timeout: Duration.seconds(60),
      heartbeat: Duration.minutes(15),
      urgent: true,
      borrows: [
        props.merchant.forReading(),
        ...props.waybill.forWatching(),
        props.epost.forReading(),
        props.shipment.forReading(),
        props.order.events.forSending('ORDER_EVENTS_QUEUE_URL'),
        props.transmission.forToppingUp('TRANSMISSION_QUEUE_URL'),
      ],
      settings: {},
    });
    callEvery(this, 'WatchSchedule', Duration.minutes(5), this.watch);
  }
}
