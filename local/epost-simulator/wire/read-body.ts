import type { IncomingMessage } from 'node:http';

const LIMIT = 1_000_000;

/** The whole request body as UTF-8 text. Throws above 1 MB: no call of ePost comes near it. */
export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LIMIT) throw new Error('request body above 1 MB');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
