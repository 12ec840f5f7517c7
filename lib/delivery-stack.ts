import { CfnOutput, Stack, type StackProps, Stage } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { Alarms } from './alarms.ts';
import { Epost } from './epost.ts';
import { Merchant } from './merchant.ts';
import { Observability } from './observability.ts';
import { Order } from './order.ts';
import { bundleFunctions, placeholderCode } from './parts/bundles.ts';
import type { Settings } from './settings.ts';
import { Shipment } from './shipment.ts';
import { Tracking } from './tracking.ts';
import { Transmission, TransmissionQueue } from './transmission.ts';
import { Waybill } from './waybill.ts';

export interface DeliveryStackProps extends StackProps {
  readonly settings: Settings;
}

/** From 출고완료 to 배송완료, in the order of the parcel's journey. */
export class DeliveryStack extends Stack {
  constructor(scope: Construct, id: string, props: DeliveryStackProps) {
    super(scope, id, props);
    const { settings } = props;
    const codeOf = this.bundlingRequired ? bundleFunctions(Stage.of(this)!.outdir) : placeholderCode();

    // who ships, which numbers they have, what is known of a parcel, how ePost is reached
    const merchant = new Merchant(this, 'Merchant');
    const waybill = new Waybill(this, 'Waybill');
    const shipment = new Shipment(this, 'Shipment', settings);
    const epost = new Epost(this, 'Epost', settings);

    // 출고완료 → number → ePost → 배송중 → 배송완료
    const queue = new TransmissionQueue(this, 'TransmissionQueue', settings);
    const order = new Order(this, 'Order', {
      settings,
      codeOf,
      merchant,
      waybill,
      shipment,
      transmission: queue,
    });
    const transmission = new Transmission(this, 'Transmission', {
      settings,
      codeOf,
      merchant,
      shipment,
      epost,
      queue,
    });
    const tracking = new Tracking(this, 'Tracking', { settings, codeOf, waybill, shipment, epost });

    // who notices when it does not go so
    const observability = new Observability(this, 'Observability', {
      codeOf,
      merchant,
      waybill,
      shipment,
      order,
      transmission: queue,
    });
    const alarms = new Alarms(this, 'Alarms', {
      settings,
      functions: [order.allocate, transmission.drain, tracking.sync, observability.watch],
      queues: [order.events, queue, tracking.rounds],
      quarantine: shipment.quarantine,
    });

    this.tell({
      BusName: shipment.bus.eventBusName,
      OrderEventsQueueUrl: order.events.queue.queueUrl,
      OrderEventsDeadLettersUrl: order.events.deadLetters.queueUrl,
      TransmissionQueueUrl: queue.queue.queueUrl,
      TransmissionDeadLettersUrl: queue.deadLetters.queueUrl,
      TrackingQueueUrl: tracking.rounds.queue.queueUrl,
      TrackingDeadLettersUrl: tracking.rounds.deadLetters.queueUrl,
      QuarantineQueueUrl: shipment.quarantine.queueUrl,
      ContractsTable: merchant.contracts.tableName,
      PoolsTable: waybill.pools.tableName,
      LedgerTable: waybill.ledger.tableName,
      ShipmentsTable: shipment.shipments.tableName,
      OperationsTable: epost.operations.tableName,
      AlarmTopicArn: alarms.topic.topicArn,
    });
  }

  private tell(outputs: Record<string, string>): void {
    for (const [name, value] of Object.entries(outputs)) new CfnOutput(this, name, { value });
  }
}
