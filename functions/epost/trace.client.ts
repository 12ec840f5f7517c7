import type { TransportAnswer } from './carrier-answer.ts';
import { readTrace } from './trace-reply.ts';
import type { TraceAnswer, TraceSource } from './trace-reply.ts';
import type { Transport } from './transport.client.ts';

export interface BizTraceOptions {
  /** `http(s)://biz.epost.go.kr/KpostPortal/openapi` */
  url: string;
  regkey: string;
  timeoutMs: number;
  transport: Transport;
}

/** Tracking for contract customers; same key as the parcel API once 종추적 is applied for. */
export const createBizTrace =
  ({ url, regkey, timeoutMs, transport }: BizTraceOptions): TraceSource =>
  async (waybillNumber) => {
    // showRec=Y adds the 접수 scan, which is where 배송중 begins (A10).
    const asked = withQuery(url, { regkey, target: 'trace', query: waybillNumber, showRec: 'Y' });
    return interpretTrace(await transport({ url: asked, method: 'GET', timeoutMs }), waybillNumber);
  };

export interface DataGoKrTraceOptions {
  /** address of the domestic list or of the combined service; either answer is read */
  url: string;
  /** as issued, in its encoded or its decoded form */
  serviceKey: string;
  timeoutMs: number;
  transport: Transport;
}

/** data.go.kr's two tracking services (우정사업본부). */
export const createDataGoKrTrace = ({
  url,
  serviceKey,
  timeoutMs,
  transport,
}: DataGoKrTraceOptions): TraceSource => {
  const key = decodedKey(serviceKey);
  // The two official sheets spell the parameter differently.
  const keyName = url.includes('Combined') ? 'ServiceKey' : 'serviceKey';
  return async (waybillNumber) => {
    const asked = withQuery(url, { [keyName]: key, rgist: waybillNumber });
    return interpretTrace(await transport({ url: asked, method: 'GET', timeoutMs }), waybillNumber);
  };
};

/** The portal issues the key twice, plain and percent-encoded; encoding the second again is the usual failure. */
const decodedKey = (key: string): string => {
  try {
    return decodeURIComponent(key);
  } catch {
    return key;
  }
};

const withQuery = (url: string, query: Record<string, string>): URL => {
  const asked = new URL(url);
  for (const [name, value] of Object.entries(query)) asked.searchParams.set(name, value);
  return asked;
};

const interpretTrace = (answer: TransportAnswer, waybillNumber: string): TraceAnswer => {
  if (answer.outcome !== 'answered') return answer;
  if (answer.status === 429) return { outcome: 'quota' };
  const read = readTrace(answer.body, waybillNumber);
  if (read.outcome === 'unknown' && (answer.status === 401 || answer.status === 403)) {
    return { outcome: 'error', code: `HTTP-${answer.status}` };
  }
  return answer.status >= 300 &&
    (read.outcome === 'found' || read.outcome === 'not-yet' || read.outcome === 'unknown')
    ? { outcome: 'unknown', why: 'http-status' }
    : read;
};
