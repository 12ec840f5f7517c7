/**
 * What the platform tells us, as schemas, and our own events that make waiting shipments be looked at again.
 * Structure is checked here and a misfit goes to quarantine; what ePost accepts in a field is checked by
 * `epost/insert-order.ts` and a misfit is a refusal, because then the shop can be told which field to fix.
 */
import * as z from 'zod/mini';

/** The only delivery method that is ours (R17); anything else is counted and ignored. */
export const OUR_DELIVERY_METHOD = '우체국(자동)';
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
