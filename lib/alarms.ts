import { Duration, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as sns from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { figures } from './figures.ts';
import { type Heartbeat, heartbeats } from './heartbeats.ts';
import type { Figure } from './parts/figure.ts';
import { type HouseFunction, metricsNamespace } from './parts/house-function.ts';
import type { QueueWithDlq } from './parts/queue-with-dlq.ts';
import type { Settings } from './settings.ts';

export interface AlarmsProps {
  readonly settings: Settings;
  readonly functions: readonly HouseFunction[];
  readonly queues: readonly QueueWithDlq[];
  readonly quarantine: sqs.IQueue;
}

interface AlarmProps {
  readonly metric: cloudwatch.IMetric;
  readonly threshold: number;
  readonly impact: string;
  readonly runbook: string;
  readonly periods?: number;
  readonly comparison?: cloudwatch.ComparisonOperator;
  readonly missing?: cloudwatch.TreatMissingData;
}

/** Every alarm says who is hurt and where to read what to do. */
export class Alarms extends Construct {
  readonly topic: sns.Topic;

  constructor(scope: Construct, id: string, props: AlarmsProps) {
    super(scope, id);
    this.topic = alarmTopic(this, `epost-parcel ${props.settings.stage}`);
    if (props.settings.alarmEmail)
      this.topic.addSubscription(new EmailSubscription(props.settings.alarmEmail));
    for (const fn of props.functions) this.watchFunction(fn);
    for (const queue of props.queues) this.watchDeadLetters(queue);
    this.watchQuarantine(props.quarantine);
    for (const figure of figures(props.settings)) this.watchFigure(figure);
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
      threshold: fn.limit.toMilliseconds() * 0.95,
      periods: 3,
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
    const alarm = new cloudwatch.Alarm(this, id, {
      metric: props.metric,
      threshold: props.threshold,
      evaluationPeriods: props.periods ?? 1,
      comparisonOperator:
        props.comparison ?? cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: props.missing ?? cloudwatch.TreatMissingData.NOT_BREACHING,
      alarmDescription: `${props.impact} What to do: docs/runbook.md#${props.runbook}`,
    });
    alarm.addAlarmAction(new SnsAction(this.topic));
  }
}

/** A policy replaces the default one, so what CloudWatch may do has to be said again. */
function alarmTopic(scope: Construct, displayName: string): sns.Topic {
  const topic = new sns.Topic(scope, 'Topic', { displayName, enforceSSL: true });
  topic.addToResourcePolicy(
    new iam.PolicyStatement({
      principals: [new iam.ServicePrincipal('cloudwatch.amazonaws.com')],
      actions: ['sns:Publish'],
      resources: [topic.topicArn],
      conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } },
    }),
  );
  return topic;
}

/** Room and name, e.g. `OrderEvents`. */
function placeOf(queue: QueueWithDlq): string {
  return queue.node.path.split('/').slice(1).join('');
}

function waiting(queue: sqs.IQueue): cloudwatch.Metric {
  return queue.metricApproximateNumberOfMessagesVisible({
    period: Duration.minutes(1),
    statistic: 'Maximum',
  });
}

type Written = Pick<Figure, 'writtenBy' | 'name' | 'kind' | 'period'>;

function metricOf({ writtenBy, name, kind, period }: Written): cloudwatch.Metric {
  return new cloudwatch.Metric({
    namespace: metricsNamespace,
    metricName: name,
    dimensionsMap: { service: writtenBy },
    statistic: kind === 'level' ? 'Maximum' : 'Sum',
    period: period ?? Duration.minutes(5),
  });
}

/** The figure as a percentage of another one of the same function. A count that is none is not written at all. */
function shareOf(figure: Figure, name: string): cloudwatch.MathExpression {
  const metrics = { part: metricOf(figure), whole: metricOf({ ...figure, name }) };
  return new cloudwatch.MathExpression({
    expression: `IF(whole >= ${figure.ofAtLeast ?? 1}, 100 * FILL(part, 0) / whole, 0)`,
    usingMetrics: metrics,
    label: `${figure.name} of ${name}, %`,
    ...(figure.period && { period: figure.period }),
  });
}
