import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import type { Figure } from './figure.ts';
import { metricsNamespace } from './house-function.ts';

type Written = Pick<Figure, 'writtenBy' | 'name' | 'kind' | 'period'>;

/** What a function of ours writes: the highest of a level, the sum of a count; of five minutes if not said. */
export function metricOf({ writtenBy, name, kind, period }: Written): cloudwatch.Metric {
  return new cloudwatch.Metric({
    namespace: metricsNamespace,
    metricName: name,
    dimensionsMap: { service: writtenBy },
    statistic: kind === 'level' ? 'Maximum' : 'Sum',
    period: period ?? Duration.minutes(5),
  });
}

/** The figure as a percentage of another one of the same function. A count that is none is not written at all. */
export function shareOf(figure: Written & Pick<Figure, 'ofAtLeast'>, of: string): cloudwatch.MathExpression {
  const metrics = { part: metricOf(figure), whole: metricOf({ ...figure, name: of }) };
  return new cloudwatch.MathExpression({
    expression: `IF(whole >= ${figure.ofAtLeast ?? 1}, 100 * FILL(part, 0) / whole, 0)`,
    usingMetrics: metrics,
    label: `${figure.name} of ${of}, %`,
    ...(figure.period && { period: figure.period }),
  });
}

/** Messages that lie in a queue. */
export function waiting(queue: sqs.IQueue): cloudwatch.Metric {
  return queue.metricApproximateNumberOfMessagesVisible({
    period: Duration.minutes(1),
    statistic: 'Maximum',
  });
}
