import { Duration } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as events from 'aws-cdk-lib/aws-events';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { KeptTable, key } from './parts/kept-table.ts';
import { lend, type Loan } from './parts/loan.ts';
import { keptQueue, naming } from './parts/queue-with-dlq.ts';
import type { Settings } from './settings.ts';

/** `source` of every event we put on the bus. */
export const ourSource = 'epost-parcel';
/** What the shop platform tells us. */
export const orderEventTypes = ['OrderShipped', 'ShipmentCancelled'];

/** The parcel's record, the bus it is spoken of on, and the quarantine for events nobody understands. */
export class Shipment extends Construct {
  readonly shipments: KeptTable<'SHIPMENTS_TABLE'>;
  readonly bus: events.EventBus;
  readonly quarantine: sqs.Queue;

  constructor(scope: Construct, id: string, settings: Settings) {
    super(scope, id);
    this.shipments = new KeptTable(this, 'Shipments', 'SHIPMENTS_TABLE', {
      partitionKey: key('shipmentId'),
      globalSecondaryIndexes: [
        {
          indexName: 'attention',
          partitionKey: key('attentionSlot'),
          sortKey: key('attentionKey'),
          projectionType: dynamodb.ProjectionType.KEYS_ONLY,
        },
      ],
    });
    this.bus = new events.EventBus(this, 'Bus', { eventBusName: `${ourSource}-${settings.stage}` });
    this.quarantine = keptQueue(this, 'Quarantine');
    archive(this.bus, settings);
    const platform = settings.platformRoleArn ?? rootOf(settings.platformAccount);
    if (platform) admit(this.bus, platform, settings);
  }

  /** May create shipments and move them on; never delete one. */
  forWriting(): Loan<'SHIPMENTS_TABLE'> {
    return this.shipments.lendFor(['BatchGetItem', 'PutItem', 'UpdateItem'], ['attention']);
  }

  /** May move shipments on, one at a time or looked at in bulk, but not create them. */
  forMovingOn(look: 'GetItem' | 'BatchGetItem'): Loan<'SHIPMENTS_TABLE'> {
    return this.shipments.lendFor([look, 'UpdateItem']);
  }

  /** May look a shipment up, have it cancelled or sent again, and list what needs a person. */
  forLookingAfter(): Loan<'SHIPMENTS_TABLE'> {
    return this.shipments.lendFor(['GetItem', 'BatchGetItem', 'PutItem', 'UpdateItem'], ['attention']);
  }

  /** May find shipments whose recipient's time is over, and take the recipient out. */
  forForgetting(): Loan<'SHIPMENTS_TABLE'> {
    return this.shipments.lendFor(['BatchGetItem', 'UpdateItem'], ['attention']);
  }

  forReading(): Loan<'SHIPMENTS_TABLE'> {
    return this.shipments.lendFor(['BatchGetItem'], ['attention']);
  }

  /** May look shipments up by their ids. */
  forComparing(): Loan<'SHIPMENTS_TABLE'> {
    return this.shipments.lendFor(['BatchGetItem']);
  }

  forTelling(): Loan<'BUS_NAME'> {
    return lend({ BUS_NAME: this.bus.eventBusName }, ['events:PutEvents'], [this.bus.eventBusArn]);
  }

  forQuarantining(): Loan<'QUARANTINE_QUEUE_URL'> {
    const names = naming('QUARANTINE_QUEUE_URL', this.quarantine);
    return lend(names, ['sqs:SendMessage'], [this.quarantine.queueArn]);
  }
}

/** For replay. Order events name recipients, so the archive forgets long before the shipment's record does. */
function archive(bus: events.EventBus, settings: Settings): void {
  bus.archive('Archive', {
    description: 'Order events and our own, for replay: replaying gives no second number',
    eventPattern: { source: [settings.orderSource, ourSource] },
    retention: Duration.days(30),
  });
}

function rootOf(account: string | undefined): string | undefined {
  return account && `arn:aws:iam::${account}:root`;
}

/** Lets the platform tell its order events, and nothing else, on our bus. Both conditions also refuse what names neither. */
function admit(bus: events.EventBus, platform: string, settings: Settings): void {
  new events.CfnEventBusPolicy(bus, 'PlatformMayTell', {
    eventBusName: bus.eventBusName,
    statementId: 'PlatformMayTell',
    statement: {
      Effect: 'Allow',
      Principal: { AWS: platform },
      Action: 'events:PutEvents',
      Resource: bus.eventBusArn,
      Condition: {
        StringEquals: { 'events:source': settings.orderSource, 'events:detail-type': orderEventTypes },
      },
    },
  });
}
