/** What CloudWatch would say of an alarm, from its own definition in the template and the data there is. */
import { nameOf } from '../lib/template.ts';
import { evaluateMath } from './metric-math.ts';

/** One value of one metric, as CloudWatch stores it. */
export interface Point {
  namespace: string;
  name: string;
  dimensions: Readonly<Record<string, string>>;
  value: number;
  /** epoch ms */
  at: number;
}
export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';

/** A metric as an alarm or a widget names it. */
export interface WatchedMetric {
  namespace: string;
  name: string;
  dimensions: Readonly<Record<string, string>>;
  statistic: string;
  /** seconds */
  period: number;
}

/** Properties of AWS::CloudWatch::Alarm. */
export type AlarmProperties = Record<string, any>;

/**
 * The state at `now`, after it was `before`. As in CloudWatch, `ignore` keeps the state when there is no data at all,
 * and a missing period counts as the alarm says; the wider range that CloudWatch may look back over is left out.
 */
export const stateOf = (
  alarm: AlarmProperties,
  points: readonly Point[],
  now: number,
  before: AlarmState = 'OK',
): AlarmState => {
  const periods: number = alarm['EvaluationPeriods'];
  const needed: number = alarm['DatapointsToAlarm'] ?? periods;
  const missing: string = alarm['TreatMissingData'] ?? 'missing';
  const values = Array.from({ length: periods }, (_, i) => valueOf(alarm, points, now, i));
  if (values.every((value) => value === undefined)) {
    if (missing === 'ignore') return before;
    if (missing === 'missing') return 'INSUFFICIENT_DATA';
  }
  const breaching = values.filter((value) =>
    value === undefined ? missing === 'breaching' : breaches(alarm, value),
  );
  return breaching.length >= needed ? 'ALARM' : 'OK';
};

/** Every metric an alarm looks at, in the order of its definition. */
export const metricsOf = (alarm: AlarmProperties): WatchedMetric[] => {
  const stats = alarm['Metrics']?.flatMap(({ MetricStat: stat }: any) => (stat ? [stat] : [])) ?? [
    { Metric: alarm, Stat: alarm['Statistic'], Period: alarm['Period'] },
  ];
  return stats.map(({ Metric, Stat, Period }: any) => ({
    namespace: Metric.Namespace,
    name: Metric.MetricName,
    dimensions: Object.fromEntries(
      (Metric.Dimensions ?? []).map((one: any) => [one.Name, nameOf(one.Value)]),
    ),
    statistic: Stat,
    period: Period,
  }));
};

/** How far back the alarm looks, seconds. */
export const lookedBack = (alarm: AlarmProperties): number =>
  alarm['EvaluationPeriods'] * metricsOf(alarm)[0]!.period;

const breaches = (alarm: AlarmProperties, value: number): boolean => {
  const threshold: number = alarm['Threshold'];
  switch (alarm['ComparisonOperator']) {
    case 'GreaterThanThreshold':
      return value > threshold;
    case 'GreaterThanOrEqualToThreshold':
      return value >= threshold;
    case 'LessThanThreshold':
      return value < threshold;
    default:
      throw new Error(`comparison ${alarm['ComparisonOperator']} is not understood`);
  }
};

/** The value in the n-th period before now; undefined: no data. */
const valueOf = (alarm: AlarmProperties, points: readonly Point[], now: number, back: number) => {
  const values = metricsOf(alarm).map((metric) => {
    const end = now - back * metric.period * 1000;
    const within = points.filter(
      (point) => isOf(point, metric) && point.at > end - metric.period * 1000 && point.at <= end,
    );
    return statisticOf(
      metric.statistic,
      within.map(({ value }) => value),
    );
  });
  if (alarm['Metrics'] === undefined) return values[0];
  const ids = alarm['Metrics'].filter((one: any) => one.MetricStat).map((one: any) => one.Id);
  const { Expression } = alarm['Metrics'].find((one: any) => one.Expression && one.ReturnData !== false);
  return evaluateMath(Expression, Object.fromEntries(ids.map((id: string, i: number) => [id, values[i]])));
};

export const isOf = (point: Point, metric: WatchedMetric): boolean => keyOf(point) === keyOf(metric);

/** A metric's identity: another dimension is another metric. */
export const keyOf = ({ namespace, name, dimensions }: Omit<WatchedMetric, 'statistic' | 'period'>): string =>
  [
    namespace,
    name,
    ...Object.entries(dimensions)
      .map((pair) => pair.join('='))
      .toSorted(),
  ].join(' ');

const statisticOf = (statistic: string, values: readonly number[]): number | undefined => {
  if (values.length === 0) return undefined;
  switch (statistic) {
    case 'Sum':
      return values.reduce((sum, value) => sum + value, 0);
    case 'Maximum':
      return Math.max(...values);
    default:
      throw new Error(`statistic ${statistic} is not understood`);
  }
};
