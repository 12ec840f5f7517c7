import { Duration } from 'aws-cdk-lib';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { lend, type Loan } from './loan.ts';

export interface QueueWithDlqProps {
  /** At least the timeout of the function that works on a message. */
  readonly visibility: Duration;
  /** Deliveries before a message is set aside. */
  readonly maxReceiveCount: number;
  /** Who waits for what when a message lands in the dead-letter queue. */
  readonly deadLetterImpact: string;
  /** Anchor of the dead-letter queue's entry in docs/runbook.md. */
  readonly runbook: string;
  /** A person is needed at once, at night too, when a message is set aside. */
  readonly urgent?: true;
}

/**
 * A queue and the place where what it could not deliver is kept. Both are encrypted and keep messages for 14 days, the
 * most SQS allows: a message's age counts from its first sending, also in the dead-letter queue.
 */
export class QueueWithDlq extends Construct {
  readonly queue: sqs.Queue;
  readonly deadLetters: sqs.Queue;
  readonly deadLetterImpact: string;
  readonly runbook: string;
  readonly urgent: boolean;

  constructor(scope: Construct, id: string, props: QueueWithDlqProps) {
    super(scope, id);
    this.deadLetterImpact = props.deadLetterImpact;
    this.runbook = props.runbook;
    this.urgent = props.urgent ?? false;
    this.deadLetters = keptQueue(this, 'DeadLetters');
    this.queue = keptQueue(this, 'Queue', {
      visibilityTimeout: props.visibility,
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: props.maxReceiveCount },
    });
  }

  /** May put messages in. */
  forSending<V extends string>(variable: V): Loan<V> {
    return lend(naming(variable, this.queue), ['sqs:SendMessage'], [this.queue.queueArn]);
  }

  /** May put messages in, having seen how many are there. */
  forToppingUp<V extends string>(variable: V): Loan<V> {
    const actions = ['sqs:SendMessage', 'sqs:GetQueueAttributes'];
    return lend(naming(variable, this.queue), actions, [this.queue.queueArn]);
  }

  /** May take messages out and put them in. */
  forWorking<V extends string>(variable: V): Loan<V> {
    return lend(naming(variable, this.queue), workActions, [this.queue.queueArn]);
  }
}

const workActions = ['sqs:SendMessage', 'sqs:ReceiveMessage', 'sqs:DeleteMessage'];

/** An encrypted queue that keeps messages for 14 days and speaks TLS only. */
export function keptQueue(scope: Construct, id: string, props: sqs.QueueProps = {}): sqs.Queue {
  return new sqs.Queue(scope, id, {
    encryption: sqs.QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    retentionPeriod: Duration.days(14),
    ...props,
  });
}

/** The one variable that carries a queue's address. */
export function naming<V extends string>(variable: V, queue: sqs.IQueue): Record<V, string> {
  return { [variable]: queue.queueUrl } as Record<V, string>;
}
