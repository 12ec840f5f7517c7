import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { figures } from './figures.ts';
import { type Heartbeat, heartbeats } from './heartbeats.ts';
import { alarmTopics, type Severity } from './parts/alarm-topics.ts';
import { describeAlarm } from './parts/describe-alarm.ts';
import type { Figure } from './parts/figure.ts';
import type { HouseFunction } from './parts/house-function.ts';
import { metricOf, shareOf, waiting } from './parts/metrics.ts';
import type { QueueWithDlq } from './parts/queue-with-dlq.ts';
import type { Releases } from './releases.ts';
import type { Settings } from './settings.ts';

export interface AlarmsProps {
  readonly settings: Settings;
  readonly functions: readonly HouseFunction[];
  readonly queues: readonly QueueWithDlq[];
  readonly quarantine: sqs.IQueue;
  readonly releases: Releases;
}

interface AlarmProps {
  readonly metric: cloudwatch.IMetric;
  readonly threshold: number;
  readonly impact: string;
  readonly runbook: string;
  readonly urgent?: boolean;
  readonly periods?: number;
  readonly comparison?: cloudwatch.ComparisonOperator;
  readonly missing?: cloudwatch.TreatMissingData;
}

/** Every alarm says how urgent it is, who is hurt and where to read what to do. */
export class Alarms extends Construct {
  readonly topics: Record<Severity, sns.Topic>;

  constructor(scope: Construct, id: string, props: AlarmsProps) {
    super(scope, id);
    this.topics = alarmTopics(this, props.settings);
    for (const fn of props.functions) this.watchFunction(fn);
    for (const queue of props.queues) this.watchDeadLetters(queue);
    this.watchQuarantine(props.quarantine);
    for (const figure of figures(props.settings)) this.watchFigure(figure);
    for (const alarm of props.releases.alarms) alarm.addAlarmAction(new SnsAction(this.topics.warn));
    for (const beat of heartbeats(props.settings)) this.watchBeat(beat);
  }

  private watchFunction(fn: HouseFunction): void {
    const { errorImpact: impact, runbook } = fn;
    this.add(`${fn.node.id}Errors`, {
      metric: fn.metricErrors({ period: Duration.minutes(5) }),
      threshold: 1,
      impact,
      runbook,
    });
    this.add(`${fn.node.id}Slow`, {
      metric: fn.metricDuration({ period: Duration.minutes(5), statistic: 'Maximum' }),
      // What works until its time is nearly over is slow only when it is cut off, again and again.
      threshold: fn.limit.toMilliseconds() * (fn.fillsItsTime ? 0.95 : 0.8),
      periods: fn.fillsItsTime ? 3 : 1,
      impact: `${impact} (It runs to its time limit.)`,
      runbook,
    });
    this.add(`${fn.node.id}Throttled`, {
      metric: fn.metricThrottles({ period: Duration.minutes(5) }),
      threshold: 1,
      periods: 3,
      impact: `${impact} (Lambda refuses to start it.)`,
      runbook,
    });
    if (fn.heartbeat) this.watchHeartbeat(fn, fn.heartbeat);
  }

  /** Without a call there is no data at all, and that silence is the alarm. */
  private watchHeartbeat(fn: HouseFunction, within: Duration): void {
    this.add(`${fn.node.id}Silent`, {
      metric: fn.metricInvocations({ period: within }),
      threshold: 1,
      comparison: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
      missing: cloudwatch.TreatMissingData.BREACHING,
      urgent: fn.urgent,
      impact: `${fn.errorImpact} (It was not called for ${within.toMinutes()} minutes.)`,
      runbook: fn.runbook,
    });
  }

  private watchDeadLetters(queue: QueueWithDlq): void {
    this.add(`${placeOf(queue)}DeadLetters`, {
      metric: waiting(queue.deadLetters),
      threshold: 1,
      impact: queue.deadLetterImpact,
      runbook: queue.runbook,
      urgent: queue.urgent,
    });
  }

  private watchQuarantine(quarantine: sqs.IQueue): void {
    this.add('Quarantined', {
      metric: waiting(quarantine),
      threshold: 1,
      impact: 'Shops: an order event could not be understood and its parcel gets no number.',
      runbook: 'quarantine',
    });
  }

  private watchFigure(figure: Figure): void {
    this.add(figure.alarm, {
      ...figure,
      metric: figure.of === undefined ? metricOf(figure) : shareOf(figure, figure.of),
      threshold: figure.above,
      comparison: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
      missing:
        figure.kind === 'level'
          ? cloudwatch.TreatMissingData.IGNORE
          : cloudwatch.TreatMissingData.NOT_BREACHING,
    });
  }

  private watchBeat(beat: Heartbeat): void {
    this.add(`${beat.name}Missing`, {
      ...beat,
      metric: metricOf({ ...beat, kind: 'count' }),
      threshold: 1,
      comparison: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
      missing: cloudwatch.TreatMissingData.BREACHING,
    });
  }

  private add(id: string, props: AlarmProps): void {
    const severity = props.urgent ? 'page' : 'warn';
    const alarm = new cloudwatch.Alarm(this, id, {
      metric: props.metric,
      threshold: props.threshold,
      evaluationPeriods: props.periods ?? 1,
      comparisonOperator:
        props.comparison ?? cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: props.missing ?? cloudwatch.TreatMissingData.NOT_BREACHING,
      alarmDescription: describeAlarm({ ...props, severity }),
    });
    alarm.addAlarmAction(new SnsAction(this.topics[severity]));
  }
}

/** Room and name, e.g. `OrderEvents`. */
function placeOf(queue: QueueWithDlq): string {
  return queue.node.path.split('/').slice(1).join('');
}
