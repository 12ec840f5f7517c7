import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import {
  BatchGetCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { KmsKeyringNode } from '@aws-crypto/client-node';
import { KMS } from '@aws-sdk/client-kms';
import { beforeEach, describe, expect, it } from 'vitest';
import { createDeadLetters } from '../../../functions/admin/dead-letters.client.ts';
import { createSeal } from '../../../functions/merchant/seal.client.ts';
import { createPublish } from '../../../functions/runtime/bus.client.ts';
import { createCarrierSecretReader } from '../../../functions/runtime/carrier-secret.client.ts';
import { createQueue } from '../../../functions/runtime/queue.client.ts';
import { aShipment, T0 } from '../../support/builders.ts';
import { tableSchemas } from '../../support/table-schemas.ts';
import type { AwsChoices } from './choices.ts';
import { createFakeAws, type FakeAws } from './fake-aws.ts';
import { createRequestHandler } from './request-handler.ts';

const KEY = 'arn:aws:kms:ap-northeast-2:000000000000:key/11111111-2222-3333-4444-555555555555';
const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };

let now: number;
let aws: FakeAws;
let choices: AwsChoices;
let calls: string[];
const requestHandler = createRequestHandler(async ({ service, operation, input }) => {
  calls.push(`${service} ${operation}`);
  return aws.call(service, operation, input);
});
const config = { region: 'ap-northeast-2', credentials, maxAttempts: 1, requestHandler };
const doc = DynamoDBDocumentClient.from(new DynamoDBClient(config), {
  marshallOptions: { removeUndefinedValues: true },
});
const sqs = new SQSClient(config);

beforeEach(() => {
  now = T0;
  choices = {};
  calls = [];
  let serial = 0;
  aws = createFakeAws({
    clock: () => now,
    serial: () => `id-${(serial += 1)}`,
    tables: { shipments: tableSchemas.shipments, ledger: tableSchemas.ledger },
    queues: { work: { deadLetters: { queue: 'dead', maxReceiveCount: 2 } }, dead: {} },
    buses: ['bus'],
    rules: [{ name: 'all', bus: 'bus', pattern: { 'detail-type': ['WaybillPoolLow'] }, queue: 'work' }],
    secrets: { carrier: JSON.stringify({ key: 'k', securityKey: 's' }) },
    keys: [KEY],
    choices: new Proxy({}, { get: (_, name) => Reflect.get(choices, name) as unknown }),
  });
});

describe('DynamoDB behind its client', () => {
  const Item = aShipment();
  const fresh = {
    TableName: 'shipments',
    Item,
    ConditionExpression: 'attribute_not_exists(shipmentId)',
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
  };

  it('stores, reads, changes, and tells the record that failed a condition', async () => {
    await doc.send(new PutCommand(fresh));
    const read = await doc.send(new GetCommand({ TableName: 'shipments', Key: { shipmentId: 'S-1' } }));
    expect(read.Item).toEqual(Item);
    const changed = await doc.send(
      new UpdateCommand({
        TableName: 'shipments',
        Key: { shipmentId: 'S-1' },
        UpdateExpression: 'SET #s = :s, attempt = attempt + :one REMOVE parcel.goods',
        ExpressionAttributeNames: { '#s': 'state' },
        ExpressionAttributeValues: { ':s': 'sending', ':one': 1 },
        ReturnValues: 'ALL_NEW',
      }),
    );
    expect(changed.Attributes).toMatchObject({ state: 'sending', attempt: 1 });
    await expect(doc.send(new PutCommand(fresh))).rejects.toMatchObject({
      name: 'ConditionalCheckFailedException',
      Item: { shipmentId: { S: 'S-1' }, state: { S: 'sending' } },
      $metadata: { httpStatusCode: 400 },
    });
  });

  it('writes all of a transaction or none of it, and says why by item', async () => {
    await doc.send(new PutCommand(fresh));
    const other = { Put: { TableName: 'shipments', Item: { shipmentId: 'S-2' } } };
    await expect(
      doc.send(new TransactWriteCommand({ TransactItems: [other, { Put: fresh }] })),
    ).rejects.toMatchObject({
      name: 'TransactionCanceledException',
      CancellationReasons: [
        { Code: 'None' },
        { Code: 'ConditionalCheckFailed', Item: { shipmentId: { S: 'S-1' } } },
      ],
    });
    expect(aws.dynamo.items('shipments').map(({ shipmentId }) => shipmentId)).toEqual([{ S: 'S-1' }]);
    choices.conflicts = () => [0];
    await expect(doc.send(new TransactWriteCommand({ TransactItems: [other] }))).rejects.toMatchObject({
      CancellationReasons: [{ Code: 'TransactionConflict' }],
    });
  });

  it('lists only what has the index key, pages, and misses new rows where it may', async () => {
    for (const seq of [3, 1, 2])
      await doc.send(
        new PutCommand({
          TableName: 'ledger',
          Item: {
            contractId: 'a',
            seq,
            openSince: seq,
            kind: 'numbers',
            ...(seq !== 2 && { openSlot: 's' }),
          },
        }),
      );
    const query = {
      TableName: 'ledger',
      IndexName: 'open',
      KeyConditionExpression: 'openSlot = :s',
      ExpressionAttributeValues: { ':s': 's' },
    };
    const page = await doc.send(new QueryCommand({ ...query, Limit: 1 }));
    expect(page.Items).toEqual([{ contractId: 'a', seq: 1, openSlot: 's', openSince: 1 }]);
    expect(page.LastEvaluatedKey).toEqual({ contractId: 'a', seq: 1, openSlot: 's', openSince: 1 });
    const rest = await doc.send(new QueryCommand({ ...query, ExclusiveStartKey: page.LastEvaluatedKey }));
    expect(rest.Items?.map(({ seq }) => seq)).toEqual([3]);
    expect(rest.LastEvaluatedKey).toBeUndefined();
    choices.unseen = ({ index, ages }) => (index === 'open' ? ages.length : 0);
    expect((await doc.send(new QueryCommand(query))).Count).toBe(0);
  });

  it('leaves keys of a batch for the next time', async () => {
    for (const shipmentId of ['a', 'b'])
      await doc.send(new PutCommand({ TableName: 'shipments', Item: { shipmentId } }));
    choices.unprocessed = () => 1;
    const answer = await doc.send(
      new BatchGetCommand({
        RequestItems: { shipments: { Keys: [{ shipmentId: 'a' }, { shipmentId: 'b' }] } },
      }),
    );
    expect(answer.Responses?.['shipments']).toEqual([{ shipmentId: 'a' }]);
    expect(answer.UnprocessedKeys?.['shipments']?.Keys).toEqual([{ shipmentId: 'b' }]);
  });

  it('names what it cannot do instead of doing something else', async () => {
    const command = new UpdateCommand({
      TableName: 'shipments',
      Key: { shipmentId: 'a' },
      ReturnValues: 'UPDATED_NEW',
    });
    await expect(doc.send(command)).rejects.toThrow('Not modelled: UpdateItem with ReturnValues UPDATED_NEW');
  });
});

