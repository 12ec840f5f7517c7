import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import type { AddressInfo, Server as TcpServer, Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createTransport } from '../../functions/epost/transport.client.ts';
import type { TransportOptions } from '../../functions/epost/transport.client.ts';

const open: (Server | TcpServer)[] = [];
const sockets = new Set<Socket>();

afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  sockets.clear();
  await Promise.all(open.splice(0).map((server) => new Promise((done) => server.close(done))));
});

const listen = async <T extends Server | TcpServer>(server: T): Promise<URL> => {
  open.push(server);
  server.on('connection', (socket: Socket) => sockets.add(socket));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/api.InsertOrder.jparcel?key=k`);
};
const http = (listener: RequestListener) => listen(createServer(listener));
/** A server below HTTP: what happens once the first bytes of a request are in. */
const tcp = (onData: (socket: Socket) => void) =>
  listen(
    createTcpServer((socket) =>
      socket.on('error', () => socket.destroy()).once('data', () => onData(socket)),
    ),
  );

const post = (url: URL, options: Partial<TransportOptions> = {}, timeoutMs = 5000) =>
  createTransport({ origins: [url.origin], maxSockets: 4, ...options })({
    url,
    method: 'POST',
    body: 'regData=00',
    timeoutMs,
  });

describe('one exchange', () => {
  it('sends a form with the headers the firewall wants, and reads the answer', async () => {
    const seen: Record<string, unknown> = {};
    const url = await http((request, response) => {
      Object.assign(seen, request.headers, { method: request.method, path: request.url });
      request.on('data', (chunk) => (seen['body'] = String(chunk)));
      request.on('end', () => response.end('<xsync>나주</xsync>'));
    });
    expect(await post(url)).toEqual({ outcome: 'answered', status: 200, body: '<xsync>나주</xsync>' });
    expect(seen).toMatchObject({
      method: 'POST',
      path: '/api.InsertOrder.jparcel?key=k',
      host: url.host,
      connection: 'keep-alive',
      'user-agent': 'epost-parcel-automation/1.0',
      'content-type': 'application/x-www-form-urlencoded; charset=UTF-8',
      'content-length': '10',
      body: 'regData=00',
    });
  });

  it('puts together a Korean letter that arrives in two pieces', async () => {
    const bytes = Buffer.from('<a>가</a>');
    const url = await http((_, response) => {
      response.write(bytes.subarray(0, 4));
      setImmediate(() => response.end(bytes.subarray(4)));
    });
    expect(await post(url)).toMatchObject({ body: '<a>가</a>' });
  });

  it('reads an EUC-KR page as what it says it is, and survives a charset that does not exist', async () => {
    const page = Buffer.concat([
      Buffer.from('<html><meta charset="euc-kr">'),
      Buffer.from('c0dbbef720bec8b3bb', 'hex'),
    ]);
    const url = await http((_, response) => response.writeHead(404).end(page));
    expect(await post(url)).toEqual({
      outcome: 'answered',
      status: 404,
      body: '<html><meta charset="euc-kr">작업 안내',
    });
    const odd = await http((_, response) =>
      response.writeHead(200, { 'content-type': 'text/xml; charset=x-none' }).end('<a/>'),
    );
    expect(await post(odd)).toMatchObject({ body: '<a/>' });
  });

  it('uses one connection again for the next call', async () => {
    const ports = new Set<number | undefined>();
    const url = await http((request, response) => {
      ports.add(request.socket.remotePort);
      response.end('ok');
    });
    const transport = createTransport({ origins: [url.origin], maxSockets: 4 });
    for (let i = 0; i < 5; i++) await transport({ url, method: 'GET', timeoutMs: 5000 });
    expect(ports.size).toBe(1);
  });

  it('does not meet a connection again that has lain idle too long', async () => {
    const ports = new Set<number | undefined>();
    const url = await http((request, response) => {
      ports.add(request.socket.remotePort);
      response.end('ok');
    });
    const transport = createTransport({ origins: [url.origin], maxSockets: 4, idleMs: 0 });
    for (let i = 0; i < 3; i++) await transport({ url, method: 'GET', timeoutMs: 5000 });
    expect(ports.size).toBe(3);
  });

  it('waits for a slow answer longer than it would keep an idle connection', async () => {
    const url = await http((_, response) => setTimeout(() => response.end('late'), 60));
    expect(await post(url, { idleMs: 10 })).toEqual({ outcome: 'answered', status: 200, body: 'late' });
  });

  it('never has more calls under way than it may', async () => {
    let [busy, most] = [0, 0];
    const url = await http((_, response) => {
      most = Math.max(most, ++busy);
      setImmediate(() => {
        busy -= 1;
        response.end('ok');
      });
    });
    const transport = createTransport({ origins: [url.origin], maxSockets: 2 });
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => transport({ url, method: 'GET', timeoutMs: 5000 })),
    );
    expect(answers.every(({ outcome }) => outcome === 'answered')).toBe(true);
    expect(most).toBeLessThanOrEqual(2);
  });
});

describe('an exchange that certainly did not begin', () => {
  it('is unreachable when the connection is refused', async () => {
    const url = await http(() => {});
    await new Promise((done) => open.splice(0)[0]!.close(done));
    expect(await post(url)).toEqual({ outcome: 'unreachable', why: 'ECONNREFUSED' });
  });

  it('is unreachable when the name does not exist', async () => {
    const answer = await post(new URL('http://no-such-host.invalid/'));
    expect(answer).toMatchObject({
      outcome: 'unreachable',
      why: expect.stringMatching(/^(ENOTFOUND|EAI_AGAIN)$/),
    });
  });

  it('is unreachable when the deadline passes while it waits for a free connection', async () => {
    const url = await http(() => {});
    const transport = createTransport({ origins: [url.origin], maxSockets: 1 });
    const first = transport({ url, method: 'GET', timeoutMs: 120 });
    const second = transport({ url, method: 'GET', timeoutMs: 40 });
    expect(await second).toEqual({ outcome: 'unreachable', why: 'timeout' });
    expect(await first).toEqual({ outcome: 'unknown', why: 'timeout' });
  });

  it('is unreachable when the other end does not speak TLS', async () => {
    const url = await tcp((socket) => socket.end('plain text'));
    expect(await post(new URL(url.href.replace('http:', 'https:')))).toMatchObject({
      outcome: 'unreachable',
    });
  });

  it('is a fault of ours, and nothing leaves, when the host is not one of the configured', async () => {
    const url = await http((_, response) => response.end('ok'));
    const transport = createTransport({ origins: ['http://ship.epost.example'], maxSockets: 1 });
    await expect(transport({ url, method: 'GET', timeoutMs: 1000 })).rejects.toThrow('No call leaves');
    expect(sockets.size).toBe(0);
  });
});

describe('an exchange that may have been carried out', () => {
  it('is unknown when no answer comes in time', async () => {
    expect(await post(await http(() => {}), {}, 60)).toEqual({ outcome: 'unknown', why: 'timeout' });
  });

  it('is unknown when the answer begins and does not end in time', async () => {
    const url = await http((_, response) => response.write('<xsync>'));
    expect(await post(url, {}, 60)).toEqual({ outcome: 'unknown', why: 'timeout' });
  });

  it('is unknown when an answer trickles past the deadline, though it never pauses', async () => {
    const url = await http((_, response) => {
      const timer = setInterval(() => response.write('x'), 5);
      response.on('close', () => clearInterval(timer));
    });
    expect(await post(url, {}, 80)).toEqual({ outcome: 'unknown', why: 'timeout' });
  });

  it('is unknown when the connection breaks before the answer', async () => {
    expect(await post(await tcp((socket) => socket.resetAndDestroy()))).toEqual({
      outcome: 'unknown',
      why: 'reset',
    });
    expect(await post(await tcp((socket) => socket.end()))).toEqual({ outcome: 'unknown', why: 'reset' });
  });

  it('is unknown when the connection breaks within the answer', async () => {
    const url = await tcp((socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n<xsync>'));
    expect(await post(url)).toEqual({ outcome: 'unknown', why: 'reset' });
  });

  it('is unknown when a kept connection breaks under the next call', async () => {
    let calls = 0;
    const url = await http((request, response) => {
      if (++calls === 1) response.end('ok');
      else request.socket.resetAndDestroy();
    });
    const transport = createTransport({ origins: [url.origin], maxSockets: 1 });
    expect(await transport({ url, method: 'GET', timeoutMs: 5000 })).toMatchObject({ outcome: 'answered' });
    expect(await transport({ url, method: 'GET', timeoutMs: 5000 })).toEqual({
      outcome: 'unknown',
      why: 'reset',
    });
    expect(calls).toBe(2);
  });

  it('is unknown when what answers is not HTTP', async () => {
    expect(await post(await tcp((socket) => socket.end('SSH-2.0-x\r\n')))).toEqual({
      outcome: 'unknown',
      why: 'garbled',
    });
  });

  it.each([301, 302, 307, 308])('is unknown on a redirect (%i), and nobody follows it', async (status) => {
    let followed = 0;
    const elsewhere = await http((_, response) => {
      followed += 1;
      response.end('ok');
    });
    const url = await http((_, response) => response.writeHead(status, { location: elsewhere.href }).end());
    expect(await post(url, { origins: [url.origin, elsewhere.origin] })).toEqual({
      outcome: 'unknown',
      why: 'redirect',
    });
    expect(followed).toBe(0);
  });

  it('is unknown when the answer is larger than it may be, and the rest is not read', async () => {
    let sent = 0;
    const url = await http((_, response) => {
      const chunk = Buffer.alloc(64 * 1024, 'a');
      const more = (): void => {
        while (!response.destroyed && response.write(chunk)) sent += chunk.length;
        response.once('drain', more);
      };
      more();
    });
    expect(await post(url, { maxBytes: 100_000 })).toEqual({ outcome: 'unknown', why: 'too-large' });
    expect(sent).toBeLessThan(64 * 1024 * 1024);
  });

  it('is told once, and the next call is well again', async () => {
    let calls = 0;
    const url = await http((_, response) => (++calls === 1 ? undefined : response.end('ok')));
    const transport = createTransport({ origins: [url.origin], maxSockets: 1 });
    expect(await transport({ url, method: 'GET', timeoutMs: 60 })).toEqual({
      outcome: 'unknown',
      why: 'timeout',
    });
    expect(await transport({ url, method: 'GET', timeoutMs: 5000 })).toEqual({
      outcome: 'answered',
      status: 200,
      body: 'ok',
    });
    expect(calls).toBe(2);
  });
});
