import { CfnOutput, Stack, type StackProps, Stage } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { Admin } from './admin.ts';
import { Alarms } from './alarms.ts';
import { Audit } from './audit.ts';
import { Dashboards } from './dashboards.ts';
import { Epost } from './epost.ts';
import { Ledger } from './ledger.ts';
import { Merchant } from './merchant.ts';
import { Notification } from './notification.ts';
import { Observability } from './observability.ts';
import { Onboarding } from './onboarding.ts';
import { Order } from './order.ts';
import { bundleFunctions, placeholderCode } from './parts/bundles.ts';
import { KeptTable } from './parts/kept-table.ts';
import { PlatformApi } from './platform-api.ts';
import { Releases } from './releases.ts';
import { Retention } from './retention.ts';
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

    // who ships, what was decided and told, which numbers there are, what is known of a parcel, how ePost is reached
    const merchant = new Merchant(this, 'Merchant');
    const audit = new Audit(this, 'Audit');
    const notification = new Notification(this, 'Notification', { settings, codeOf });
    const waybill = new Waybill(this, 'Waybill');
    const shipment = new Shipment(this, 'Shipment', settings);
    const epost = new Epost(this, 'Epost', settings);
    const releases = new Releases(this, 'Releases', settings);
    const ground = { settings, codeOf, releases, merchant, audit, notification, waybill, shipment, epost };

    // 이용신청 → 검토 → 연동 → 이용중
    const onboarding = new Onboarding(this, 'Onboarding', ground);
    const platform = new PlatformApi(this, 'PlatformApi', { ...ground, onboarding });

    // 출고완료 → number → ePost → 배송중 → 배송완료 → forgotten
    const queue = new TransmissionQueue(this, 'TransmissionQueue', settings);
    const order = new Order(this, 'Order', { ...ground, transmission: queue });
    const transmission = new Transmission(this, 'Transmission', { ...ground, queue });
    const tracking = new Tracking(this, 'Tracking', ground);
    const retention = new Retention(this, 'Retention', ground);
    const ledger = new Ledger(this, 'Ledger', ground);

    // who decides, and who notices when it does not go so
    const admin = new Admin(this, 'Admin', {
      ...ground,
      onboarding,
      order,
      transmission: queue,
      tracking,
      ledger,
    });
    const observability = new Observability(this, 'Observability', { ...ground, order, transmission: queue });
    const functions = [
      platform.door,
      onboarding.onboard,
      notification.sendSms,
      order.allocate,
      transmission.drain,
      tracking.sync,
      retention.retain,
      ledger.audit,
      admin.console,
      admin.worker,
      observability.watch,
    ];
    const queues = [onboarding.work, admin.jobs, order.events, queue, tracking.rounds, ledger.work];
    const { quarantine } = shipment;
    const alarms = new Alarms(this, 'Alarms', { settings, functions, queues, quarantine, releases });
    const tables = this.node.findAll().filter((one) => one instanceof KeptTable);
    new Dashboards(this, 'Dashboards', { settings, functions, queues, tables });

    this.tell({
      BusName: shipment.bus.eventBusName,
      OrderEventsQueueUrl: order.events.queue.queueUrl,
      OrderEventsDeadLettersUrl: order.events.deadLetters.queueUrl,
      TransmissionQueueUrl: queue.queue.queueUrl,
      TransmissionDeadLettersUrl: queue.deadLetters.queueUrl,
      TrackingQueueUrl: tracking.rounds.queue.queueUrl,
      TrackingDeadLettersUrl: tracking.rounds.deadLetters.queueUrl,
      QuarantineQueueUrl: shipment.quarantine.queueUrl,
      OnboardingQueueUrl: onboarding.work.queue.queueUrl,
      OnboardingDeadLettersUrl: onboarding.work.deadLetters.queueUrl,
      LedgerAuditQueueUrl: ledger.work.queue.queueUrl,
      LedgerAuditDeadLettersUrl: ledger.work.deadLetters.queueUrl,
      JobsQueueUrl: admin.jobs.queue.queueUrl,
      JobsDeadLettersUrl: admin.jobs.deadLetters.queueUrl,
      PlatformApiUrl: platform.url.url,
      ConsoleUrl: admin.url.url,
      ApplicationsTable: merchant.applications.tableName,
      AuditTable: audit.rows.tableName,
      MessagesTable: notification.messages.tableName,
      SessionsTable: admin.sessions.tableName,
      ContractsTable: merchant.contracts.tableName,
      PoolsTable: waybill.pools.tableName,
      LedgerTable: waybill.ledger.tableName,
      ShipmentsTable: shipment.shipments.tableName,
      OperationsTable: epost.operations.tableName,
      PageTopicArn: alarms.topics.page.topicArn,
      WarnTopicArn: alarms.topics.warn.topicArn,
    });
  }

  private tell(outputs: Record<string, string>): void {
    for (const [name, value] of Object.entries(outputs)) new CfnOutput(this, name, { value });
  }
}
