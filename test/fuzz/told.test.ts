import * as fc from 'fast-check';
import * as z from 'zod/mini';
import { describe, expect, it } from 'vitest';
import { checkParcel, insertOrderFields } from '../../functions/epost/insert-order.ts';
import { encodeRegData } from '../../functions/epost/reg-data.ts';
import { contractSchema } from '../../functions/merchant/contract-schema.ts';
import { onboardMessage } from '../../functions/merchant/onboard-message.ts';
import { newShipment } from '../../functions/order/new-shipment.ts';
import { readMessage } from '../../functions/order/read-message.ts';
import { applicationRequest, isBusinessNo } from '../../functions/platform-api/application-request.ts';
import { fieldErrors } from '../../functions/platform-api/problem.ts';
import { trackingMessage } from '../../functions/tracking/message.ts';
import { transmissionMessage } from '../../functions/transmission/message.ts';
import { aRequest } from '../platform-api/door.ts';
import { aContract, anOrder, T0 } from '../support/builders.ts';
import { CANARY, mangled, mangledText } from './mangled.ts';

const RUNS = { numRuns: 10_000 };
const event = (type: string, detail: unknown, source = 'shop.platform') => ({
  version: '0',
  id: 'e-1',
  'detail-type': type,
  source,
  detail,
});
const fullOrder = anOrder({
  sellerId: 'seller-7',
  box: { number: 1, of: 2 },
  orderer: { name: '라마바', mobile: '010-0000-0001' },
  goods: { name: '머그컵', contentCode: '029', code: 'M-1', quantity: 2 },
  weightKg: 1.5,
  sizeCm: 60,
  packing: '01',
  insuranceWon: 200_000,
  message: '문 앞에 놓아 주세요',
  payer: 'sender',
});

describe('a message of the platform, mangled in 10,000 ways,', () => {
  const bodies = mangledText([
    event('OrderShipped', fullOrder),
    event('OrderShipped', anOrder()),
    event('ShipmentCancelled', { shipmentId: 'S-1', shopId: 'sodam', reason: '고객 변심' }),
    event('ContractChanged', { contractId: 'sodam' }, 'epost.parcel'),
  ]);

  it('is a command, somebody else’s, or a misfit that names a field and quotes no value', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(bodies, (body) => {
        const reading = readMessage(body);
        seen.add(reading.says);
        if (reading.says !== 'misfit') return;
        expect(reading.problems.length).toBeGreaterThan(0);
        expect(JSON.stringify(reading.problems)).not.toContain(CANARY);
      }),
      RUNS,
    );
    expect([...seen].toSorted()).toEqual(expect.arrayContaining(['misfit', 'not-ours', 'shipped']));
  });

  it('becomes a shipment that is either refused by field or fits into one request to ePost', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(bodies, (body) => {
        const reading = readMessage(body);
        if (reading.says !== 'shipped') return;
        const shipment = newShipment(reading.order, T0, 20);
        expect(shipment.shipmentId).toMatch(/^[A-Za-z0-9._:-]{1,50}$/);
        const problems = checkParcel(shipment.parcel, aContract());
        for (const { field, fix } of problems)
          expect([field, fix].every((text) => text.length > 0)).toBe(true);
        if (problems.length === 0) {
          const order = {
            parcel: shipment.parcel,
            sender: aContract(),
            shipmentId: shipment.shipmentId,
            waybillNumber: '6899900123456',
          };
          expect(encodeRegData(insertOrderFields(order)).outcome).toBe('encoded');
        }
        seen.add(problems.length === 0 ? 'fits' : 'refused');
      }),
      RUNS,
    );
    expect([...seen].toSorted()).toEqual(['fits', 'refused']);
  });
});

describe('an application, mangled in 10,000 ways,', () => {
  it('is taken with sound fields, or refused with a field and a fix for each fault', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(
        mangled([aRequest(), aRequest({ sellerId: 'seller-7', domain: 'sodam.example' })]),
        (body) => {
          const read = z.safeParse(applicationRequest, body);
          seen.add(String(read.success));
          if (read.success) {
            expect(read.data.customerNo).toMatch(/^\d{10}$/);
            expect(read.data.contact.mobile).toMatch(/^010\d{8}$/);
            expect(isBusinessNo(read.data.businessNo)).toBe(true);
            return;
          }
          const errors = fieldErrors(read.error.issues);
          expect(errors.length).toBeGreaterThan(0);
          for (const { field, fix } of errors)
            expect([field, fix].every((text) => text.length > 0)).toBe(true);
          expect(JSON.stringify(errors)).not.toContain(CANARY);
        },
      ),
      RUNS,
    );
    expect([...seen].toSorted()).toEqual(['false', 'true']);
  });
});

describe('a message of our own queues, mangled in 10,000 ways,', () => {
  it.each([
    ['transmission', transmissionMessage, [{ v: 1, shipmentId: 'S-1' }]],
    [
      'tracking',
      trackingMessage,
      [{ v: 1 }, { v: 1, kind: 'continue', runId: 'r', leg: 2 }, { v: 1, kind: 'one', shipmentId: 'S-1' }],
    ],
    [
      'onboarding',
      onboardMessage,
      [
        { v: 1, kind: 'check', applicationId: 'A-1' },
        { v: 1, kind: 'due' },
        event('WaybillBlockImported', { contractId: 'sodam' }),
      ],
    ],
    ['contract', contractSchema, [aContract({ lowWater: 10, defaultContentCode: '029' })]],
  ] as const)('%s: is read whole or refused, and never breaks the reader', (_name, schema, goods) => {
    const seen = new Set<boolean>();
    fc.assert(
      fc.property(mangled(goods), (body) => {
        seen.add(z.safeParse(schema as z.ZodMiniType, body).success);
      }),
      RUNS,
    );
    expect(seen.size).toBe(2);
  });
});
