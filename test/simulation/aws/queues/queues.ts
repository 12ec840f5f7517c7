import { NotModelled, onlyMembers } from '../aws-error.ts';
import type { AwsChoices } from '../choices.ts';
import { attributesOf, checkBatch, fault, md5, type ReceivedMessage, received, withOnly } from './message.ts';
import { createMoveTasks } from './move-tasks.ts';
import { createQueue, type Queue, type QueuedMessage, type QueueShape } from './queue.ts';

/** SQS as tests and the environment of a simulation see it. Queues go by their name. */
export interface FakeQueues {
  call(operation: string, input: object): object;
  url(queue: string): string;
  arn(queue: string): string;
  /** Every message that is kept: visible, delayed and being worked on. Copies. */
  messages(queue: string): QueuedMessage[];
  /** Puts a message in as EventBridge, a schedule or a person does. Returns its id. */
  send(queue: string, body: string): string;
  /** Receives any number at once, as an event source with a batching window gathers them. */
  take(queue: string, most: number): ReceivedMessage[];
  /** What an event source does with what was worked on. */
  delete(queue: string, receiptHandle: string): void;
  /** Makes a hidden message visible now: a visibility timeout that ran out, or a redelivery before it did. */
  show(queue: string, messageId: string): void;
  /** At least once: the same message, id and all, is there once more. */
  duplicate(queue: string, messageId: string): void;
  /** When the next hidden message shows, epoch ms. */
  nextToShow(): number | undefined;
}
export interface QueueSettings {
  clock: () => number;
  serial: () => string;
  choices: AwsChoices;
}

const REGION_ACCOUNT = 'ap-northeast-2:000000000000';
const LARGEST = 1024 * 1024;
const MEMBERS: Record<string, string[]> = {
  SendMessage: ['QueueUrl', 'MessageBody', 'DelaySeconds'],
  SendMessageBatch: ['QueueUrl', 'Entries'],
  ReceiveMessage:
    'QueueUrl MaxNumberOfMessages VisibilityTimeout WaitTimeSeconds MessageSystemAttributeNames'.split(' '),
  DeleteMessage: ['QueueUrl', 'ReceiptHandle'],
  ChangeMessageVisibility: ['QueueUrl', 'ReceiptHandle', 'VisibilityTimeout'],
  GetQueueAttributes: ['QueueUrl', 'AttributeNames'],
};

interface Input {
  QueueUrl: string;
  MessageBody: string;
  DelaySeconds?: number;
  Entries: { Id: string; MessageBody: string; DelaySeconds?: number }[];
  MaxNumberOfMessages?: number;
  VisibilityTimeout?: number;
  MessageSystemAttributeNames?: string[];
  ReceiptHandle: string;
  AttributeNames?: string[];
}

