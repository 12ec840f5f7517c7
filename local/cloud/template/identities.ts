import { createHash } from 'node:crypto';
import { ACCOUNT, nameFromArn, REGION } from './template.ts';
import type { Identity, TemplateResource } from './template.ts';
import { userPoolIdentity } from './user-pool.ts';
import type { DevelopmentIssuer } from './user-pool.ts';
import { isIgnored } from './resource-types.ts';

/** What the naming of resources needs to know of the place they run in. */
export interface Place {
  stack: string;
  queueEndpoint: string;
  functionUrl: (logicalId: string) => string;
  issuer?: DevelopmentIssuer;
}

type Properties = Record<string, unknown>;
type Namer = (id: string, properties: Properties, place: Place) => Identity;

const arn = (service: string, path: string) => `arn:aws:${service}:${REGION}:${ACCOUNT}:${path}`;
const named = (given: unknown, id: string, place: Place, longest: number) =>
  typeof given === 'string' ? given : `${place.stack}-${id}`.slice(-longest);

const NAMERS: Record<string, Namer> = {
  'AWS::DynamoDB::GlobalTable': table,
  'AWS::DynamoDB::Table': table,
  'AWS::SQS::Queue': (id, { QueueName }, place) => {
    const name = named(QueueName, id, place, 80);
    const url = `${place.queueEndpoint}/${ACCOUNT}/${name}`;
    return { ref: url, attributes: { Arn: arn('sqs', name), QueueName: name, QueueUrl: url } };
  },
  'AWS::Events::EventBus': (id, { Name }, place) => {
    const name = named(Name, id, place, 256);
    return { ref: name, attributes: { Name: name, Arn: arn('events', `event-bus/${name}`) } };
  },
  'AWS::Events::Rule': (id, { Name }, place) => {
    const name = named(Name, id, place, 64);
    return { ref: name, attributes: { Arn: arn('events', `rule/${name}`) } };
  },
  'AWS::KMS::Key': (id, _, place) => {
    const key = keyId(`${place.stack}/${id}`);
    return { ref: key, attributes: { Arn: arn('kms', `key/${key}`), KeyId: key } };
  },
  'AWS::KMS::Alias': (id, { AliasName }, place) => ({
    ref: typeof AliasName === 'string' ? AliasName : `alias/${place.stack}-${id}`,
    attributes: {},
  }),
  'AWS::Lambda::Function': (id, { FunctionName }, place) => {
    const name = named(FunctionName, id, place, 64);
    return { ref: name, attributes: { Arn: arn('lambda', `function:${name}`) } };
  },
  'AWS::Lambda::Alias': (_, { FunctionName, Name }) => {
    const alias = arn('lambda', `function:${nameFromArn(String(FunctionName))}:${Name}`);
    return { ref: alias, attributes: { AliasArn: alias } };
  },
  'AWS::Lambda::Version': (_, { FunctionName }) => {
    const version = arn('lambda', `function:${nameFromArn(String(FunctionName))}:1`);
    return { ref: version, attributes: { Version: '1', FunctionArn: version } };
  },
  'AWS::Lambda::Url': (id, _, place) => ({
    ref: id,
    attributes: { FunctionUrl: place.functionUrl(id), FunctionArn: id },
  }),
  'AWS::Scheduler::Schedule': (id, { Name }, place) => {
    const name = named(Name, id, place, 64);
    return { ref: name, attributes: { Arn: arn('scheduler', `schedule/default/${name}`) } };
  },
  'AWS::SecretsManager::Secret': (id, { Name }, place) => {
    const secret = arn('secretsmanager', `secret:${named(Name, id, place, 256)}-local0`);
    return { ref: secret, attributes: { Id: secret, Arn: secret } };
  },
  'AWS::SSM::Parameter': (id, { Name }, place) => ({
    ref: named(Name, id, place, 256),
    attributes: {},
  }),
};

/** The same at every start, for kept ciphertexts name it; shaped as KMS's ids are, for clients check that. */
function keyId(name: string): string {
  const digest = createHash('sha256').update(name).digest('hex');
  return digest.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
}

function table(id: string, { TableName }: Properties, place: Place): Identity {
  const name = named(TableName, id, place, 255);
  return { ref: name, attributes: { Arn: arn('dynamodb', `table/${name}`), TableId: id } };
}

/**
 * `Ref` and `Fn::GetAtt` of a resource. A type that is not emulated but ignored answers with a plausible ARN;
 * a resource that is neither has only its logical id.
 */
export function identify(
  id: string,
  resource: TemplateResource,
  properties: Properties,
  place: Place,
): Identity {
  const namer = NAMERS[resource.Type];
  if (namer) return namer(id, properties, place);
  if (resource.Type.startsWith('AWS::Cognito::'))
    return userPoolIdentity(resource.Type, id, properties, place.issuer);
  if (!isIgnored(resource.Type)) return { ref: id, attributes: {} };
  const service = resource.Type.split('::')[1]?.toLowerCase() ?? 'local';
  return {
    ref: id,
    attributes: { Arn: arn(service, id), RoleId: id, TopicName: id, KeyId: id, ArchiveName: id },
  };
}
