/** One logger and one metrics sink per sandbox. Log ids and outcomes only: no person, token or payload. */
import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';

export const logger = new Logger();
export const metrics = new Metrics();

/** Adds one or more to a counter of this invocation (EMF, flushed by `lambda`). */
export const count = (name: string, value = 1): void => {
  if (value !== 0) metrics.addMetric(name, MetricUnit.Count, value);
};

/** Records a level, e.g. the age of the oldest waiting shipment in seconds. */
export const gauge = (name: string, value: number, unit: 'Seconds' | 'Milliseconds' | 'Count'): void => {
  metrics.addMetric(name, MetricUnit[unit], value);
};
