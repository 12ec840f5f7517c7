/** What an ePost error code means for us. Codes mean different things per operation, so both are asked. */
import type { MustAct } from '../events.ts';
import { GENERIC, KNOWN_REFUSALS } from './refusal-codes.ts';
import type { Meaning } from './refusal-codes.ts';

/** The operations of the contract-parcel OpenAPI that we use, and the tracking question. */
export type Operation =
  | 'GetCustNo'
  | 'GetApprNo'
  | 'GetStoppedZipCd'
  | 'InsertOffice'
  | 'GetOfficeInfo'
  | 'InsertOrder'
  | 'GetResInfo'
  | 'GetResCancelCmd'
  | 'trace';

export type RefusalClass =
  'recipient-data' | 'contract' | 'our-request' | 'not-found' | 'already-there' | 'system' | 'unrecognised';

export interface Refusal {
  class: RefusalClass;
  mustAct: MustAct;
  /** true only where the same request may succeed later with nobody doing anything */
  retry: boolean;
  /**
   * A wrong security key shows like this: ePost decrypts to garbage and misses a field we did send. The same on
   * several contracts in a row is a fault of the whole, not of these parcels.
   */
  suspectKey: boolean;
  /** Korean, names the fix */
  reason: string;
}

/**
 * Class, who must act, whether time heals it, and the Korean reason. Any code gets an answer: one not in the tables
 * is read by the manual's scheme (area, kind, detail), and one outside the scheme is `unrecognised`.
 */
export const classifyRefusal = (operation: Operation, code: string): Refusal => {
  const normal = code.trim().toUpperCase();
  const digits = /^ERR-(\d)(\d)(\d)$/.exec(normal);
  const [, area = '', kind = '', detail = ''] = digits ?? [];
  const meaning = KNOWN_REFUSALS[operation][normal] ?? byScheme(operation, area, kind, detail);
  const missing = kind === '1' && area !== '';
  const encrypted = operation !== 'GetStoppedZipCd' && operation !== 'trace';
  return { ...meaning, retry: meaning.class === 'system', suspectKey: encrypted && missing };
};

/** ERR-abc: a = 1 basics 2 contract 3 recipient 4 export 5 other; b = 1 missing 2 invalid 3 system (manual p.3). */
const byScheme = (operation: Operation, area: string, kind: string, detail: string): Meaning => {
  const invalid = kind === '2' ? detail : '';
  if (kind === '3') return GENERIC.system;
  if (invalid === '5' && LOOK_UPS.has(operation)) return GENERIC.notFound;
  if (invalid === '6') return GENERIC.alreadyThere;
  if (area === '1' && invalid === '3') return GENERIC.key;
  if (area === '2') return GENERIC.contract;
  if (area === '3') return GENERIC.recipient;
  if (area === '1' || area === '5') return kind === '1' ? GENERIC.missing : GENERIC.request;
  return GENERIC.unrecognised;
};

const LOOK_UPS: ReadonlySet<Operation> = new Set([
  'GetCustNo',
  'GetApprNo',
  'GetOfficeInfo',
  'GetResInfo',
  'GetResCancelCmd',
]);
