/** The few AWS calls of our functions beside DynamoDB, and the carrier's trace, on one local HTTP server. */
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface StandIn {
  url: string;
  /** bodies by operation, e.g. PutEvents */
  calls: { operation: string; body: string }[];
  /** paths with query asked at the carrier */
  traced: string[];
  /** what the next receives of any queue take away */
  messages: unknown[];
  /** what SNS does with an SMS */
  sms: { doing: 'takes' | 'refuses' | 'hangs up' };
  stop: () => Promise<void>;
}

const SNS = 'xmlns="http://sns.amazonaws.com/doc/2010-03-31/"';

export const startStandIn = async (
  secret: object,
  traceAnswer: (number: string) => string,
): Promise<StandIn> => {
  const calls: StandIn['calls'] = [];
  const traced: string[] = [];
  const messages: unknown[] = [];
  const sms: StandIn['sms'] = { doing: 'takes' };
  let received = 0;
  const asMessage = (body: unknown) => {
    const Body = JSON.stringify(body);
    const MessageId = `m-${(received += 1)}`;
    const MD5OfBody = digest(Body);
    const Attributes = { SentTimestamp: String(Date.now()) };
    return { MessageId, ReceiptHandle: MessageId, Body, MD5OfBody, Attributes };
  };
  const answers: Record<string, (asked: { Entries: { Id: string; MessageBody: string }[] }) => object> = {
    GetSecretValue: () => ({ SecretString: JSON.stringify(secret) }),
    PutEvents: () => ({ FailedEntryCount: 0, Entries: [{ EventId: '1' }] }),
    SendMessageBatch: ({ Entries }) => ({
      Successful: Entries.map(({ Id, MessageBody }) => ({
        Id,
        MessageId: Id,
        MD5OfMessageBody: digest(MessageBody),
      })),
      Failed: [],
    }),
    ReceiveMessage: () => ({ Messages: messages.splice(0, 10).map(asMessage) }),
    DeleteMessage: () => ({}),
    GetQueueAttributes: () => ({ Attributes: {} }),
  };
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    if (request.method === 'GET') {
      traced.push(url.pathname + url.search);
      const number = url.searchParams.get('query') ?? url.searchParams.get('rgist') ?? '';
      response.writeHead(200, { 'Content-Type': 'text/xml; charset=UTF-8' }).end(traceAnswer(number));
      return;
    }
    const body = await bodyOf(request);
    const target = request.headers['x-amz-target'];
    if (target === undefined) {
      if (sms.doing === 'hangs up') return void request.socket.destroy();
      const refused = `<ErrorResponse ${SNS}><Error><Type>Sender</Type><Code>InvalidParameter</Code></Error></ErrorResponse>`;
      const taken = `<PublishResponse ${SNS}><PublishResult><MessageId>m-1</MessageId></PublishResult></PublishResponse>`;
      response.writeHead(sms.doing === 'takes' ? 200 : 400).end(sms.doing === 'takes' ? taken : refused);
      return;
    }
    const operation = String(target).split('.').at(-1) ?? '';
    calls.push({ operation, body });
    response
      .writeHead(200, { 'Content-Type': 'application/x-amz-json-1.1' })
      .end(JSON.stringify(answers[operation]?.(JSON.parse(body))));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const stop = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { url: `http://127.0.0.1:${port}`, calls, traced, messages, sms, stop };
};

const digest = (body: string): string => createHash('md5').update(body).digest('hex');

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
};
