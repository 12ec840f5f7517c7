import type { Agent, ClientRequest, IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { TransportAnswer } from './carrier-answer.ts';

/** One question over HTTP. */
export interface TransportRequest {
  url: URL;
  method: 'GET' | 'POST';
  /** form body */
  body?: string;
  /** over the whole exchange, from connecting to the last byte */
  timeoutMs: number;
}

export type Transport = (request: TransportRequest) => Promise<TransportAnswer>;

export interface TransportOptions {
  /** the only hosts ever contacted, as `new URL(…).origin` gives them */
  origins: readonly string[];
  /** calls at a time per origin */
  maxSockets: number;
  /** answers above are cut off, default 1 MB */
  maxBytes?: number;
  /** an idle connection older than this is not used again, default 4 s: servers commonly close at 5; 0 = always a new one */
  idleMs?: number;
}

/**
 * An ESM import of node:http evaluates all its exports, and one of them loads Node's whole WebSocket client: a
 * third of this function's cold start (`npm run bench -- P16`).
 */
const { Agent: HttpAgent, request: httpRequest } = process.getBuiltinModule('node:http');

const ONE_MB = 1024 * 1024;
/** Calls without these headers may be blocked once a customer's volume passes an unstated level (manual p.2). */
const HEADERS = { Connection: 'keep-alive', 'User-Agent': 'epost-parcel-automation/1.0', Accept: '*/*' };

/**
 * HTTP as ePost needs it: kept-alive connections, one deadline over all, an answer cut at `maxBytes`, redirects not
 * followed, no second try. A redirected, cut or broken answer is `unknown`, for the question did arrive.
 * @throws an Error for a URL outside `origins`: a fault in our wiring, not in the network
 */
export const createTransport = (options: TransportOptions): Transport => {
  const { origins, maxSockets, maxBytes = ONE_MB, idleMs = 4000 } = options;
  const connections = keptAlive(maxSockets, idleMs);
  return async (question) => {
    if (!origins.includes(question.url.origin)) throw new Error(`No call leaves to ${question.url.host}`);
    const secure = question.url.protocol === 'https:';
    const agent = connections.borrow(secure);
    try {
      return await exchange(question, { secure, agent, maxBytes });
    } finally {
      connections.giveBack();
    }
  };
};

/**
 * Agents whose idle connections die young. A Lambda sandbox sleeps between runs, its timers with it, and may wake
 * up with connections the server gave up long ago: those are thrown away before the first call, not met as a reset.
 */
const keptAlive = (maxSockets: number, idleMs: number) => {
  const settings = { keepAlive: true, maxSockets, scheduling: 'lifo', timeout: idleMs } as const;
  let agents = { http: new HttpAgent(settings), https: new HttpsAgent(settings) };
  let busy = 0;
  let lastUsed = performance.now();
  return {
    borrow: (secure: boolean): Agent => {
      if (busy === 0 && performance.now() - lastUsed >= idleMs) {
        agents.http.destroy();
        agents.https.destroy();
        agents = { http: new HttpAgent(settings), https: new HttpsAgent(settings) };
      }
      busy += 1;
      return secure ? agents.https : agents.http;
    },
    giveBack: () => {
      busy -= 1;
      lastUsed = performance.now();
    },
  };
};

interface Means {
  secure: boolean;
  agent: Agent;
  maxBytes: number;
}

const exchange = ({ url, method, body, timeoutMs }: TransportRequest, { secure, agent, maxBytes }: Means) =>
  new Promise<TransportAnswer>((resolve) => {
    const headers = body === undefined ? HEADERS : { ...HEADERS, ...formHeaders(body) };
    const request = (secure ? httpsRequest : httpRequest)(url, { method, headers, agent });
    const connected = watchConnection(request, secure);
    const end = (answer: TransportAnswer) => {
      clearTimeout(deadline);
      resolve(answer);
      if (answer.outcome !== 'answered') request.destroy();
    };
    const deadline = setTimeout(
      () =>
        end(
          connected() ? { outcome: 'unknown', why: 'timeout' } : { outcome: 'unreachable', why: 'timeout' },
        ),
      timeoutMs,
    );
    request.on('error', (error: NodeJS.ErrnoException) =>
      end(
        connected()
          ? { outcome: 'unknown', why: brokenHow(error) }
          : { outcome: 'unreachable', why: codeOf(error) },
      ),
    );
    request.on('response', (response) => readAnswer(response, maxBytes, end));
    request.end(body);
  });

const formHeaders = (body: string) => ({
  'Content-Type': 'application/x-www-form-urlencoded; charset=UTF-8',
  'Content-Length': Buffer.byteLength(body),
});

/** Nothing is written before the connection stands, TLS included; a reused connection always stands. */
const watchConnection = (request: ClientRequest, secure: boolean): (() => boolean) => {
  let stands = false;
  request.on('socket', (socket) => {
    if (request.reusedSocket || !socket.connecting) stands = true;
    else socket.once(secure ? 'secureConnect' : 'connect', () => (stands = true));
  });
  return () => stands;
};

const codeOf = (error: NodeJS.ErrnoException): string => error.code ?? 'no-connection';

/** HPE_… is the HTTP parser's: something answered, and it was not HTTP. */
const brokenHow = (error: NodeJS.ErrnoException): 'reset' | 'garbled' =>
  error.code?.startsWith('HPE_') ? 'garbled' : 'reset';

const readAnswer = (
  response: IncomingMessage,
  maxBytes: number,
  end: (answer: TransportAnswer) => void,
): void => {
  const status = response.statusCode ?? 0;
  if (status >= 300 && status < 400) return end({ outcome: 'unknown', why: 'redirect' });
  const chunks: Buffer[] = [];
  let size = 0;
  response.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size > maxBytes) end({ outcome: 'unknown', why: 'too-large' });
    else chunks.push(chunk);
  });
  response.on('error', () => end({ outcome: 'unknown', why: 'reset' }));
  response.on('end', () =>
    end({ outcome: 'answered', status, body: decode(Buffer.concat(chunks), response) }),
  );
};

/** UTF-8 unless the answer says otherwise; notice pages of older servers come in EUC-KR. */
const decode = (bytes: Buffer, response: IncomingMessage): string => {
  const said = `${response.headers['content-type'] ?? ''} ${bytes.subarray(0, 1024).toString('latin1')}`;
  const charset = /(?:charset|encoding)\s*=\s*["']?\s*([\w-]+)/i.exec(said)?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return bytes.toString('utf8');
  }
};
