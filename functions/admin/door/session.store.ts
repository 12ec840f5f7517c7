import { randomBytes } from 'node:crypto';
import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { isConditionFailure } from '../../runtime/old-item.ts';
import type { Notice, Operator } from '../page.ts';
import { endOf, hashOf, isToken, type Limits, type Session } from './session.ts';

export interface Sessions {
  /** A new session; the token is for the cookie alone. */
  open(operator: Operator, now: number): Promise<string>;
  /** The session of a token that lives, and lives on from now. `takeNotice`: what was left for it is taken away. */
  use(token: string | undefined, now: number, takeNotice?: boolean): Promise<Session | undefined>;
  /** The same without living on: a refresh by itself keeps nobody signed in. */
  look(token: string | undefined, now: number): Promise<Session | undefined>;
  /** Left for the next page; gone with a session that ended meanwhile. */
  leave(session: Session, notice: Notice): Promise<void>;
  /** The second time: nothing. */
  end(session: Session): Promise<void>;
  /** Ends every session of an operator that began before now, on any machine. */
  endAll(operatorId: string, now: number): Promise<void>;
}

/** Rows are kept this long after their end: DynamoDB removes late, and a clock may be off. */
const KEPT_MS = 10 * 60_000;
const seconds = (at: number): number => Math.floor(at / 1000);
const everyoneKey = (operatorId: string) => ({ sessionHash: `operator#${hashOf(operatorId)}` });
const secret = (): string => randomBytes(32).toString('base64url');

/** Sessions in their table. Time is an argument, so that the limits can be tested. */
export const createSessions = (doc: DynamoDBDocumentClient, TableName: string, limits: Limits): Sessions => {
  const endedAt = async (operatorId: string): Promise<number> => {
    const answer = await doc.send(
      new GetCommand({ TableName, Key: everyoneKey(operatorId), ConsistentRead: true }),
    );
    return (answer.Item as { endedAt: number } | undefined)?.endedAt ?? 0;
  };
  /** A session opened in the very millisecond of "everywhere" is ended too: better one sign-in too many. */
  const unlessEndedEverywhere = async (session: Session) =>
    session.signedInAt > (await endedAt(session.operatorId)) ? session : undefined;
  return {
    open: async ({ id, name, role }, now) => {
      const token = secret();
      const session: Session = {
        sessionHash: hashOf(token),
        operatorId: id,
        name,
        role,
        csrf: secret(),
        signedInAt: now,
        seenAt: now,
      };
      await doc.send(
        new PutCommand({
          TableName,
          Item: { ...session, expiresAt: seconds(now + limits.idleMs + KEPT_MS) },
        }),
      );
      return token;
    },
    use: async (token, now, takeNotice = false) => {
      const before = isToken(token)
        ? await touch({ doc, TableName, limits }, hashOf(token), now, takeNotice)
        : undefined;
      return before && unlessEndedEverywhere({ ...before, seenAt: now });
    },
    look: async (token, now) => {
      if (!isToken(token)) return undefined;
      const Key = { sessionHash: hashOf(token) };
      const answer = await doc.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
      const session = answer.Item as Session | undefined;
      return session && endOf(session, limits) > now ? unlessEndedEverywhere(session) : undefined;
    },
    leave: async ({ sessionHash }, notice) => {
      await unlessGone(
        doc.send(
          new UpdateCommand({
            TableName,
            Key: { sessionHash },
            UpdateExpression: 'SET notice = :notice',
            ConditionExpression: 'attribute_exists(sessionHash)',
            ExpressionAttributeValues: { ':notice': notice },
          }),
        ),
      );
    },
    end: async ({ sessionHash }) => {
      await doc.send(new DeleteCommand({ TableName, Key: { sessionHash } }));
    },
    endAll: async (operatorId, now) => {
      const expiresAt = seconds(now + limits.absoluteMs + KEPT_MS);
      await doc.send(
        new PutCommand({ TableName, Item: { ...everyoneKey(operatorId), endedAt: now, expiresAt } }),
      );
    },
  };
};

/** Reads a living session and moves its end in one write; a dead one is left as it is. */
const touch = async (
  { doc, TableName, limits }: { doc: DynamoDBDocumentClient; TableName: string; limits: Limits },
  sessionHash: string,
  now: number,
  takeNotice: boolean,
): Promise<Session | undefined> => {
  const answer = await unlessGone(
    doc.send(
      new UpdateCommand({
        TableName,
        Key: { sessionHash },
        UpdateExpression: `SET seenAt = :now, expiresAt = :gone${takeNotice ? ' REMOVE notice' : ''}`,
        ConditionExpression: 'seenAt > :idle AND signedInAt > :absolute',
        ExpressionAttributeValues: {
          ':now': now,
          ':gone': seconds(now + limits.idleMs + KEPT_MS),
          ':idle': now - limits.idleMs,
          ':absolute': now - limits.absoluteMs,
        },
        ReturnValues: 'ALL_OLD',
      }),
    ),
  );
  return answer?.Attributes as Session | undefined;
};

const unlessGone = async <T>(write: Promise<T>): Promise<T | undefined> => {
  try {
    return await write;
  } catch (error) {
    if (isConditionFailure(error)) return undefined;
    throw error;
  }
};
