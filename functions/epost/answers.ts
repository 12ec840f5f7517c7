/** ePost's answers read into ours, one reader per operation; undefined = not what the operation promises. */
import type {
  Approval,
  Booking,
  Cancellation,
  Office,
  OfficeRegistered,
  Reservation,
  ReservationStatus,
  StoppedZip,
} from './carrier-answer.ts';
import { allNamed, valueOf } from './xml.ts';
import type { XmlElement } from './xml.ts';

export type Reader<T> = (root: XmlElement) => T | undefined;

/** 13 digits with no check digit anyone knows; or the literal that test orders get. */
const WAYBILL = /^(?:\d{13}|TESTREGINOAPI)$/;
const DIGITS = /^\d{1,20}$/;
const TIMESTAMP = /^\d{14}$/;
const DAY = /^\d{8}$/;
const ZIP = /^\d{5}$/;

const matching = (element: XmlElement, name: string, pattern: RegExp): string | undefined => {
  const value = valueOf(element, name);
  return value !== undefined && pattern.test(value) ? value : undefined;
};

/** Free text; a contradiction is no text. */
const textIn = (element: XmlElement, name: string): string | undefined =>
  matching(element, name, /^[^\0]{1,500}$/u);

const won = (element: XmlElement, name: string): number | undefined => {
  const digits = matching(element, name, /^\d{1,15}$/);
  return digits === undefined ? undefined : Number(digits);
};

/** Leaves out what was not given, so that optional fields are absent and not undefined. */
const given = <T extends object>(fields: T) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };

/** Every item must read, and there must be one: half a list is no list. */
const listOf = <T>(root: XmlElement, name: string, read: Reader<T>): T[] | undefined => {
  const elements = allNamed(root, name);
  const items = elements.flatMap((element) => read(element) ?? []);
  return items.length > 0 && items.length === elements.length ? items : undefined;
};

/** InsertOrder. An answer that names another order than ours is not our answer. */
export const readBooking =
  (shipmentId: string): Reader<Booking> =>
  (root) => {
    const reqNo = matching(root, 'reqNo', DIGITS);
    const resNo = matching(root, 'resNo', DIGITS);
    const waybillNumber = matching(root, 'regiNo', WAYBILL);
    if (!reqNo || !resNo || !waybillNumber) return undefined;
    if ((valueOf(root, 'orderNo') ?? shipmentId) !== shipmentId) return undefined;
    return { reqNo, resNo, waybillNumber, ...bookingDetails(root) };
  };

const bookingDetails = (root: XmlElement) =>
  given({
    // The table spells regipoNm, live answers regiPoNm (manual p.18, p.20): case does not matter here.
    postOffice: textIn(root, 'regiPoNm'),
    bookedAt: matching(root, 'resDate', TIMESTAMP),
    price: won(root, 'price'),
    virtualTel: matching(root, 'vTelNo', DIGITS),
    arrivalCentre: textIn(root, 'arrCnpoNm'),
    deliveryOffice: textIn(root, 'delivPoNm'),
    deliveryAreaCode: textIn(root, 'delivAreaCd'),
    courseNo: textIn(root, 'courseNo'),
    islandFeeWon: won(root, 'islandAddFee'),
    insuranceFeeWon: won(root, 'insuFee'),
  });

/** GetResInfo: 1..n. */
export const readReservations: Reader<Reservation[]> = (root) => listOf(root, 'resInfo', readReservation);

const readReservation: Reader<Reservation> = (info) => {
  const reqNo = matching(info, 'reqNo', DIGITS);
  const waybillNumber = matching(info, 'regiNo', WAYBILL);
  if (!reqNo || !waybillNumber) return undefined;
  const rawStatusCode = textIn(info, 'treatStusCd');
  return {
    reqNo,
    waybillNumber,
    ...given({
      resNo: matching(info, 'resNo', DIGITS),
      bookedAt: matching(info, 'resDate', TIMESTAMP),
      postOffice: textIn(info, 'regiPoNm'),
      price: won(info, 'price'),
      statusCode: rawStatusCode === undefined ? undefined : statusCode(rawStatusCode),
      rawStatusCode,
    }),
  };
};

