/** One question over HTTP. */
export interface TransportRequest {
  url: URL;
  method: 'GET' | 'POST';
  body?: string;
  /** over the whole exchange, from connecting to the last byte */
  timeoutMs: number;
}

/** `unreachable` means nothing was written, so nothing can have been done; `unknown` means it may have been. */
export type TransportAnswer =
  | { outcome: 'answered'; status: number; contentType: string; body: string }
  | { outcome: 'unreachable'; why: string }
  | { outcome: 'unknown'; why: 'timeout' | 'reset' | 'too-large' | 'redirect' };

export type Transport = (request: TransportRequest) => Promise<TransportAnswer>;
