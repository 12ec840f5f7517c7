import {
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import type { TransactItem } from '../audit/audit.store.ts';
import { chunk } from '../runtime/chunk.ts';
import { isConditionFailure } from '../runtime/old-item.ts';
import type { Job } from './job.ts';

export interface Jobs {
  /** Strongly consistent. */
  read(jobId: string): Promise<Job | undefined>;
  /** Newest first. */
  latest(limit?: number): Promise<Job[]>;
  /** Lays down what a job will be about, in the order it will be worked on. Without its record nobody looks at it. */
  putIds(jobId: string, ids: readonly string[], now: number): Promise<void>;
  /** The record of a new job, for the transaction with its audit row; fails where there is one already. */
  beginning(job: Job): TransactItem;
  /** Up to `most` ids from the n-th on (0-based); fewer at the end of a chunk, none behind the last. */
  ids(jobId: string, from: number, most: number): Promise<string[]>;
  /**
   * Writes down one step more; answers the record as it is then, with a wish to stop that came in between.
   * undefined: another worker was faster, or it has ended.
   */
  save(job: Job): Promise<Job | undefined>;
  /** Ends it once; a job that has ended stays as it is. */
  end(jobId: string, outcome: NonNullable<Job['outcome']>, now: number): Promise<void>;
  /** False: it had ended already. Asked again: the first wish stays. */
  askToStop(jobId: string, by: string, now: number): Promise<boolean>;
}

const KEPT_SECONDS = 90 * 24 * 3600;
/** Ids are at most 50 characters: well inside an item's 400 KB. */
const IDS_PER_CHUNK = 1000;
const PK = 'job';
const chunkKey = (jobId: string, chunkNo: number) => ({
  pk: `${PK}#${jobId}`,
  sk: String(chunkNo).padStart(6, '0'),
});

export const createJobs = (doc: DynamoDBDocumentClient, table: string): Jobs => {
  const expiry = (now: number) => Math.floor(now / 1000) + KEPT_SECONDS;
  const update = async (
    jobId: string,
    expression: string,
    values: Record<string, unknown>,
    still: string,
  ) => {
    try {
      const answer = await doc.send(
        new UpdateCommand({
          TableName: table,
          Key: { pk: PK, sk: jobId },
          UpdateExpression: expression,
          ConditionExpression: still,
          ExpressionAttributeValues: values,
          ...(expression.includes('#total') && { ExpressionAttributeNames: { '#total': 'total' } }),
          ReturnValues: 'ALL_NEW',
        }),
      );
      return toJob(answer.Attributes);
    } catch (error) {
      if (isConditionFailure(error)) return undefined;
      throw error;
    }
  };
  return {
    read: async (jobId) => {
      const Key = { pk: PK, sk: jobId };
      return toJob((await doc.send(new GetCommand({ TableName: table, Key, ConsistentRead: true }))).Item);
    },
    latest: async (limit = 20) => {
      const answer = await doc.send(
        new QueryCommand({
          TableName: table,
          KeyConditionExpression: 'pk = :job',
          ExpressionAttributeValues: { ':job': PK },
          ScanIndexForward: false,
          Limit: limit,
        }),
      );
      return (answer.Items ?? []).flatMap((item) => toJob(item) ?? []);
    },
    putIds: async (jobId, ids, now) => {
      for (const [i, some] of chunk(ids, IDS_PER_CHUNK).entries()) {
        const Item = { ...chunkKey(jobId, i), ids: some, expiresAt: expiry(now) };
        await doc.send(new PutCommand({ TableName: table, Item }));
      }
    },
    beginning: (job) => ({
      Put: {
        TableName: table,
        Item: { ...job, pk: PK, sk: job.jobId, expiresAt: expiry(job.startedAt) },
        ConditionExpression: 'attribute_not_exists(pk)',
      },
    }),
    ids: async (jobId, from, most) => {
      const Key = chunkKey(jobId, Math.floor(from / IDS_PER_CHUNK));
      const answer = await doc.send(new GetCommand({ TableName: table, Key, ConsistentRead: true }));
      const ids = (answer.Item?.['ids'] as string[] | undefined) ?? [];
      return ids.slice(from % IDS_PER_CHUNK, (from % IDS_PER_CHUNK) + most);
    },
    save: ({ jobId, step, beatAt, total, done, failed, failures, moving }) =>
      update(
        jobId,
        `SET step = :step, #total = :total, done = :done, failed = :failed, failures = :failures, beatAt = :beat${
          moving === undefined ? '' : ', moving = :moving'
        }`,
        {
          ':step': step + 1,
          ':was': step,
          ':total': total,
          ':done': done,
          ':failed': failed,
          ':failures': failures,
          ':beat': beatAt,
          ...(moving !== undefined && { ':moving': moving }),
        },
        'step = :was AND attribute_not_exists(endedAt)',
      ),
    end: async (jobId, outcome, now) => {
      await update(
        jobId,
        'SET endedAt = :now, outcome = :outcome, beatAt = :now',
        { ':now': now, ':outcome': outcome },
        'attribute_exists(pk) AND attribute_not_exists(endedAt)',
      );
    },
    askToStop: async (jobId, by, now) =>
      (await update(
        jobId,
        'SET stopAsked = if_not_exists(stopAsked, :asked)',
        { ':asked': { at: now, by } },
        'attribute_exists(pk) AND attribute_not_exists(endedAt)',
      )) !== undefined,
  };
};

const toJob = (item: Record<string, unknown> | undefined): Job | undefined => {
  if (item === undefined) return undefined;
  const { pk: _pk, sk: _sk, expiresAt: _expires, ...job } = item;
  return job as unknown as Job;
};
