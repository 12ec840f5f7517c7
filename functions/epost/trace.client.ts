import type { TraceSource } from './trace-reply.ts';
import type { Transport } from './transport.client.ts';

export interface BizTraceOptions {
  /** `http(s)://biz.epost.go.kr/KpostPortal/openapi` */
  url: string;
  regkey: string;
  timeoutMs: number;
  transport: Transport;
}

export interface DataGoKrTraceOptions {
  /** the domestic list's or the combined service's address; both answers are read */
  url: string;
  /** as issued, encoded or decoded */
  serviceKey: string;
  timeoutMs: number;
  transport: Transport;
}

export type CreateBizTrace = (options: BizTraceOptions) => TraceSource;
export type CreateDataGoKrTrace = (options: DataGoKrTraceOptions) => TraceSource;