/** SQS with these standard queues, each call applied whole. Long polling answers at once. */
export const createQueues = (
  shapes: Record<string, QueueShape>,
  { clock, serial, choices }: QueueSettings,
): FakeQueues => {
  const queues = new Map(Object.entries(shapes).map(([name, shape]) => [name, createQueue(name, shape)]));
  const url = (name: string) => `https://sqs.ap-northeast-2.amazonaws.com/000000000000/${name}`;
  const arn = (name: string) => `arn:aws:sqs:${REGION_ACCOUNT}:${name}`;
  const queueOf = (nameOrAddress: string): Queue => {
    const queue = queues.get(nameOrAddress.split(/[/:]/).at(-1) ?? '');
    if (queue) return queue;
    throw fault('QueueDoesNotExist', 'The specified queue does not exist.');
  };
  const put = (queue: Queue, body: string, delay = queue.shape.delaySeconds ?? 0): string => {
    const size = Buffer.byteLength(body);
    if (size < 1 || size > LARGEST)
      throw fault('InvalidParameterValue', 'One or more parameters are invalid');
    if (delay < 0 || delay > 900)
      throw fault('InvalidParameterValue', 'DelaySeconds must be >= 0 and <= 900.');
    const now = clock();
    const messageId = serial();
    queue.add({ messageId, body, sentAt: now, visibleAt: now + delay * 1000, received: 0 });
    return messageId;
  };
  /** Hands out these messages; one that was received often enough goes to the dead letters instead. */
  const receive = (queue: Queue, messages: QueuedMessage[], seconds: number): ReceivedMessage[] =>
    messages.flatMap((message) => {
      const { deadLetters } = queue.shape;
      if (deadLetters && message.received >= deadLetters.maxReceiveCount) {
        queue.remove(message);
        const { receiptHandle: _handle, ...rest } = message;
        queueOf(deadLetters.queue).add({ ...rest, visibleAt: clock(), diedIn: arn(queue.name) });
        return [];
      }
      message.received += 1;
      message.firstReceivedAt ??= clock();
      message.visibleAt = clock() + seconds * 1000;
      message.receiptHandle = `${message.messageId}#${serial()}`;
      return [received(message, message.receiptHandle)];
    });
  const held = (queue: Queue, receiptHandle: string): QueuedMessage | undefined => {
    if (!receiptHandle.includes('#'))
      throw fault('ReceiptHandleIsInvalid', 'The input receipt handle is invalid.');
    return queue.messages(clock()).find((message) => message.receiptHandle === receiptHandle);
  };
  const find = (queue: string, messageId: string): QueuedMessage => {
    const message = queueOf(queue)
      .messages(clock())
      .find((one) => one.messageId === messageId);
    if (message === undefined) throw new Error(`No message ${messageId} in ${queue}`);
    return message;
  };
  const visibilityOf = ({ shape }: Queue, asked?: number) => asked ?? shape.visibilitySeconds ?? 30;
  const moves = createMoveTasks({ queues, queueOf, arn, clock, serial });

  const OPERATIONS: Record<string, (input: Input) => object> = {
    ...moves,
    SendMessage: ({ QueueUrl, MessageBody, DelaySeconds }) => ({
      MessageId: put(queueOf(QueueUrl), MessageBody, DelaySeconds),
      MD5OfMessageBody: md5(MessageBody),
    }),
    SendMessageBatch: ({ QueueUrl, Entries }) => {
      const queue = queueOf(QueueUrl);
      checkBatch(Entries);
      const refused = choices.refused?.({ operation: 'SendMessageBatch', entries: Entries.length }) ?? [];
      const Failed = Entries.filter((_, i) => refused.includes(i)).map(({ Id }) => ({
        Id,
        SenderFault: false,
        Code: 'InternalError',
        Message: 'Try again.',
      }));
      const Successful = Entries.filter((_, i) => !refused.includes(i)).map((entry) => ({
        Id: entry.Id,
        MessageId: put(queue, entry.MessageBody, entry.DelaySeconds),
        MD5OfMessageBody: md5(entry.MessageBody),
      }));
      return { Successful, Failed };
    },
    ReceiveMessage: (input) => {
      const queue = queueOf(input.QueueUrl);
      const most = input.MaxNumberOfMessages ?? 1;
      if (most < 1 || most > 10)
        throw fault('InvalidParameterValue', 'MaxNumberOfMessages must be between 1 and 10.');
      const visible = queue.visible(clock());
      const places = choices.found?.({ queue: queue.name, visible: visible.length, most });
      const chosen = places?.flatMap((place) => visible[place] ?? []) ?? visible;
      const messages = receive(queue, chosen.slice(0, most), visibilityOf(queue, input.VisibilityTimeout));
      const wanted = input.MessageSystemAttributeNames ?? [];
      return messages.length === 0 ? {} : { Messages: messages.map((one) => withOnly(wanted, one)) };
    },
    DeleteMessage: ({ QueueUrl, ReceiptHandle }) => {
      const queue = queueOf(QueueUrl);
      const message = held(queue, ReceiptHandle);
      if (message) queue.remove(message);
      return {};
    },
    ChangeMessageVisibility: ({ QueueUrl, ReceiptHandle, VisibilityTimeout = 0 }) => {
      const message = held(queueOf(QueueUrl), ReceiptHandle);
      if (message === undefined || message.visibleAt <= clock())
        throw fault('MessageNotInflight', 'The specified message is not in flight.');
      message.visibleAt = clock() + VisibilityTimeout * 1000;
      return {};
    },
    GetQueueAttributes: ({ QueueUrl, AttributeNames = [] }) => {
      const all = attributesOf(queueOf(QueueUrl), clock(), arn);
      const wanted = Object.entries(all).filter(
        ([name]) => AttributeNames.includes('All') || AttributeNames.includes(name),
      );
      return wanted.length === 0 ? {} : { Attributes: Object.fromEntries(wanted) };
    },
  };
  return {
    call: (operation, input) => {
      const work = OPERATIONS[operation];
      if (work === undefined) throw new NotModelled(`sqs ${operation}`);
      if (MEMBERS[operation]) onlyMembers(operation, input, MEMBERS[operation]);
      return work(input as Input);
    },
    url,
    arn,
    messages: (queue) =>
      queueOf(queue)
        .messages(clock())
        .map((message) => ({ ...message })),
    send: (queue, body) => put(queueOf(queue), body),
    take: (name, most) => {
      const queue = queueOf(name);
      return receive(queue, queue.visible(clock()).slice(0, most), visibilityOf(queue));
    },
    delete: (queue, ReceiptHandle) =>
      void OPERATIONS.DeleteMessage!({ QueueUrl: queue, ReceiptHandle } as Input),
    show: (queue, messageId) => void (find(queue, messageId).visibleAt = clock()),
    duplicate: (queue, messageId) => {
      const { receiptHandle: _handle, ...rest } = find(queue, messageId);
      queueOf(queue).add({ ...rest, visibleAt: clock() });
    },
    nextToShow: () => {
      const hidden = [...queues.values()].flatMap((queue) =>
        queue.messages(clock()).flatMap(({ visibleAt }) => (visibleAt > clock() ? [visibleAt] : [])),
      );
      return hidden.length === 0 ? undefined : Math.min(...hidden);
    },
  };
};
