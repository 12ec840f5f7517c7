/** P17: names, addresses, telephone numbers, passwords and keys stay where they belong. */
import type { Check, Checked } from './check.ts';
import { all } from './records.ts';

/** What every invented person, password and key of a run carries, and the names the post office puts into its answers. */
const CANARY = /카나리|canary|(?<!\d)(?:\+?82|0)?10-?7770-?\d{4}(?!\d)|나가상|모수취|구본보|도시늉|허깨비/u;

/** Order events name their recipients, on their own way only. */
const MAY_NAME = ['order-events', 'order-events!', 'quarantine'];

export const checkSecrets = (world: Checked): Check => {
  const { names, broken } = world;
  const at = (text: string): string => {
    const found = CANARY.exec(text);
    return found === null ? '' : text.slice(Math.max(0, found.index - 60), found.index + 60);
  };
  return {
    printed: (entry, line) => {
      if (CANARY.test(line)) broken('P17', `${entry} printed …${at(line)}…`);
    },
    heard: (event) => {
      const text = JSON.stringify(event.detail);
      if (CANARY.test(text)) broken('P17', `${event['detail-type']} tells …${at(text)}…`);
    },
    afterCall: ({ service, operation, input }) => {
      if (service !== 'sqs' || !operation.startsWith('Send')) return;
      const queue = names.short(String(input.QueueUrl).split('/').at(-1) ?? '');
      const text = JSON.stringify(input);
      if (!MAY_NAME.includes(queue) && CANARY.test(text)) broken('P17', `${queue} carries …${at(text)}…`);
    },
    atEnd: () => {
      for (const table of ['audit', 'operations', 'ledger', 'pools']) {
        const text = JSON.stringify(all(world.aws, names, table));
        if (CANARY.test(text)) broken('P17', `the table ${table} holds …${at(text)}…`);
      }
    },
  };
};
