/** A request to a function URL, signed as any AWS SDK or `curl --aws-sigv4` signs it. */
import { createHash, createHmac } from 'node:crypto';

export interface Signer {
  accessKeyId: string;
  secret: string;
  /** epoch ms; default now */
  at?: number;
}
export interface Request {
  method: string;
  url: URL;
  body?: string;
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();

/** Source: IAM user guide, "Create a signed AWS API request". */
export const signatureOf = ({ method, url, body = '' }: Request, signer: Signer): Record<string, string> => {
  const time = new Date(signer.at ?? Date.now()).toISOString().replaceAll(/[-:]|\.\d+/g, '');
  const scope = [time.slice(0, 8), 'ap-northeast-2', 'lambda', 'aws4_request'];
  const headers = `host:${url.host}\nx-amz-date:${time}\n`;
  const canonical = [
    method,
    url.pathname,
    url.searchParams.toString(),
    headers,
    'host;x-amz-date',
    sha256(body),
  ];
  const toSign = ['AWS4-HMAC-SHA256', time, scope.join('/'), sha256(canonical.join('\n'))].join('\n');
  const key = scope.reduce<string | Buffer>(hmac, `AWS4${signer.secret}`);
  return {
    'x-amz-date': time,
    authorization: `AWS4-HMAC-SHA256 Credential=${signer.accessKeyId}/${scope.join('/')}, SignedHeaders=host;x-amz-date, Signature=${hmac(key, toSign).toString('hex')}`,
  };
};
