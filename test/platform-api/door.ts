/** The platform's door over a real engine; requests go through the function URL's own event form. */
import { handle, type LambdaEvent } from 'hono/aws-lambda';
import { createApp } from '../../functions/platform-api/app.ts';
import { startWorld, type World } from '../merchant/world.ts';

export const CANARY = 'canary-pässwörd-비밀';

export const aRequest = (over: Record<string, unknown> = {}) => ({
  shopId: 'sodam',
  companyName: '소담마켓',
  businessNo: '0010000018',
  epostId: 'sodam01',
  epostPassword: CANARY,
  customerNo: '0011223344',
  approvalNo: '1018680001',
  contact: { name: '가나다', mobile: '01000004821' },
  site: {
    officeSer: 'SODAM1',
    name: '소담마켓 창고',
    zip: '04524',
    address1: '서울특별시 중구 세종대로 110',
    address2: '1층',
    tel: '02-000-0000',
    contact: '라마바',
  },
  ...over,
});

export interface DoorAnswer {
  status: number;
  headers: Record<string, string>;
  text: string;
  json: Record<string, unknown> & { errors?: { field: string; rule: string; fix: string }[] };
}

export const openDoor = async () => {
  const world: World = await startWorld();
  const logged: unknown[] = [];
  const app = createApp({
    ...world.ports,
    seal: world.seal.seal,
    log: (text, about) => void logged.push([text, about]),
    supportNumber: '1544-3270',
  });
  const serve = handle(app);
  const send = async (
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = { 'content-type': 'application/json' },
  ): Promise<DoorAnswer> => {
    const text = typeof body === 'string' || body === undefined ? body : JSON.stringify(body);
    const event = {
      version: '2.0',
      routeKey: '$default',
      rawPath: path,
      rawQueryString: '',
      headers: { host: 'door.example.com', ...headers },
      requestContext: {
        accountId: '000000000000',
        apiId: 'door',
        authentication: null,
        authorizer: { iam: { userArn: 'arn:aws:iam::000000000000:role/platform' } },
        domainName: 'door.example.com',
        domainPrefix: 'door',
        http: { method, path, protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: 'platform' },
        requestId: 'req-1',
        routeKey: '$default',
        stage: '$default',
        time: '',
        timeEpoch: world.clock.now,
      },
      body: text === undefined ? null : Buffer.from(text).toString('base64'),
      isBase64Encoded: true,
    } as unknown as LambdaEvent;
    const answer = (await serve(event, {} as never)) as unknown as {
      statusCode: number;
      headers: Record<string, string>;
      body: string;
      isBase64Encoded: boolean;
    };
    const decoded = answer.isBase64Encoded ? Buffer.from(answer.body, 'base64').toString() : answer.body;
    return {
      status: answer.statusCode,
      headers: answer.headers,
      text: decoded,
      json: JSON.parse(decoded) as DoorAnswer['json'],
    };
  };
  return {
    ...world,
    logged,
    send,
    put: (id: string, body: unknown) => send('PUT', `/applications/${id}`, body),
  };
};
export type Door = Awaited<ReturnType<typeof openDoor>>;
