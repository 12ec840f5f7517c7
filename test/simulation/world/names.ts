/** Short names of what is deployed, as coverage tables and replays show them. */
import type { Deployment } from '../deployment/deployment.ts';

export interface Names {
  /** `shipments` → the table's name */
  table: (short: string) => string;
  /** `transmission` → the queue's name; its dead letters are `transmission!` */
  queue: (short: string) => string;
  url: (short: string) => string;
  /** the other way round; anything else stays as it is */
  short: (name: string) => string;
}

export const createNames = ({ functions, queues }: Deployment): Names => {
  const long = new Map<string, string>();
  for (const { environment } of functions)
    for (const [variable, value] of Object.entries(environment)) {
      const [, table, queue] = /^(?:(\w+)_TABLE|(\w+)_QUEUE_URL)$/.exec(variable) ?? [];
      const short = (table ?? queue)?.toLowerCase().replaceAll('_', '-');
      if (short === undefined) continue;
      const name = value.split('/').at(-1)!;
      long.set(short, name);
      const dead = queues[name]?.deadLetters;
      if (dead !== undefined) long.set(`${short}!`, dead.queue);
    }
  const shorts = new Map([...long].map(([short, name]) => [name, short]));
  const must = (short: string): string => {
    const name = long.get(short);
    if (name === undefined) throw new Error(`nothing deployed is called ${short}`);
    return name;
  };
  return {
    table: must,
    queue: must,
    url: (short) => `https://sqs.ap-northeast-2.amazonaws.com/000000000000/${must(short)}`,
    short: (name) => shorts.get(name) ?? name,
  };
};
