/**
 * Every event we put on the bus for the shop platform. What the platform sends is in `order/told-events.ts`;
 * both are explained in docs/event-contract.md.
 */
/** `source` of every event we put on the bus. */
export const OUR_SOURCE = 'epost-parcel';

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
