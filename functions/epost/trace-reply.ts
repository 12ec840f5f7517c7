/** One scan of a parcel, no person in it. */
export interface Scan {
  /** ISO 8601 with +09:00 */
  at: string;
  office: string;
  /** ePost's status text as it came, trimmed */
  word: string;
}

/**
 * Every ending of one tracking question. `not-yet` is a number without a scan, never a status;
 * `quota` means the day's calls are used up: asking on is useless until tomorrow.
 */
export type TraceAnswer =
  /** time order, oldest first */
  | { outcome: 'found'; scans: Scan[] }
  | { outcome: 'not-yet' }
  | { outcome: 'quota' }
  | { outcome: 'error'; code: string }
  | { outcome: 'maintenance' }
  | { outcome: 'unreachable' | 'unknown'; why: string };

/** The port both tracking services stand behind. Asking twice is harmless. */
export type TraceSource = (waybillNumber: string) => Promise<TraceAnswer>;
