/** Messages by state, through the index `due`; it may lag the records by a second. */
import { type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { type Claimed, type Message, MESSAGE_STATES, type MessageState } from './message.ts';

export interface MessageLists {
  /** Pending messages whose time has come, the longest waiting first, a hundred at a time. */
  due(now: number): AsyncGenerator<Message[]>;
  /** Claims taken before `before` that have not said how they ended. */
  silent(before: number): Promise<Claimed[]>;
  /** One page of these states together, latest `sendAt` first. */
  page(
    states: readonly MessageState[],
    cursor?: string,
    limit?: number,
  ): Promise<{ messages: Message[]; cursor?: string }>;
  /** How many are in a state. */
  count(state: MessageState): Promise<number>;
}

export const createMessageLists = (doc: DynamoDBDocumentClient, table: string): MessageLists => {
  const query: Ask = async (state, input) => {
    const answer = await doc.send(new QueryCommand(asked(table, state, input)));
    const messages = (answer.Items ?? []) as Message[];
    return { messages, total: answer.Count ?? 0, next: answer.LastEvaluatedKey };
  };
  return {
    due: async function* (now) {
      for await (const page of pages(query, 'pending', { until: now })) yield page.messages;
    },
    silent: async (before) => {
      const found: Claimed[] = [];
      for await (const page of pages(query, 'sending', {})) found.push(...(page.messages as Claimed[]));
      return found.filter(({ claimedAt }) => claimedAt < before);
    },
    page: (states, cursor, limit = 50) => mergedPage(query, states, limit, cursor),
    count: async (state) => {
      let total = 0;
      for await (const page of pages(query, state, { only: 'COUNT' })) total += page.total;
      return total;
    },
  };
};

type Key = Record<string, unknown>;
interface Input {
  until?: number;
  only?: 'COUNT';
  newestFirst?: boolean;
  limit?: number;
  start?: Key | undefined;
}
interface Answer {
  messages: Message[];
  total: number;
  next: Key | undefined;
}
type Ask = (state: MessageState, input: Input) => Promise<Answer>;

const asked = (TableName: string, state: MessageState, input: Input) => ({
  TableName,
  IndexName: 'due',
  KeyConditionExpression: `#state = :state${input.until === undefined ? '' : ' AND sendAt <= :until'}`,
  ExpressionAttributeNames: { '#state': 'state' },
  ExpressionAttributeValues: {
    ':state': state,
    ...(input.until !== undefined && { ':until': input.until }),
  },
  Limit: input.limit ?? 100,
  ScanIndexForward: input.newestFirst !== true,
  ...(input.only && { Select: input.only }),
  ...(input.start && { ExclusiveStartKey: input.start }),
});

async function* pages(ask: Ask, state: MessageState, input: Input): AsyncGenerator<Answer> {
  let start: Key | undefined;
  do {
    const answer = await ask(state, { ...input, start });
    yield answer;
    start = answer.next;
  } while (start !== undefined);
}

/** Where each state's part of a merged list goes on; `null`: it has ended. */
type Cursor = Partial<Record<MessageState, Key | null>>;

const mergedPage = async (
  ask: Ask,
  states: readonly MessageState[],
  limit: number,
  cursor: string | undefined,
) => {
  const from = cursor === undefined ? {} : fromCursor(cursor);
  const open = states.filter((state) => from[state] !== null);
  const parts = await Promise.all(
    open.map((state) => ask(state, { newestFirst: true, limit, start: from[state] ?? undefined })),
  );
  const messages = parts
    .flatMap((part) => part.messages)
    .toSorted((a, b) => b.sendAt - a.sendAt)
    .slice(0, limit);
  const next: Cursor = { ...from };
  for (const [i, state] of open.entries()) {
    const shown = messages.filter((message) => message.state === state);
    const part = parts[i];
    const rest = part !== undefined && (part.messages.length > shown.length || part.next !== undefined);
    const last = shown.at(-1);
    if (!rest) next[state] = null;
    else if (last) next[state] = { messageId: last.messageId, state, sendAt: last.sendAt };
  }
  const more = states.some((state) => next[state] !== null);
  return { messages, ...(more && { cursor: toCursor(next) }) };
};

const toCursor = (cursor: Cursor): string => Buffer.from(JSON.stringify(cursor)).toString('base64url');
/** What is not one of ours, such as a link that was cut off, begins at the beginning. */
const fromCursor = (text: string): Cursor => {
  try {
    const read = z.safeParse(cursorSchema, JSON.parse(Buffer.from(text, 'base64url').toString()));
    return read.success ? (read.data as Cursor) : {};
  } catch {
    return {};
  }
};
const cursorSchema = z.partialRecord(
  z.enum(MESSAGE_STATES),
  z.nullable(z.object({ messageId: z.string(), state: z.enum(MESSAGE_STATES), sendAt: z.number() })),
);
