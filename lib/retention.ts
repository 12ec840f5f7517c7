import { Duration, TimeZone } from 'aws-cdk-lib';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import type { RetainEnvironment } from '../functions/shipment/retain.environment.ts';
import type { CodeOf } from './parts/bundles.ts';
import { houseFunction, type HouseFunction } from './parts/house-function.ts';
import { callAt } from './parts/scheduled.ts';
import type { Settings } from './settings.ts';
import type { Shipment } from './shipment.ts';
import type { Waybill } from './waybill.ts';

export interface RetentionProps {
  readonly settings: Settings;
  readonly codeOf: CodeOf;
  readonly waybill: Waybill;
  readonly shipment: Shipment;
}

/** Recipients are forgotten when their time is over; the record of the supply stays without them. */
export class Retention extends Construct {
  readonly retain: HouseFunction<keyof RetainEnvironment>;

  constructor(scope: Construct, id: string, props: RetentionProps) {
    super(scope, id);
    const { settings, waybill, shipment } = props;
    this.retain = houseFunction(this, 'Retain', {
      entry: 'retain',
      codeOf: props.codeOf,
      purpose: 'Removes recipients from shipments whose retention is over',
      errorImpact: 'Operators: recipients are kept longer than allowed.',
      runbook: 'retain-failing',
      timeout: Duration.minutes(15),
      fillsItsTime: true,
      borrows: [waybill.ledgerForWorkingOff('open'), shipment.forForgetting()],
      settings: {
        RETENTION_DAYS: String(settings.retentionDays),
        RETENTION_DAYS_UNSENT: String(settings.retentionDaysUnsent),
      },
    });
    // The quietest hour of the day's orders.
    const night = ScheduleExpression.cron({ hour: '3', minute: '30', timeZone: TimeZone.ASIA_SEOUL });
    callAt(this, 'RetainSchedule', night, this.retain);
  }
}
