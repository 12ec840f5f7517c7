import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { REGION } from '../cloud/template/template.ts';

/** What any SDK or CLI may sign with here. */
export const DUMMY_CREDENTIALS = { accessKeyId: 'local', secretAccessKey: 'local' } as const;

/** Clients of an operator at this machine, at the local endpoints. */
export const localClients = (endpoints: Record<'dynamodb' | 'eventbridge' | 'sqs' | 'sns', string>) => {
  const common = { region: REGION, credentials: { ...DUMMY_CREDENTIALS } };
  return {
    doc: DynamoDBDocumentClient.from(new DynamoDBClient({ ...common, endpoint: endpoints.dynamodb }), {
      marshallOptions: { removeUndefinedValues: true },
    }),
    bus: new EventBridgeClient({ ...common, endpoint: endpoints.eventbridge }),
    sqs: new SQSClient({ ...common, endpoint: endpoints.sqs }),
    sns: new SNSClient({ ...common, endpoint: endpoints.sns }),
  };
};
