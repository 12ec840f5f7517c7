import {
  readApprovals,
  readBooking,
  readCancellation,
  readCustomer,
  readOfficeRegistered,
  readOffices,
  readReservations,
  readStoppedZips,
} from './answers.ts';
import type { Reader } from './answers.ts';
import type {
  Approval,
  Booking,
  Cancellation,
  CarrierAnswer,
  Office,
  OfficeRegistered,
  Reservation,
  StoppedZip,
} from './carrier-answer.ts';
import { checkParcel, insertOrderFields } from './insert-order.ts';
import { interpret, refusedForField, refusedForRegData } from './interpret.ts';
import type { Order } from './order-fields.ts';
import type { FieldProblem } from './parcel.ts';
import { encodeRegData } from './reg-data.ts';
import type { Fields } from './reg-data.ts';
import type { Operation } from './refusal.ts';
import { encryptSeed128Hex } from './seed128.ts';
import type { Transport } from './transport.client.ts';

export interface OfficeToInsert {
  customerNo: string;
  officeSer: string;
  name: string;
  zip: string;
  address1: string;
  address2: string;
  /** with hyphens: here ePost wants them */
  tel: string;
  contact: string;
}

/** The contract-parcel OpenAPI. Nothing here retries, and nothing throws for what ePost or the network does. */
export interface EpostClient {
  /** Books one parcel. Not idempotent at ePost: a second call may book a second parcel. */
  insertOrder(order: Order): Promise<CarrierAnswer<Booking>>;
  /** What ePost holds under a shipment id on a KST day (yyyymmdd); `ok []` = certainly nothing (ERR-225). */
  getResInfo(q: {
    customerNo: string;
    shipmentId: string;
    day: string;
  }): Promise<CarrierAnswer<Reservation[]>>;
  /** Takes a parcel back, possible up to 운송장출력 (02). Without `remove` it lives on under a new number. */
  cancel(q: {
    customerNo: string;
    approvalNo: string;
    reqNo: string;
    resNo: string;
    waybillNumber: string;
    /** KST day of the InsertOrder, yyyymmdd */
    day: string;
    remove: boolean;
  }): Promise<CarrierAnswer<Cancellation>>;
  /** 고객번호 of an ePost member id. */
  getCustNo(memberId: string): Promise<CarrierAnswer<{ customerNo: string }>>;
  /** Approved contracts of a customer number, expired ones included. */
  getApprNo(customerNo: string): Promise<CarrierAnswer<Approval[]>>;
  /** Areas with stopped acceptance; `ok []` = deliverable (ERR-125). Without a zip: all of them. */
  getStoppedZip(zip?: string): Promise<CarrierAnswer<StoppedZip[]>>;
  /** Registers a supply site (공급지). A site that exists already is an `error` of class `already-there`. */
  insertOffice(office: OfficeToInsert): Promise<CarrierAnswer<OfficeRegistered>>;
  /** Supply sites of a customer number. */
  getOfficeInfo(customerNo: string): Promise<CarrierAnswer<Office[]>>;
}

export interface EpostClientOptions {
  /** `http(s)://ship.epost.go.kr`; message names are appended */
  shipUrl: string;
  /** 인증키 */
  key: string;
  /** 접수용 보안키, at least 16 bytes */
  securityKey: string;
  timeoutMs: number;
  transport: Transport;
}

