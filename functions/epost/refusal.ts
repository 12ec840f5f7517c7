import type { MustAct } from '../events.ts';

/** The operations of the contract-parcel OpenAPI that we use, and the two tracking questions. */
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

/** What an ePost error code means for us. */
export interface Refusal {
  class: RefusalClass;
  mustAct: MustAct;
  /** true only where the same request may succeed later with nobody doing anything */
  retry: boolean;
  /** a wrong security key shows like this: a field we did send is reported missing */
  suspectKey: boolean;
  /** Korean, names the fix */
  reason: string;
}
