import { ACCOUNT, nameFromArn, REGION } from '../template/template.ts';

/** An action on a resource that a request needs its caller to be allowed. */
export interface Need {
  action: string;
  resource: string;
}

type Body = Record<string, unknown>;

const arn = (service: string, path: string) => `arn:aws:${service}:${REGION}:${ACCOUNT}:${path}`;
const tableArn = (table: unknown) => {
  const name = String(table ?? '*');
  return name.startsWith('arn:') ? name : arn('dynamodb', `table/${name}`);
};

/**
 * What a JSON-protocol request (`X-Amz-Target`) needs, as the service authorization reference lists it.
 * An operation that is not known needs itself on everything, which no narrow policy allows.
 */
export function needsOf(target: string, body: Body): Need[] {
  const [service = '', operation = ''] = target.split('.');
  if (service.startsWith('DynamoDB_')) return dynamoDbNeeds(operation, body);
  if (service === 'AmazonSQS') {
    const queue = nameFromArn(String(body.QueueUrl ?? body.QueueName ?? body.SourceArn ?? '*'));
    return [{ action: `sqs:${operation.replace(/Batch$/, '')}`, resource: arn('sqs', queue) }];
  }
  if (service === 'AWSEvents' && operation === 'PutEvents') {
    const entries = (body.Entries ?? []) as { EventBusName?: string }[];
    return entries.map(({ EventBusName = 'default' }) => ({
      action: 'events:PutEvents',
      resource: arn('events', `event-bus/${nameFromArn(EventBusName)}`),
    }));
  }
  if (service === 'secretsmanager') {
    const id = String(body.SecretId ?? '*');
    const resource = id.startsWith('arn:') ? id : arn('secretsmanager', `secret:${id}-local0`);
    return [{ action: `secretsmanager:${operation}`, resource }];
  }
  if (service === 'AmazonSSM') {
    const names = [body.Names ?? body.Name ?? '*'].flat().map((name) => String(name).replace(/^\//, ''));
    return names.map((name) => ({ action: `ssm:${operation}`, resource: arn('ssm', `parameter/${name}`) }));
  }
  return [{ action: `${service}:${operation}`, resource: '*' }];
}

function dynamoDbNeeds(operation: string, body: Body): Need[] {
  const action = `dynamodb:${operation}`;
  if (operation === 'TransactWriteItems' || operation === 'TransactGetItems') {
    return ((body.TransactItems ?? []) as Record<string, { TableName?: string }>[]).flatMap((item) =>
      Object.entries(item).map(([kind, { TableName }]) => ({
        action: `dynamodb:${kind === 'ConditionCheck' ? 'ConditionCheckItem' : `${kind}Item`}`,
        resource: tableArn(TableName),
      })),
    );
  }
  if (body.RequestItems) {
    return Object.keys(body.RequestItems).map((table) => ({ action, resource: tableArn(table) }));
  }
  const index = body.IndexName === undefined ? '' : `/index/${String(body.IndexName)}`;
  return [{ action, resource: `${tableArn(body.TableName)}${index}` }];
}
