import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';

/**
 * The record a failed condition sends along (ReturnValuesOnConditionCheckFailure). The document client leaves
 * it in DynamoDB's own form, unlike everything else it answers.
 */
export const oldItem = <T>(item: Record<string, AttributeValue> | undefined): T | undefined =>
  item === undefined ? undefined : (unmarshall(item) as T);

export const isConditionFailure = (error: unknown): error is { Item?: Record<string, AttributeValue> } =>
  (error as Error | undefined)?.name === 'ConditionalCheckFailedException';
