import { NotModelled, onlyMembers } from '../aws-error.ts';
import { fault } from './message.ts';
import type { Queue } from './queue.ts';

interface Surroundings {
  queues: ReadonlyMap<string, Queue>;
  queueOf: (nameOrAddress: string) => Queue;
  arn: (name: string) => string;
  clock: () => number;
  serial: () => string;
}

interface MoveTask {
  TaskHandle: string;
  Status: 'COMPLETED';
  SourceArn: string;
  DestinationArn: string;
  ApproximateNumberOfMessagesMoved: number;
  ApproximateNumberOfMessagesToMove: number;
  /** epoch ms */
  StartedTimestamp: number;
}

/** Moving dead letters back to the queue they died in. A move is done as soon as it is ordered. */
export const createMoveTasks = ({ queues, queueOf, arn, clock, serial }: Surroundings) => {
  const tasks: MoveTask[] = [];
  return {
    StartMessageMoveTask: (input: object) => {
      onlyMembers('StartMessageMoveTask', input, ['SourceArn']);
      const { SourceArn } = input as { SourceArn: string };
      const source = queueOf(SourceArn);
      const targets = [...queues.values()].filter(({ shape }) => shape.deadLetters?.queue === source.name);
      if (targets.length === 0)
        throw fault('InvalidParameterValue', 'Source queue must be configured as a Dead Letter Queue.');
      if (targets.length > 1) throw new NotModelled('moving dead letters of several queues');
      const messages = source.visible(clock());
      for (const message of messages) {
        source.remove(message);
        // A moved message is a new one: another id, counted from zero, its retention beginning now.
        targets[0]!.add({
          messageId: serial(),
          body: message.body,
          sentAt: clock(),
          visibleAt: clock(),
          received: 0,
        });
      }
      const TaskHandle = serial();
      tasks.unshift({
        TaskHandle,
        Status: 'COMPLETED',
        SourceArn,
        DestinationArn: arn(targets[0]!.name),
        ApproximateNumberOfMessagesMoved: messages.length,
        ApproximateNumberOfMessagesToMove: messages.length,
        StartedTimestamp: clock(),
      });
      return { TaskHandle };
    },
    ListMessageMoveTasks: (input: object) => {
      onlyMembers('ListMessageMoveTasks', input, ['SourceArn', 'MaxResults']);
      const { SourceArn, MaxResults = 1 } = input as { SourceArn: string; MaxResults?: number };
      queueOf(SourceArn);
      return { Results: tasks.filter((task) => task.SourceArn === SourceArn).slice(0, MaxResults) };
    },
    CancelMessageMoveTask: () => {
      throw fault('ResourceNotFoundException', 'The task is not running.');
    },
  };
};
