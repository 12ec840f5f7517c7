import {
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { chunk } from '../runtime/chunk.ts';
import { isConditionFailure } from '../runtime/old-item.ts';
import type { Job } from './job.ts';

/** What a piece of work adds to the record. */
export interface Progress {
  done: number;
  failed: number;
  failures: Readonly<Record<string, number>>;
}
export interface Jobs {
  read(jobId: string): Promise<Job | undefined>;
  /** Newest first. */
  latest(limit?: number): Promise<Job[]>;
  /** A new job with the ids it is about, in the order they will be worked on. Begun again: nothing. */
  begin(job: Job, ids: readonly string[]): Promise<void>;
  /** Ids of one chunk, 0-based. */
  ids(jobId: string, chunkNo: number): Promise<string[]>;
  /** Replaces progress; answers the record as it is then, with a wish to stop that came in between. */
  save(job: Pick<Job, 'jobId' | 'beatAt'>, progress: Progress): Promise<Job | undefined>;
  /** Ends it once; a job that has ended stays as it is. */
  end(jobId: string, outcome: NonNullable<Job['outcome']>, now: number): Promise<void>;
  /** False: it had ended already. */
  askToStop(jobId: string, by: string, now: number): Promise<boolean>;
}

const KEPT_SECONDS = 90 * 24 * 3600;
/** Ids are at most 50 characters: well inside an item's 400 KB. */
export const IDS_PER_CHUNK = 1000;
const PK = 'job';

export const createJobs = (doc: DynamoDBDocumentClient, table: string): Jobs => {
  const expiry = (startedAt: number) => Math.floor(startedAt / 1000) + KEPT_SECONDS;
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
    begin: async (job, ids) => {
      const chunks = chunk(ids, IDS_PER_CHUNK);
      const expiresAt = expiry(job.startedAt);
      const put = (pk: string, sk: string, item: object) =>
        doc.send(new PutCommand({ TableName: table, Item: { ...item, pk, sk, expiresAt } }));
      for (const [i, some] of chunks.entries())
        await put(`${PK}#${job.jobId}`, String(i).padStart(6, '0'), { ids: some });
      await put(PK, job.jobId, { ...job, chunks: chunks.length });
    },
    ids: async (jobId, chunkNo) => {
      const Key = { pk: `${PK}#${jobId}`, sk: String(chunkNo).padStart(6, '0') };
      const answer = await doc.send(new GetCommand({ TableName: table, Key, ConsistentRead: true }));
      return (answer.Item?.['ids'] as string[] | undefined) ?? [];
    },
    save: ({ jobId, beatAt }, { done, failed, failures }) =>
      update(
        jobId,
        'SET done = :done, failed = :failed, failures = :failures, beatAt = :beat',
        { ':done': done, ':failed': failed, ':failures': failures, ':beat': beatAt },
        'attribute_exists(pk) AND attribute_not_exists(endedAt)',
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
        'SET stopAsked = :asked',
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
