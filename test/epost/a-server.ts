import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import type { AddressInfo, Server as TcpServer, Socket } from 'node:net';
import { createTransport } from '../../functions/epost/transport.client.ts';
import type { TransportOptions } from '../../functions/epost/transport.client.ts';

const open: (Server | TcpServer)[] = [];
/** every connection of this test */
export const sockets = new Set<Socket>();

/** Breaks what is still connected, so that no test waits for another's servers. */
export const closeServers = async (): Promise<void> => {
  for (const socket of sockets) socket.destroy();
  sockets.clear();
  await Promise.all(open.splice(0).map((server) => new Promise((done) => server.close(done))));
};

const listen = async <T extends Server | TcpServer>(server: T): Promise<URL> => {
  open.push(server);
  server.on('connection', (socket: Socket) => sockets.add(socket));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/api.InsertOrder.jparcel?key=k`);
};
/** A server that answers in HTTP. */
export const http = (listener: RequestListener) => listen(createServer(listener));
/** A server below HTTP: what happens once the first bytes of a request are in. */
export const tcp = (onData: (socket: Socket) => void) =>
  listen(
    createTcpServer((socket) =>
      socket.on('error', () => socket.destroy()).once('data', () => onData(socket)),
    ),
  );

export const post = (url: URL, options: Partial<TransportOptions> = {}, timeoutMs = 5000) =>
  createTransport({ origins: [url.origin], maxSockets: 4, ...options })({
    url,
    method: 'POST',
    body: 'regData=00',
    timeoutMs,
  });
