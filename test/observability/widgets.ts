import { nameOf } from '../lib/template.ts';
import type { WatchedMetric } from './alarm-state.ts';

export interface Widget {
  title: string;
  metrics: Omit<WatchedMetric, 'statistic' | 'period'>[];
}

/** The pictures of a dashboard, as the template has it: JSON with names to be filled in. */
export const widgetsOf = (body: unknown): Widget[] => {
  const { widgets } = JSON.parse(nameOf(body)) as {
    widgets: { properties: { title: string; metrics: unknown[][] } }[];
  };
  return widgets.map(({ properties }) => ({
    title: properties.title,
    metrics: properties.metrics.filter(([first]) => typeof first === 'string').map(toMetric),
  }));
};

/** `[namespace, name, dimension, value, …, options]` */
const toMetric = (parts: unknown[]): Widget['metrics'][number] => {
  const [namespace, name, ...pairs] = parts.filter((one) => typeof one === 'string');
  const dimensions = Object.fromEntries(
    pairs.flatMap((one, i) => (i % 2 === 0 ? [[one, pairs[i + 1] ?? '']] : [])),
  );
  return { namespace: namespace ?? '', name: name ?? '', dimensions };
};
