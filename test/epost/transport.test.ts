import { afterEach, describe, expect, it } from 'vitest';
import { createTransport } from '../../functions/epost/transport.client.ts';
import { closeServers, http, post, sockets, tcp } from './a-server.ts';

afterEach(closeServers);

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
    await closeServers();
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