/** Source: 우체국 계약소포 OpenAPI 매뉴얼 2023.12. Every ending of a call is a value: see `CarrierAnswer`. */
export const createEpostClient = (options: EpostClientOptions): EpostClient => {
  const call = <T>(operation: Operation, fields: Fields, read: Reader<T>, problems: FieldProblem[] = []) =>
    ask(options, { operation, fields, problems }, read);
  return {
    insertOrder: (order) =>
      call('InsertOrder', insertOrderFields(order), readBooking(order.shipmentId), problemsOf(order)),
    getResInfo: async ({ customerNo, shipmentId, day }) =>
      emptyWhen(
        'ERR-225',
        await call(
          'GetResInfo',
          [
            ['custNo', customerNo],
            ['reqType', '1'],
            ['orderNo', shipmentId],
            ['reqYmd', day],
          ],
          readReservations,
        ),
      ),
    cancel: (q) => call('GetResCancelCmd', cancelFields(q), readCancellation),
    getCustNo: (memberId) => call('GetCustNo', [['memberID', memberId]], readCustomer),
    getApprNo: (customerNo) =>
      call(
        'GetApprNo',
        [
          ['custNo', customerNo],
          ['statusCd', '1'],
          ['expiredYn', 'A'],
        ],
        readApprovals,
      ),
    getStoppedZip: async (zip) => emptyWhen('ERR-125', await askStoppedZip(options, zip)),
    insertOffice: (office) => call('InsertOffice', officeFields(office), readOfficeRegistered),
    getOfficeInfo: (customerNo) =>
      call(
        'GetOfficeInfo',
        [
          ['custNo', customerNo],
          ['officeDivReqCd', '7'],
        ],
        readOffices,
      ),
  };
};

const problemsOf = (order: Order): FieldProblem[] => checkParcel(order.parcel, order.sender, order);

interface Question {
  operation: Operation;
  fields: Fields;
  problems: FieldProblem[];
}

const ask = async <T>(
  { shipUrl, key, securityKey, timeoutMs, transport }: EpostClientOptions,
  { operation, fields, problems }: Question,
  read: Reader<T>,
): Promise<CarrierAnswer<T>> => {
  const [problem] = problems;
  if (problem) return refusedForField(problem);
  const regData = encodeRegData(fields);
  if (regData.outcome === 'refused') return refusedForRegData(regData.rule);
  const url = messageUrl(shipUrl, operation, key);
  // In the body, not in the URL: the hex may be 4000 long, and URLs end up in logs.
  const body = `regData=${encryptSeed128Hex(regData.plaintext, securityKey)}`;
  return interpret(operation, await transport({ url, method: 'POST', body, timeoutMs }), read);
};

/** The one message that is not encrypted (manual p.9). */
const askStoppedZip = async (
  { shipUrl, key, timeoutMs, transport }: EpostClientOptions,
  zip: string | undefined,
): Promise<CarrierAnswer<StoppedZip[]>> => {
  const url = messageUrl(shipUrl, 'GetStoppedZipCd', key);
  if (zip !== undefined) url.searchParams.set('zipCd', zip);
  return interpret('GetStoppedZipCd', await transport({ url, method: 'GET', timeoutMs }), readStoppedZips);
};

const messageUrl = (shipUrl: string, operation: Operation, key: string): URL => {
  const url = new URL(`api.${operation}.jparcel`, shipUrl.endsWith('/') ? shipUrl : `${shipUrl}/`);
  url.searchParams.set('key', key);
  return url;
};

/** The code by which these look-ups say "none": an answer, not an error. */
const emptyWhen = <T>(code: string, answer: CarrierAnswer<T[]>): CarrierAnswer<T[]> =>
  answer.outcome === 'error' && answer.code === code ? { outcome: 'ok', value: [] } : answer;

const cancelFields = (q: Parameters<EpostClient['cancel']>[0]): Fields => [
  ['custNo', q.customerNo],
  ['apprNo', q.approvalNo],
  ['reqType', '1'],
  ['reqNo', q.reqNo],
  ['resNo', q.resNo],
  ['regiNo', q.waybillNumber],
  ['reqYmd', q.day],
  ['delYn', q.remove ? 'Y' : 'N'],
];

const officeFields = (office: OfficeToInsert): Fields => [
  ['custNo', office.customerNo],
  ['officeSer', office.officeSer],
  ['officeNm', office.name],
  ['officeZip', office.zip],
  ['officeAddr1', office.address1],
  ['officeAddr2', office.address2],
  ['officeTelno', office.tel],
  ['contactNm', office.contact],
];
