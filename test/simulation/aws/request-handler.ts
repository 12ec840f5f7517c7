/**
 * Puts an answer of our own behind the real SDK clients: the request is read from its HTTP form, the answer is
 * written in it. DynamoDB and SQS speak JSON 1.0, EventBridge, Secrets Manager and KMS JSON 1.1, SNS the query form.
 */
import { AwsError } from './aws-error.ts';
import type { ServiceName } from './fake-aws.ts';
import { readForm, writeXml, writeXmlError } from './query-form.ts';

/** One call of a service as its client made it. */
export interface AwsCall {
  service: ServiceName;
  operation: string;
  // oxlint-disable-next-line typescript/no-explicit-any -- the input of every operation there is
  input: any;
}

interface Request {
  headers: Record<string, string>;
  body?: unknown;
}
interface Response {
  statusCode: number;
  headers: Record<string, string>;
  body: Uint8Array;
}
/** Fits `requestHandler` of every client. */
export interface FakeRequestHandler {
  handle(request: Request): Promise<{ response: Response }>;
  updateHttpClientConfig(): void;
  httpHandlerConfigs(): Record<string, never>;
}

const TARGETS: Record<string, ServiceName> = {
  DynamoDB_20120810: 'dynamodb',
  AmazonSQS: 'sqs',
  AWSEvents: 'events',
  secretsmanager: 'secretsmanager',
  TrentService: 'kms',
};
/** SQS still tells its old error codes beside the new names. */
const QUERY_ERRORS: Record<string, string> = {
  QueueDoesNotExist: 'AWS.SimpleQueueService.NonExistentQueue',
  MessageNotInflight: 'AWS.SimpleQueueService.MessageNotInflight',
  EmptyBatchRequest: 'AWS.SimpleQueueService.EmptyBatchRequest',
  TooManyEntriesInBatchRequest: 'AWS.SimpleQueueService.TooManyEntriesInBatchRequest',
  BatchEntryIdsNotDistinct: 'AWS.SimpleQueueService.BatchEntryIdsNotDistinct',
};

/**
 * `answer` gives the output, or throws an AwsError for an error of the service; anything else it throws is what the
 * client sees of a broken line. Deadlines of the caller are not kept: time here is what `answer` makes of it.
 */
export const createRequestHandler = (answer: (call: AwsCall) => Promise<unknown>): FakeRequestHandler => ({
  handle: async (request) => {
    const call = readCall(request);
    try {
      return { response: written(call, await answer(call)) };
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      return { response: refused(call, error) };
    }
  },
  updateHttpClientConfig: () => undefined,
  httpHandlerConfigs: () => ({}),
});

const readCall = ({ headers, body }: Request): AwsCall => {
  const text = textOf(body);
  const target = headers['x-amz-target'];
  if (target === undefined) {
    const { Action, Version: _version, ...input } = readForm(text);
    return { service: 'sns', operation: String(Action), input };
  }
  const [prefix = '', operation = ''] = target.split('.');
  const service = TARGETS[prefix];
  if (service === undefined) throw new Error(`No service answers to ${target}`);
  return { service, operation, input: JSON.parse(text === '' ? '{}' : text) as unknown };
};

const textOf = (body: unknown): string => {
  if (body === undefined) return '';
  if (typeof body === 'string') return body;
  if (body instanceof Uint8Array)
    return Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8');
  throw new Error('A request body of another kind than text or bytes');
};

const written = ({ service, operation }: AwsCall, output: unknown): Response =>
  service === 'sns'
    ? response(200, 'text/xml', writeXml(operation, output as object))
    : response(200, 'application/x-amz-json-1.0', JSON.stringify(output ?? {}));

const refused = ({ service }: AwsCall, error: AwsError): Response => {
  if (service === 'sns') return response(error.status, 'text/xml', writeXmlError(error));
  const body = { __type: error.name, message: error.message, ...error.extra };
  const answer = response(error.status, 'application/x-amz-json-1.0', JSON.stringify(body));
  const old = service === 'sqs' ? QUERY_ERRORS[error.name] : undefined;
  if (old !== undefined) answer.headers['x-amzn-query-error'] = `${old};Sender`;
  return answer;
};

const response = (statusCode: number, type: string, body: string): Response => ({
  statusCode,
  headers: { 'content-type': type },
  body: Buffer.from(body),
});
