/** The few AWS calls of the sync function beside DynamoDB, and the carrier's trace, on one local HTTP server. */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface StandIn {
  url: string;
  /** bodies by operation, e.g. PutEvents */
  calls: { operation: string; body: string }[];
  /** paths with query asked at the carrier */
  traced: string[];
  stop: () => Promise<void>;
}

export const startStandIn = async (
  secret: object,
  traceAnswer: (number: string) => string,
): Promise<StandIn> => {
  const calls: StandIn['calls'] = [];
  const traced: string[] = [];
  const answers: Record<string, object> = {
    GetSecretValue: { SecretString: JSON.stringify(secret) },
    PutEvents: { FailedEntryCount: 0, Entries: [{ EventId: '1' }] },
    SendMessageBatch: { Successful: [{ Id: '0', MessageId: '1', MD5OfMessageBody: '' }], Failed: [] },
  };
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    if (request.method === 'GET') {
      traced.push(url.pathname + url.search);
      const number = url.searchParams.get('query') ?? url.searchParams.get('rgist') ?? '';
      response.writeHead(200, { 'Content-Type': 'text/xml; charset=UTF-8' }).end(traceAnswer(number));
      return;
    }
    const operation = String(request.headers['x-amz-target']).split('.').at(-1) ?? '';
    calls.push({ operation, body: await bodyOf(request) });
    response
      .writeHead(200, { 'Content-Type': 'application/x-amz-json-1.1' })
      .end(JSON.stringify(answers[operation]));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const stop = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { url: `http://127.0.0.1:${port}`, calls, traced, stop };
};

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
};
