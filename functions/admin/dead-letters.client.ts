/** The queues of messages that could not be worked on: looked at, sent back, deleted. */
import {
  ChangeMessageVisibilityCommand,
  CancelMessageMoveTaskCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ListMessageMoveTasksCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  type SQSClient,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import type { DeadLetters, DeadLetter, FailedQueueName, MoveTask } from './dead-letter.ts';

/** While they are looked at nobody else gets them; a crash leaves them hidden for this long. */
const HOLD_SECONDS = 30;
/** SQS answers from a part of its servers, at most ten at a time. */
const EMPTY_ANSWERS = 2;

export const createDeadLetters = (client: SQSClient, queues: readonly FailedQueueName[]): DeadLetters => {
  const queueOf = (name: string) => {
    const queue = queues.find((one) => one.name === name);
    if (queue === undefined) throw new Error(`No failed queue ${name}`);
    return queue;
  };
  const attributes = async (url: string) => {
    const AttributeNames = [
      'ApproximateNumberOfMessages',
      'ApproximateNumberOfMessagesNotVisible',
      'MessageRetentionPeriod',
      'QueueArn',
    ] as const;
    const answer = await client.send(
      new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: [...AttributeNames] }),
    );
    return answer.Attributes ?? {};
  };
  /** Takes up to `most` messages that `wanted` accepts, and lets the others go again at the end. */
  const hold = async (url: string, most: number, wanted: (message: Message) => boolean) => {
    const [held, others] = [new Map<string, Message>(), [] as Message[]];
    for (let empty = 0; empty < EMPTY_ANSWERS && held.size < most;) {
      const answer = await client.send(
        new ReceiveMessageCommand({
          QueueUrl: url,
          MaxNumberOfMessages: Math.min(10, Math.max(1, most - held.size)),
          VisibilityTimeout: HOLD_SECONDS,
          MessageSystemAttributeNames: ['SentTimestamp', 'ApproximateReceiveCount'],
        }),
      );
      const messages = answer.Messages ?? [];
      empty = messages.length === 0 ? empty + 1 : 0;
      for (const message of messages) {
        if (wanted(message)) held.set(message.MessageId ?? '', message);
        else others.push(message);
      }
      if (others.length >= MOST_LOOKED_AT) break;
    }
    await release(url, others);
    return [...held.values()];
  };
  const release = async (url: string, messages: readonly Message[]) => {
    await Promise.all(
      messages.map(({ ReceiptHandle }) =>
        client.send(
          new ChangeMessageVisibilityCommand({ QueueUrl: url, ReceiptHandle, VisibilityTimeout: 0 }),
        ),
      ),
    );
  };
  const remove = (url: string, { ReceiptHandle }: Message) =>
    client.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle }));
  /** Sent first, deleted then: a crash in between leaves two, of which the second finds nothing to do. */
  const giveBack = async (url: string, source: string, message: Message) => {
    await client.send(new SendMessageCommand({ QueueUrl: source, MessageBody: bodyToReturn(message.Body) }));
    await remove(url, message);
  };
  return {
    names: queues.map(({ name, source }) => ({ name, returns: source !== undefined })),
    depth: async (name) => {
      const read = await attributes(queueOf(name).url);
      const number = (key: string) => Number(read[key as keyof typeof read] ?? 0);
      return {
        waiting: number('ApproximateNumberOfMessages') + number('ApproximateNumberOfMessagesNotVisible'),
        keptMs: number('MessageRetentionPeriod') * 1000,
      };
    },
    look: async (name, most) => {
      const { url } = queueOf(name);
      const messages = await hold(url, most, () => true);
      await release(url, messages);
      return messages.map(toLetter).toSorted((a, b) => a.sentAt - b.sentAt);
    },
    giveBackOne: async (name, messageId) => {
      const { url, source } = queueOf(name);
      const [message] = await hold(url, 1, ({ MessageId }) => MessageId === messageId);
      if (message === undefined) return 'gone';
      if (source === undefined) {
        await release(url, [message]);
        return 'no-way-back';
      }
      await giveBack(url, source, message);
      return 'returned';
    },
    giveBackSome: async (name, most, before) => {
      const { url, source } = queueOf(name);
      if (source === undefined) return 0;
      const messages = await hold(url, most, (message) => toLetter(message).sentAt < before);
      for (const message of messages) await giveBack(url, source, message);
      return messages.length;
    },
    deleteThese: async (name, messageIds) => {
      const { url } = queueOf(name);
      const messages = await hold(url, messageIds.length, ({ MessageId }) =>
        messageIds.includes(MessageId ?? ''),
      );
      await Promise.all(messages.map((message) => remove(url, message)));
      return messages.length;
    },
    startMove: async (name) => {
      const { url } = queueOf(name);
      const SourceArn = (await attributes(url)).QueueArn;
      try {
        const answer = await client.send(new StartMessageMoveTaskCommand({ SourceArn }));
        return answer.TaskHandle === undefined
          ? { outcome: 'not-movable' }
          : { outcome: 'started', task: answer.TaskHandle };
      } catch (error) {
        // UnsupportedOperation: no queue sends its dead letters here, or a move is under way already.
        if (NOT_MOVABLE.has((error as Error).name)) return { outcome: 'not-movable' };
        throw error;
      }
    },
    moveTask: async (name) => {
      const SourceArn = (await attributes(queueOf(name).url)).QueueArn;
      const answer = await client.send(new ListMessageMoveTasksCommand({ SourceArn, MaxResults: 1 }));
      const [task] = answer.Results ?? [];
      return task === undefined ? undefined : toTask(task);
    },
    cancelMove: async (task) => {
      await client.send(new CancelMessageMoveTaskCommand({ TaskHandle: task }));
    },
  };
};

const MOST_LOOKED_AT = 200;
const NOT_MOVABLE = new Set([
  'UnsupportedOperation',
  'ResourceNotFoundException',
  'InvalidParameterValue',
  'InvalidAddress',
  'InvalidAction',
  'UnknownOperationException',
]);

const toLetter = (message: Message): DeadLetter => ({
  messageId: message.MessageId ?? '',
  sentAt: Number(message.Attributes?.SentTimestamp ?? 0),
  received: Number(message.Attributes?.ApproximateReceiveCount ?? 0),
  body: message.Body ?? '',
});

const toTask = (task: {
  Status?: string | undefined;
  TaskHandle?: string | undefined;
  StartedTimestamp?: number | undefined;
  ApproximateNumberOfMessagesMoved?: number | undefined;
  ApproximateNumberOfMessagesToMove?: number | undefined;
}): MoveTask => ({
  status: task.Status ?? 'UNKNOWN',
  moved: task.ApproximateNumberOfMessagesMoved ?? 0,
  toMove: task.ApproximateNumberOfMessagesToMove ?? 0,
  startedAt: task.StartedTimestamp ?? 0,
  ...(task.TaskHandle !== undefined && { task: task.TaskHandle }),
});

/** What was quarantined travels inside a note on what was wrong with it; the event itself goes back. */
const bodyToReturn = (body: string | undefined): string => {
  const text = body ?? '';
  try {
    const read = JSON.parse(text) as { event?: unknown; problems?: unknown };
    return typeof read.event === 'string' && read.problems !== undefined ? read.event : text;
  } catch {
    return text;
  }
};
