import type { Refusal } from './refusal.ts';

/**
 * Every ending of one call to ePost.
 * - `ok`: ePost answered and the answer is what the operation promises
 * - `error`: ePost refused, in its own words; nothing was done. For class `system` only, ask before sending again
 * - `maintenance`: its notice page (작업 안내); nothing was done, nothing is wrong with the request
 * - `unreachable`: certainly not sent
 * - `unknown`: it may or may not have been done; ask before sending again
 */
export type CarrierAnswer<T> =
  | { outcome: 'ok'; value: T }
  | { outcome: 'error'; code: string; message: string; refusal: Refusal }
  | { outcome: 'maintenance' }
  | { outcome: 'unreachable'; why: string }
  | { outcome: 'unknown'; why: UnknownWhy };

export type UnknownWhy = 'timeout' | 'reset' | 'http-status' | 'garbled' | 'too-large' | 'redirect';

/** What one HTTP exchange ended in. `unreachable` means nothing was written, so nothing can have been done; `unknown` means it may have been. */
export type TransportAnswer =
  | { outcome: 'answered'; status: number; body: string }
  | { outcome: 'unreachable'; why: string }
  | { outcome: 'unknown'; why: 'timeout' | 'reset' | 'garbled' | 'too-large' | 'redirect' };

/** InsertOrder's answer (manual p.18–20): ePost holds the parcel. */
export interface Booking {
  /** one per parcel, 18 digits */
  reqNo: string;
  /** one per day, 16 digits */
  resNo: string;
  /** 13 digits, or `TESTREGINOAPI` for a test order */
  waybillNumber: string;
  postOffice?: string;
  /** raw yyyyMMddHHmmss, Korean local time */
  bookedAt?: string;
  /** expected fee in won, insurance included */
  price?: number;
  /** safe number for the recipient */
  virtualTel?: string;
  arrivalCentre?: string;
  deliveryOffice?: string;
  deliveryAreaCode?: string;
  courseNo?: string;
  islandFeeWon?: number;
  insuranceFeeWon?: number;
}

/** treatStusCd; the manual's table ends with an ellipsis, so others may come. */
export type ReservationStatus = '00' | '01' | '02' | '03' | '04' | '05' | 'other';

/** One of GetResInfo's answers (manual p.22–24). Several may stand under one orderNo. */
export interface Reservation {
  reqNo: string;
  waybillNumber: string;
  /** absent after a cancellation on the portal */
  resNo?: string;
  bookedAt?: string;
  postOffice?: string;
  price?: number;
  /** 00 신청준비 01 소포신청 02 운송장출력 03 집하완료 04 미집하 05 신청취소; absent in old answers */
  statusCode?: ReservationStatus;
  /** as it came */
  rawStatusCode?: string;
}

/** GetResCancelCmd's answer (manual p.25–27). A refusal of the carrier's business comes as a normal answer. */
export type Cancellation =
  | {
      result: 'cancelled' | 'deleted';
      reqNo: string;
      /** the number that is no longer the parcel's */
      cancelledWaybillNumber: string;
      /** the number the un-booked application lives on under; none after a deletion */
      newWaybillNumber?: string;
      /** raw yyyyMMddHHmmss, Korean local time */
      cancelledAt?: string;
    }
  | { result: 'not-cancelled'; reqNo: string; reason: string };

/** GetApprNo: one contract of the customer number. Dates are raw yyyyMMdd. */
export interface Approval {
  approvalNo: string;
  /** 10 즉납, 12 후납 */
  payTypeCode?: string;
  payTypeName?: string;
  postOffice?: string;
  statusName?: string;
  expiresOn?: string;
  closedOn?: string;
}

/** GetStoppedZipCd: one stopped area. Future stops are in the list too: compare the dates (raw yyyyMMdd). */
export interface StoppedZip {
  area?: string;
  from: string;
  /** same as `from` for a single zip */
  to: string;
  startsOn?: string;
  endsOn?: string;
  reason?: string;
}

/** InsertOffice: the supply site as registered. */
export interface OfficeRegistered {
  officeSer: string;
  name?: string;
  postOffice?: string;
  /** 1 both, 2 dispatch, 4 return destination */
  division?: string;
}

/** GetOfficeInfo: one supply site. The contact person in the answer is dropped at the door. */
export interface Office {
  officeSer: string;
  name?: string;
  zip?: string;
  address?: string;
  division?: string;
}
