import type { Point } from './alarm-state.ts';

/** CloudWatch's embedded metric format, as a function prints it. */
interface Embedded {
  _aws: {
    Timestamp: number;
    CloudWatchMetrics: { Namespace: string; Dimensions: string[][]; Metrics: { Name: string }[] }[];
  };
}

/** Every data point that printed lines hold, one for each dimension set and value. */
export const pointsIn = (lines: readonly string[]): Point[] =>
  lines.flatMap((line) => {
    if (!line.startsWith('{') || !line.includes('"_aws"')) return [];
    const printed = JSON.parse(line) as Embedded & Record<string, unknown>;
    return printed._aws.CloudWatchMetrics.flatMap(({ Namespace, Dimensions, Metrics }) =>
      Dimensions.flatMap((names) =>
        Metrics.flatMap(({ Name }) =>
          ([printed[Name]].flat() as number[]).map((value) => ({
            namespace: Namespace,
            name: Name,
            dimensions: Object.fromEntries(names.map((name) => [name, String(printed[name])])),
            value,
            at: printed._aws.Timestamp,
          })),
        ),
      ),
    );
  });
