import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest('hex');
const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();
const encode = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);

/**
 * Whether a request is signed with `secret`. Source: IAM user guide, "Create a signed AWS API request".
 * Its time is held against the real clock, which the callers have, and not the stack's, which may be jumped.
 */
export function isSignedWith(secret: string, request: IncomingMessage, body: Buffer): boolean {
  const authorization = request.headers.authorization ?? '';
  const [, credential = '', signed = '', signature = ''] =
    /^AWS4-HMAC-SHA256 Credential=([^,]+),\s*SignedHeaders=([^,]+),\s*Signature=([0-9a-f]{64})$/.exec(
      authorization,
    ) ?? [];
  const [, day = '', region = '', service = ''] = credential.split('/');
  if (!isFresh(header(request, 'x-amz-date'))) return false;
  const toSign = [
    'AWS4-HMAC-SHA256',
    header(request, 'x-amz-date'),
    `${day}/${region}/${service}/aws4_request`,
    sha256(canonicalRequest(request, body, signed)),
  ].join('\n');
  const key = [day, region, service, 'aws4_request'].reduce<string | Buffer>(hmac, `AWS4${secret}`);
  const expected = hmac(key, toSign);
  const given = Buffer.from(signature, 'hex');
  return given.length === expected.length && timingSafeEqual(given, expected);
}

const VALID_MS = 5 * 60_000;

/** `20261124T052000Z`, within five minutes of now. */
function isFresh(date: string): boolean {
  const iso = date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z');
  return Math.abs(Date.now() - Date.parse(iso)) <= VALID_MS;
}

function canonicalRequest(request: IncomingMessage, body: Buffer, signed: string): string {
  const url = new URL(request.url ?? '/', 'http://local');
  const query = [...url.searchParams]
    .map(([key, value]) => `${encode(key)}=${encode(value)}`)
    .toSorted()
    .join('&');
  const headers = signed
    .split(';')
    .map((name) => `${name}:${header(request, name).trim().replace(/ +/g, ' ')}\n`);
  const path = url.pathname
    .split('/')
    .map((part) => encode(part))
    .join('/');
  return [request.method, path, query, headers.join(''), signed, sha256(body)].join('\n');
}

function header(request: IncomingMessage, name: string): string {
  return [request.headers[name] ?? ''].flat().join(',');
}
