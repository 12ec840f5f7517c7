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
import type { Parcel, SenderContract } from './parcel.ts';

export interface OrderToInsert {
  /** sent as orderNo, ≤ 50 */
  shipmentId: string;
  parcel: Parcel;
  sender: SenderContract;
  /** band mode: our own number, sent along (unverified) */
  waybillNumber?: string | undefined;
}

export interface OfficeToInsert {
  customerNo: string;
  officeSer: string;
  name: string;
  zip: string;
  address1: string;
  address2: string;
  tel: string;
  contact: string;
}

/** The contract-parcel OpenAPI. Not one of these retries; none throws for what ePost or the network does. */
export interface EpostClient {
  /** Books one parcel. Not idempotent at ePost: a second call may book a second parcel. */
  insertOrder(order: OrderToInsert): Promise<CarrierAnswer<Booking>>;
  /** What ePost holds under a shipment id on a KST day (yyyymmdd); `ok []` = certainly nothing (ERR-225). */
  getResInfo(q: {
    customerNo: string;
    shipmentId: string;
    day: string;
  }): Promise<CarrierAnswer<Reservation[]>>;
  /** Takes a parcel back, possible until 운송장출력 (02). Without `remove` it lives on under a new number. */
  cancel(q: {
    customerNo: string;
    approvalNo: string;
    reqNo: string;
    resNo: string;
    waybillNumber: string;
    /** KST day of the InsertOrder */
    day: string;
    remove: boolean;
  }): Promise<CarrierAnswer<Cancellation>>;
  /** 고객번호 of an ePost member id. */
  getCustNo(memberId: string): Promise<CarrierAnswer<{ customerNo: string }>>;
  /** Approved contracts of a customer number, expired ones too. */
  getApprNo(customerNo: string): Promise<CarrierAnswer<Approval[]>>;
  /** Areas with stopped delivery; `ok []` = deliverable (ERR-125). Without a zip: all of them. */
  getStoppedZip(zip?: string): Promise<CarrierAnswer<StoppedZip[]>>;
  /** Registers a supply site (공급지). */
  insertOffice(office: OfficeToInsert): Promise<CarrierAnswer<OfficeRegistered>>;
  /** Supply sites of a customer number. */
  getOfficeInfo(customerNo: string): Promise<CarrierAnswer<Office[]>>;
}
