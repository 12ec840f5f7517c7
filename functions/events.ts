/**
 * The contract with the shop platform: every event in and out, as schemas (in) and types (out).
 * Structure is checked here and a misfit goes to quarantine; what ePost accepts in a field is checked by
 * `epost/insert-order.ts` and a misfit is a refusal, because then the shop can be told which field to fix.
 */
import * as z from 'zod/mini';

/** The only delivery method that is ours (R17); anything else is counted and ignored. */
export const OUR_DELIVERY_METHOD = '우체국(자동)';
/** `source` of every event we put on the bus. */
export const OUR_SOURCE = 'epost-parcel';

const text = (max: number) => z.string().check(z.minLength(1), z.maxLength(max));
/** Loose on purpose: ePost's own limits are narrower and give a refusal that names the field. */
const free = z.string().check(z.maxLength(2000));
const id = z.string().check(z.regex(/^[A-Za-z0-9._:-]{1,50}$/));
const instant = z.iso.datetime({ offset: true });

const person = {
  name: free,
  zip: free,
  address1: free,
  address2: z.optional(free),
  tel: z.optional(free),
  mobile: z.optional(free),
};

/** detail of `OrderShipped`: one parcel. An order in several parcels sends one event per parcel (R31). */
export const orderShipped = z.strictObject({
  /** ours to key everything by; unique per parcel, and what ePost knows as orderNo (≤ 50) */
  shipmentId: id,
  orderId: text(100),
  shopId: id,
  /** a marketplace seller with a contract of its own (R35) */
  sellerId: z.optional(id),
  deliveryMethod: text(50),
  /** R18: the platform states that the order is paid */
  paid: z.literal(true),
  shippedAt: z.optional(instant),
  /** parcel n of m, for display only */
  box: z.optional(z.strictObject({ number: z.int(), of: z.int() })),
  recipient: z.strictObject(person),
  orderer: z.optional(z.partial(z.strictObject(person))),
  goods: z.strictObject({
    name: free,
    contentCode: z.optional(free),
    code: z.optional(free),
    model: z.optional(free),
    size: z.optional(free),
    color: z.optional(free),
    quantity: z.optional(z.int()),
  }),
  weightKg: z.optional(z.number()),
  sizeCm: z.optional(z.number()),
  packing: z.optional(z.enum(['01', '03', '05', '09'])),
  micro: z.optional(z.boolean()),
  insuranceWon: z.optional(z.number()),
  message: z.optional(free),
  payer: z.optional(z.enum(['sender', 'recipient'])),
});
export type OrderShipped = z.infer<typeof orderShipped>;

/** detail of `ShipmentCancelled`: the shop takes one parcel back. */
export const shipmentCancelled = z.strictObject({
  shipmentId: id,
  shopId: id,
  sellerId: z.optional(id),
  reason: z.optional(text(200)),
});
export type ShipmentCancelled = z.infer<typeof shipmentCancelled>;

/** Own event: numbers arrived or a contract changed, so what waits for this contract is looked at again. */
export const contractReady = z.strictObject({ contractId: text(101) });

/** Who must act on a refusal (requirements section 6). */
export type MustAct = 'merchant' | 'operator' | 'developer' | 'nobody';

interface AboutShipment {
  version: 1;
  shipmentId: string;
  orderId: string;
  shopId: string;
  sellerId?: string;
}

interface AboutApplication {
  version: 1;
  applicationId: string;
  shopId: string;
  sellerId?: string;
  /** where the application stands now (A2) */
  status: string;
  at: string;
}

/** Every event we publish, by detail-type. Times are ISO 8601 UTC. Delivered at least once. */
export interface OutgoingEvents {
  /** the number for the order sheet (R02); told again whenever the platform tells its event again */
  WaybillAllocated: AboutShipment & {
    waybillNumber: string;
    carrier: 'epost';
    allocatedAt: string;
    /** by when ePost will have confirmed the parcel (R05) */
    deadline: string;
  };
  WaybillReplaced: AboutShipment & { oldWaybillNumber: string; newWaybillNumber: string; reason: string };
  WaybillPoolLow: {
    version: 1;
    contractId: string;
    shopId: string;
    sellerId?: string;
    remaining: number;
    level: 'low' | 'empty';
  };
  /** no number or no usable contract yet; served by itself as soon as there is one */
  ShipmentWaiting: AboutShipment & { reason: WaitingReason; explanation: string };
  /** ePost has confirmed that it holds the parcel */
  ShipmentTransmitted: AboutShipment & {
    waybillNumber: string;
    transmittedAt: string;
    postOffice?: string;
    expectedFeeWon?: number;
  };
  ShipmentRefused: AboutShipment & {
    code: string;
    /** Korean, names what to fix */
    reason: string;
    mustAct: MustAct;
    /** path in OrderShipped, where one field is to blame */
    field?: string;
    waybillNumber?: string;
  };
  /** same shipmentId, another body: the first one stands */
  ShipmentConflict: AboutShipment & { differingFields: string[]; waybillNumber?: string };
  CancellationAccepted: AboutShipment & { waybillNumber?: string };
  CancellationRefused: AboutShipment & { waybillNumber?: string; reason: string };
  DeliveryStatusChanged: AboutShipment & {
    waybillNumber: string;
    status: string;
    /** what the order sheet shows (R06); null = leave it */
    orderStatus: '배송중' | '배송완료' | null;
    /** needs a look by the shop (미배달, 반송 …) */
    flagged: boolean;
    rawText: string;
    office?: string;
    /** when the scan happened */
    asOf: string;
    /** when we saw it */
    observedAt: string;
    /** when we ask again; null after the end */
    nextCheckAt: string | null;
  };
  /** an application, or its correction, is in the queue */
  ApplicationReceived: AboutApplication & { dueAt: string };
  /** someone must correct it; `note` is the operator's, for the merchant to read */
  ApplicationHeld: AboutApplication & { reasons: string[]; note?: string };
  /** 이용중: shipments are taken from now on (R15, R16) */
  ApplicationActivated: AboutApplication;
  ApplicationWithdrawn: AboutApplication;
  ApplicationSuspended: AboutApplication & { reason: string };
  ApplicationResumed: AboutApplication;
  ApplicationTerminated: AboutApplication;
  /** the contract at ePost ends within 30, 7 or 1 day: the merchant should renew it at the post office */
  ApprovalExpiring: AboutApplication & { expiresOn: string; withinDays: number };
  /** own, internal: see `contractReady` */
  WaybillBlockImported: { contractId: string };
  ContractChanged: { contractId: string };
}
export type OutgoingDetailType = keyof OutgoingEvents;
export type OutgoingEvent = {
  [Type in OutgoingDetailType]: { detailType: Type; detail: OutgoingEvents[Type] };
}[OutgoingDetailType];

/** Why a shipment has no number yet. */
export type WaitingReason = 'pool-empty' | 'contract-unknown' | 'contract-not-active';

/** Body of a message on the transmission queue. Version first, so that old messages stay readable. */
export const transmissionMessage = z.object({ v: z.literal(1), shipmentId: id });
