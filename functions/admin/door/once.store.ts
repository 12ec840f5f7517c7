import { DeleteCommand, type DynamoDBDocumentClient, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { isConditionFailure, oldItem } from '../../runtime/old-item.ts';
import { hashOf, type Limits } from './session.ts';

export type Claimed =
  | { outcome: 'first' }
  /** the first one is at work, or died at it */
  | { outcome: 'running' }
  /** the first one led there */
  | { outcome: 'done'; to: string };

/** One sending of one form by one session to one address. */
export interface Sending {
  sessionHash: string;
  path: string;
  formKey: string;
}
/** A form has one effect, however often it is sent. Rows live in the sessions' table, as long as a session may. */
export interface Once {
  claim(sending: Sending, now: number): Promise<Claimed>;
  finish(sending: Sending, to: string): Promise<void>;
  /** Nothing was done: the form may be sent again. */
  release(sending: Sending): Promise<void>;
}

const keyOf = ({ sessionHash, path, formKey }: Sending) => ({
  sessionHash: `once#${hashOf(`${sessionHash}\n${path}\n${formKey}`)}`,
});

export const createOnce = (doc: DynamoDBDocumentClient, TableName: string, limits: Limits): Once => ({
  claim: async (sending, now) => {
    const expiresAt = Math.floor((now + limits.absoluteMs) / 1000);
    try {
      await doc.send(
        new PutCommand({
          TableName,
          Item: { ...keyOf(sending), expiresAt },
          ConditionExpression: 'attribute_not_exists(sessionHash)',
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }),
      );
      return { outcome: 'first' };
    } catch (error) {
      if (!isConditionFailure(error)) throw error;
      const to = oldItem<{ to?: string }>(error.Item)?.to;
      return to === undefined ? { outcome: 'running' } : { outcome: 'done', to };
    }
  },
  finish: async (sending, to) => {
    await doc.send(
      new UpdateCommand({
        TableName,
        Key: keyOf(sending),
        UpdateExpression: 'SET #to = :to',
        ExpressionAttributeNames: { '#to': 'to' },
        ExpressionAttributeValues: { ':to': to },
      }),
    );
  },
  release: async (sending) => {
    await doc.send(new DeleteCommand({ TableName, Key: keyOf(sending) }));
  },
});
