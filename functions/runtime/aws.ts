/** AWS clients, built once per sandbox at cold start. Retries happen here and nowhere above (one layer). */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

export const documentClient = (): DynamoDBDocumentClient =>
  DynamoDBDocumentClient.from(new DynamoDBClient({}), { marshallOptions: { removeUndefinedValues: true } });

export const queueClient = (): SQSClient => new SQSClient({});

export const busClient = (): EventBridgeClient => new EventBridgeClient({});

export const secretsClient = (): SecretsManagerClient => new SecretsManagerClient({});
