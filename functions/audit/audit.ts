/** The audit chain: who did what to what, when and why. Append-only; each row seals the one before it. */
import { createHash } from 'node:crypto';
import type { Deed } from './deeds.ts';

export type ActorKind = 'merchant' | 'operator' | 'system';
export interface Actor {
  kind: ActorKind;
  /** operator's OIDC subject, 'platform', or the function's name */
  id: string;
  /** how it is shown */
  name: string;
}

/** A plain value; never a person, a phone number, a password or a token. */
export type AuditValue = string | number | boolean | null | AuditValue[] | { [key: string]: AuditValue };

export interface AuditEntry {
  /** epoch ms */
  at: number;
  by: Actor;
  what: Deed;
  /** 'application#id', 'shipment#id', 'contract#id', 'block#contractId#n', 'pool#contractId', 'queue#name', 'message#id', 'holiday#date' */
  subject: string;
  reason?: string;
  before?: AuditValue;
  after?: AuditValue;
  requestId?: string;
}

export interface AuditRow extends AuditEntry {
  chain: typeof AUDIT_CHAIN;
  /** 1, 2, 3 … without a gap */
  seq: number;
  prevHash: string;
  hash: string;
}

/** Where the chain ends: kept in Operations under pk `audit`, sk `head`. */
export interface AuditHead {
  seq: number;
  hash: string;
}

export const AUDIT_CHAIN = 'main';
export const EMPTY_HEAD: AuditHead = { seq: 0, hash: '0'.repeat(64) };

/** The row that follows `head`. Same entry and head: same hash. */
export const nextRow = (head: AuditHead, entry: AuditEntry): AuditRow => {
  const row = { ...compact(entry), chain: AUDIT_CHAIN, seq: head.seq + 1, prevHash: head.hash } as const;
  return { ...row, hash: hashOf(row) };
};

/** The first row that does not follow the one before it, or undefined: rows as they lie, oldest first. */
export const firstBreak = (rows: readonly AuditRow[], from: AuditHead = EMPTY_HEAD): number | undefined => {
  let head = from;
  for (const row of rows) {
    const { hash, ...sealed } = row;
    if (row.seq !== head.seq + 1 || row.prevHash !== head.hash || hash !== hashOf(sealed)) return row.seq;
    head = { seq: row.seq, hash };
  }
  return undefined;
};

const hashOf = (row: Omit<AuditRow, 'hash'>): string =>
  createHash('sha256').update(canonical(row)).digest('hex');

/** JSON with sorted keys: the store returns attributes in any order. */
const canonical = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const fields = Object.entries(value)
    .filter(([, inner]) => inner !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`).join(',')}}`;
};

const compact = (entry: AuditEntry): AuditEntry =>
  Object.fromEntries(
    Object.entries(entry).filter(([, value]) => value !== undefined),
  ) as unknown as AuditEntry;
