import { Duration, TimeZone } from 'aws-cdk-lib';
import { RecursiveLoop } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import type { LedgerAuditEnvironment } from '../functions/ledger-audit/ledger-audit.environment.ts';
import type { CodeOf } from './parts/bundles.ts';
import { houseFunction, type HouseFunction } from './parts/house-function.ts';
import { QueueWithDlq } from './parts/queue-with-dlq.ts';
import { sendAt } from './parts/scheduled.ts';
import type { Shipment } from './shipment.ts';
import type { Waybill } from './waybill.ts';

export interface LedgerProps {
  readonly codeOf: CodeOf;
  readonly waybill: Waybill;
  readonly shipment: Shipment;
}

/** 원장 점검: once a day every number below a cursor has to be explained. Reads, and repairs nothing. */
export class Ledger extends Construct {
  readonly work: QueueWithDlq;
  readonly audit: HouseFunction<keyof LedgerAuditEnvironment>;

  constructor(scope: Construct, id: string, { codeOf, waybill, shipment }: LedgerProps) {
    super(scope, id);
    const timeout = Duration.minutes(5);
    this.work = new QueueWithDlq(this, 'Work', {
      visibility: timeout.plus(Duration.minutes(1)),
      maxReceiveCount: 5,
      deadLetterImpact:
        "Operators: the day's ledger audit stopped; a number used twice or lost would go unseen.",
      runbook: 'ledger-audit',
    });
    this.audit = houseFunction(this, 'Audit', {
      entry: 'ledger-audit',
      codeOf,
      purpose: '원장 점검: explains every waybill number given so far, or says which it cannot',
      errorImpact: 'Operators: a waybill number used twice or lost would go unseen.',
      runbook: 'ledger-audit',
      timeout,
      fillsItsTime: true,
      // What does not fit into one run is handed to the same queue, which Lambda would take for a runaway loop.
      recursiveLoop: RecursiveLoop.ALLOW,
      borrows: [
        ...waybill.forAuditing(),
        shipment.forComparing(),
        this.work.forSending('LEDGER_AUDIT_QUEUE_URL'),
      ],
      settings: {},
    });
    this.audit.addEventSource(
      new SqsEventSource(this.work.queue, { batchSize: 1, maxConcurrency: 2, reportBatchItemFailures: true }),
    );
    // After the night's removal of recipients, before the day's orders.
    const when = ScheduleExpression.cron({ hour: '4', minute: '30', timeZone: TimeZone.ASIA_SEOUL });
    const { queue, deadLetters } = this.work;
    sendAt(this, 'AuditSchedule', { when, queue, deadLetters, message: { v: 1 } });
  }
}