describe('SQS behind its client', () => {
  it('hides what is received, shows it again, and gives up after the set number of receives', async () => {
    const queue = createQueue(sqs, aws.queues.url('work'));
    await queue.send([{ body: { n: 1 } }, { body: { n: 2 }, delaySeconds: 60 }]);
    expect(await queue.depth()).toBe(2);
    const [first] = await queue.receive();
    expect(first).toMatchObject({ body: '{"n":1}', sentAt: T0 });
    expect(await queue.receive()).toEqual([]);
    now += 31_000;
    expect(await queue.receive()).toHaveLength(1);
    now += 31_000;
    const [second] = await queue.receive();
    expect(second?.body).toBe('{"n":2}');
    await queue.remove(second!);
    expect(aws.queues.messages('work')).toEqual([]);
    expect(aws.queues.messages('dead')).toMatchObject([{ body: '{"n":1}', sentAt: T0, received: 2 }]);
  });

  it('moves dead letters back as new messages', async () => {
    aws.queues.send('dead', 'x');
    const dead = createDeadLetters(sqs, [
      { name: 'dead', url: aws.queues.url('dead'), source: aws.queues.url('work') },
    ]);
    expect(await dead.look('dead', 10)).toMatchObject([{ body: 'x', received: 1 }]);
    now += 1;
    expect(await dead.startMove('dead')).toMatchObject({ outcome: 'started' });
    expect(await dead.moveTask('dead')).toMatchObject({ status: 'COMPLETED', moved: 1 });
    expect(aws.queues.messages('work')).toMatchObject([{ body: 'x', sentAt: T0 + 1, received: 0 }]);
  });
});

describe('the other services behind their clients', () => {
  const event = { detailType: 'WaybillPoolLow', detail: { contractId: 'a' } } as never;

  it('a refused entry is put again until the bus has it; rules carry it to their queues', async () => {
    let round = 0;
    choices.refused = () => ((round += 1) === 1 ? [0] : []);
    await createPublish(new EventBridgeClient(config), 'bus')([event]);
    expect(round).toBe(2);
    expect(aws.bus.events()).toMatchObject([
      { 'detail-type': 'WaybillPoolLow', detail: { contractId: 'a' } },
    ]);
    expect(aws.queues.messages('work')).toEqual([]);
    aws.bus.deliverAll();
    expect(JSON.parse(aws.queues.messages('work')[0]!.body)).toEqual(aws.bus.events()[0]);
  });

  it('an SMS is taken once', async () => {
    const sns = new SNSClient(config);
    const answer = await sns.send(
      new PublishCommand({ PhoneNumber: '+821000000000', Message: '안녕 & <b>' }),
    );
    expect(aws.sms.sent()).toEqual([
      { messageId: answer.MessageId, to: '+821000000000', text: '안녕 & <b>', at: T0 },
    ]);
    await expect(sns.send(new PublishCommand({ PhoneNumber: '010', Message: 'x' }))).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
  });

  it('a secret is read, and not found', async () => {
    const client = new SecretsManagerClient(config);
    expect(await createCarrierSecretReader(client, 'carrier', () => now)()).toMatchObject({ key: 'k' });
    await expect(createCarrierSecretReader(client, 'none', () => now)()).rejects.toThrow(/can't find/);
  });

  it('a sealed password opens for its merchant only', async () => {
    // The library's own KMS type is narrower than the client it takes.
    const clientProvider = () => new KMS(config) as never;
    const { seal, unseal } = createSeal(new KmsKeyringNode({ generatorKeyId: KEY, clientProvider }));
    const sealed = await seal('sodam', 'canary');
    expect(await unseal('sodam', sealed)).toBe('canary');
    await expect(unseal('other', sealed)).rejects.toThrow(/another merchant/);
    expect(calls).toEqual(['kms GenerateDataKey', 'kms Decrypt', 'kms Decrypt']);
  });
});