const statusCode = (raw: string): ReservationStatus =>
  /^0[0-5]$/.test(raw) ? (raw as ReservationStatus) : 'other';

/** GetResCancelCmd: tags come in lower case, and "no" comes as a normal answer. */
export const readCancellation: Reader<Cancellation> = (root) => {
  const reqNo = matching(root, 'reqNo', DIGITS);
  const verdict = valueOf(root, 'canceledYn')?.toUpperCase();
  if (!reqNo) return undefined;
  if (verdict === 'N') {
    return { result: 'not-cancelled', reqNo, reason: textIn(root, 'notCancelReason') ?? '사유 없음' };
  }
  const cancelledWaybillNumber = matching(root, 'cancelRegiNo', WAYBILL);
  if ((verdict !== 'Y' && verdict !== 'D') || !cancelledWaybillNumber) return undefined;
  return {
    result: verdict === 'Y' ? 'cancelled' : 'deleted',
    reqNo,
    cancelledWaybillNumber,
    ...given({
      newWaybillNumber: matching(root, 'regiNo', WAYBILL),
      cancelledAt: matching(root, 'cancelDate', /^\d{8}(?:\d{6})?$/),
    }),
  };
};

/** GetCustNo. */
export const readCustomer: Reader<{ customerNo: string }> = (root) => {
  const customerNo = matching(root, 'custNo', /^\d{10}$/);
  return customerNo ? { customerNo } : undefined;
};

/** GetApprNo: 1..n. */
export const readApprovals: Reader<Approval[]> = (root) =>
  listOf(root, 'contractInfo', (info) => {
    const approvalNo = matching(info, 'apprNo', /^\d{10}$/);
    if (!approvalNo) return undefined;
    return {
      approvalNo,
      ...given({
        payTypeCode: textIn(info, 'payTypeCd'),
        payTypeName: textIn(info, 'payTypeNm'),
        postOffice: textIn(info, 'postNm'),
        statusName: textIn(info, 'statusNm'),
        expiresOn: matching(info, 'expiredYmd', DAY),
        closedOn: matching(info, 'closedYmd', DAY),
      }),
    };
  });

/** GetStoppedZipCd: 1..n, future stops included. */
export const readStoppedZips: Reader<StoppedZip[]> = (root) =>
  listOf(root, 'stoppedZipCdInfo', (info) => {
    const from = matching(info, 'strtZipCd', ZIP);
    if (!from) return undefined;
    return {
      from,
      to: matching(info, 'endZipCd', ZIP) ?? from,
      ...given({
        area: textIn(info, 'areaNm'),
        startsOn: matching(info, 'applyStrtYmd', DAY),
        endsOn: matching(info, 'applyEndYmd', DAY),
        reason: textIn(info, 'stopReason'),
      }),
    };
  });

/** InsertOffice: only chkResult Y is a yes. */
export const readOfficeRegistered: Reader<OfficeRegistered> = (root) => {
  const officeSer = textIn(root, 'officeSer');
  if (valueOf(root, 'chkResult') !== 'Y' || !officeSer) return undefined;
  return {
    officeSer,
    ...given({
      name: textIn(root, 'officeNm'),
      postOffice: textIn(root, 'regiPoNm'),
      division: textIn(root, 'officeDivCd'),
    }),
  };
};

/** GetOfficeInfo: 1..n. The contact's name, mobile and mail stay here. */
export const readOffices: Reader<Office[]> = (root) =>
  listOf(root, 'officeInfo', (info) => {
    const officeSer = textIn(info, 'officeSer');
    if (!officeSer) return undefined;
    return {
      officeSer,
      ...given({
        name: textIn(info, 'officeNm'),
        zip: matching(info, 'officeZip', ZIP),
        address: textIn(info, 'officeAddr'),
        division: textIn(info, 'officeDivCd'),
      }),
    };
  });
