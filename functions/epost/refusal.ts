/** What an ePost error code means for us. Codes mean different things per operation, so both are asked. */
import type { MustAct } from '../events.ts';
import {
  FIELD_MISSING,
  KEY,
  KEY_MISSING,
  KNOWN_REFUSALS,
  NOT_BOOKED,
  SYSTEM,
  contract,
  merchant,
} from './refusal-codes.ts';
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
  if (kind === '3') return SYSTEM;
  if (kind === '2' && detail === '5' && LOOK_UPS.has(operation)) return NOT_BOOKED;
  if (kind === '2' && detail === '6') return ALREADY;
  if (area === '1') return kind === '2' && detail === '3' ? KEY : kind === '1' ? KEY_MISSING : OUR_REQUEST;
  if (area === '2')
    return contract(
      '계약·발송인 정보를 우체국이 받지 않았습니다. 고객번호, 승인번호, 공급지 코드를 확인해 주세요.',
    );
  if (area === '3')
    return merchant('수취인 정보가 우체국 규칙에 맞지 않습니다. 주문의 수취인 정보를 고쳐 주세요.');
  if (area === '5') return kind === '1' ? FIELD_MISSING : OUR_REQUEST;
  return UNRECOGNISED;
};

const LOOK_UPS: ReadonlySet<Operation> = new Set([
  'GetCustNo',
  'GetApprNo',
  'GetOfficeInfo',
  'GetResInfo',
  'GetResCancelCmd',
]);
const ALREADY: Meaning = {
  class: 'already-there',
  mustAct: 'nobody',
  reason: '우체국에 이미 등록되어 있습니다.',
};
const OUR_REQUEST: Meaning = {
  class: 'our-request',
  mustAct: 'developer',
  reason: '요청 형식을 우체국이 받지 않았습니다. 연동 담당자가 확인해야 합니다.',
};
const UNRECOGNISED: Meaning = {
  class: 'unrecognised',
  mustAct: 'operator',
  reason: '알려지지 않은 우체국 오류입니다. 우체국에 오류 코드를 문의해 주세요.',
};
