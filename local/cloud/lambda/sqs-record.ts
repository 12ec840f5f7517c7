import type { Message } from '@aws-sdk/client-sqs';
import { matchesPattern } from '../events/event-pattern.ts';
import type { EventPattern } from '../events/event-pattern.ts';
import { REGION } from '../template/template.ts';
import type { InvocationResult } from './lambda-function.ts';

/** A message as the function receives it. Source: Lambda developer guide, "Using Lambda with Amazon SQS". */
export interface SqsRecord {
  messageId: string;
  body: string;
  [field: string]: unknown;
}

/** The record of a received message. */
export function toRecord(message: Message, queueArn: string): SqsRecord {
  const attributes = Object.entries(message.MessageAttributes ?? {}).map(([name, value]) => [
    name,
    {
      stringValue: value.StringValue,
      binaryValue: value.BinaryValue && Buffer.from(value.BinaryValue).toString('base64'),
      dataType: value.DataType,
      stringListValues: [],
      binaryListValues: [],
    },
  ]);
  return {
    messageId: message.MessageId ?? '',
    receiptHandle: message.ReceiptHandle,
    body: message.Body ?? '',
    attributes: message.Attributes ?? {},
    messageAttributes: Object.fromEntries(attributes) as Record<string, unknown>,
    md5OfBody: message.MD5OfBody,
    eventSource: 'aws:sqs',
    eventSourceARN: queueArn,
    awsRegion: REGION,
  };
}

/** Whether any filter lets the record through; no filter lets everything through. */
export function accepts(filters: EventPattern[], record: SqsRecord): boolean {
  if (filters.length === 0) return true;
  let body: unknown = record.body;
  try {
    body = JSON.parse(record.body);
  } catch {
    // A filter on the members of a body that is not JSON never matches, as in Lambda.
  }
  return filters.some((filter) => matchesPattern(filter, { ...record, body }));
}

/** The messages that go back: all of a failed batch, or those the function names. An id it made up fails the batch. */
export function failedIds(
  result: InvocationResult,
  ids: string[],
  reportsItemFailures: boolean,
): Set<string> {
  if (result.outcome !== 'done') return new Set(ids);
  if (!reportsItemFailures) return new Set();
  const answer = result.payload as { batchItemFailures?: { itemIdentifier?: string }[] } | null;
  const named = (answer?.batchItemFailures ?? []).map((failure) => failure.itemIdentifier ?? '');
  return new Set(named.every((id) => ids.includes(id)) ? named : ids);
}
