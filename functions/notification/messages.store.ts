import { type DynamoDBDocumentClient, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { TransactItem } from '../audit/audit.store.ts';
import { isConditionFailure } from '../runtime/old-item.ts';
import type { Claimed, Ending, Message, SmsRequest } from './message.ts';
import { createMessageLists, type MessageLists } from './message-lists.store.ts';

export interface Messages extends MessageLists {
  /** Strongly consistent. */
  read(messageId: string): Promise<Message | undefined>;
  /** Takes a due message for one sending. Of two at once one gets it; the second time nobody does. */
  claim(messageId: string, now: number): Promise<Claimed | undefined>;
  /** Moves a message that nobody has taken yet; false when somebody has. */
  postpone(message: Message, sendAt: number): Promise<boolean>;
  /**
   * Writes how a claim ended; false when the message is not this claim's any more. A claim given up as unknown may
   * still say what became of it, as long as nobody sent the message again.
   */
  settle(claimed: Claimed, ending: Ending, now: number): Promise<boolean>;
  /** A claim that said nothing is unknown, and never sent again by itself; false when it has ended meanwhile. */
  giveUp(claimed: Claimed): Promise<boolean>;
  /** An operator's order to send once more, for a transaction; fails when the message is not as it was read. */
  reopening(message: Message, now: number): TransactItem;
}

/** A telephone number stays as long as the record of who looked at one: two years. */
const KEPT_SECONDS = 2 * 366 * 24 * 3600;

/** The outbox row of a decision, for its transaction. P16: the key is the decision, so it exists once. */
export const messageItem = (
  TableName: string,
  sms: SmsRequest,
  about: Pick<Message, 'createdAt' | 'subject'>,
): TransactItem => {
  const expiresAt = Math.floor(about.createdAt / 1000) + KEPT_SECONDS;
  const Item = { ...sms, ...about, state: 'pending', expiresAt } satisfies Message & { expiresAt: number };
  return { Put: { TableName, Item, ConditionExpression: 'attribute_not_exists(messageId)' } };
};

export const createMessages = (doc: DynamoDBDocumentClient, table: string): Messages => {
  const change = async (messageId: string, input: Change): Promise<Message | undefined> => {
    const command = { TableName: table, Key: { messageId }, ReturnValues: 'ALL_NEW', ...input } as const;
    try {
      const answer = await doc.send(new UpdateCommand(command));
      return answer.Attributes as Message;
    } catch (error) {
      if (isConditionFailure(error)) return undefined;
      throw error;
    }
  };
  const changed = async (messageId: string, input: Change) => (await change(messageId, input)) !== undefined;
  return {
    ...createMessageLists(doc, table),
    read: async (messageId) => {
      const answer = await doc.send(
        new GetCommand({ TableName: table, Key: { messageId }, ConsistentRead: true }),
      );
      return answer.Item as Message | undefined;
    },
    claim: async (messageId, now) => (await change(messageId, claiming(now))) as Claimed | undefined,
    postpone: (message, sendAt) => changed(message.messageId, postponing(message, sendAt)),
    settle: (claimed, ending, now) => changed(claimed.messageId, settling(claimed, ending, now)),
    giveUp: ({ messageId, attempt }) => changed(messageId, givingUp(attempt)),
    reopening: (message, now) => ({
      Update: { TableName: table, Key: { messageId: message.messageId }, ...reopened(message, now) },
    }),
  };
};

interface Change {
  UpdateExpression: string;
  ConditionExpression: string;
  ExpressionAttributeNames: Record<string, string>;
  ExpressionAttributeValues: Record<string, unknown>;
}
const ExpressionAttributeNames = { '#state': 'state' };

const claiming = (now: number): Change => ({
  UpdateExpression: 'SET #state = :sending, claimedAt = :now ADD attempt :one, tries :one',
  ConditionExpression: '#state = :pending AND sendAt <= :now',
  ExpressionAttributeNames,
  ExpressionAttributeValues: { ':pending': 'pending', ':sending': 'sending', ':now': now, ':one': 1 },
});

const postponing = (message: Message, sendAt: number): Change => ({
  UpdateExpression: 'SET sendAt = :sendAt',
  ConditionExpression: '#state = :pending AND sendAt = :was',
  ExpressionAttributeNames,
  ExpressionAttributeValues: { ':pending': 'pending', ':was': message.sendAt, ':sendAt': sendAt },
});

const settling = ({ attempt }: Claimed, ending: Ending, now: number): Change => {
  const set = { ...ending, ...(ending.state === 'sent' && { sentAt: now }) };
  const names = Object.keys(set);
  return {
    UpdateExpression: `SET ${names.map((name, i) => `#${name} = :v${i}`).join(', ')}${
      ending.state === 'sent' ? ' REMOVE failure' : ''
    }`,
    ConditionExpression: 'attempt = :attempt AND #state IN (:sending, :unknown)',
    ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
    ExpressionAttributeValues: {
      ...Object.fromEntries(Object.values(set).map((value, i) => [`:v${i}`, value])),
      ':attempt': attempt,
      ':sending': 'sending',
      ':unknown': 'unknown',
    },
  };
};

const givingUp = (attempt: number): Change => ({
  UpdateExpression: 'SET #state = :unknown, failure = :failure',
  ConditionExpression: 'attempt = :attempt AND #state = :sending',
  ExpressionAttributeNames,
  ExpressionAttributeValues: {
    ':attempt': attempt,
    ':sending': 'sending',
    ':unknown': 'unknown',
    ':failure': 'abandoned',
  },
});

const reopened = ({ state, attempt }: Message, now: number): Change => ({
  UpdateExpression: 'SET #state = :pending, sendAt = :now, tries = :none ADD resends :one REMOVE failure',
  ConditionExpression: '#state = :state AND attempt = :attempt',
  ExpressionAttributeNames,
  ExpressionAttributeValues: {
    ':pending': 'pending',
    ':now': now,
    ':none': 0,
    ':one': 1,
    ':state': state,
    ':attempt': attempt,
  },
});
