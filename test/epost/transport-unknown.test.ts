import { afterEach, describe, expect, it } from 'vitest';
import { createTransport } from '../../functions/epost/transport.client.ts';
import { closeServers, http, post, tcp } from './a-server.ts';

afterEach(closeServers);

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
