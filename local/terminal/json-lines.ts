/** `--json`: one object per line, nothing else. */
import type { Told } from './event-lines.ts';

/** An event of the bus as a line; `time` is ISO 8601 UTC. */
export const eventJson = (event: Told & { source: string }): string =>
  jsonLine({
    type: 'event',
    source: event.source,
    detailType: event.detailType,
    detail: event.detail,
    time: new Date(event.at).toISOString(),
  });

/** Any object as one line with its newline. */
export const jsonLine = (value: Record<string, unknown>): string => `${JSON.stringify(value)}\n`;
