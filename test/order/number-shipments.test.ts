/** Numbers for shipments of one contract: who gets one, who is refused before, who waits, and what is told. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { OutgoingEvent } from '../../functions/events.ts';
import { newShipment } from '../../functions/order/new-shipment.ts';
import { type NumberingPorts, numberShipments } from '../../functions/order/number-shipments.ts';
import { attentionKeys, type Shipment } from '../../functions/shipment/shipment.ts';
import type { Written } from '../../functions/shipment/shipment.store.ts';
import type { AllocationResult, Candidate } from '../../functions/waybill/allocation.ts';
import type { Committed } from '../../functions/waybill/allocation.store.ts';
import { emptyHead } from '../../functions/waybill/pool.ts';
import { aContract, anOrder, T0 } from '../support/builders.ts';

const good = (shipmentId: string): Candidate => ({
  shipment: newShipment(anOrder({ shipmentId }), T0, 20),
  expect: 'new',
});
const bad = (shipmentId: string): Candidate => {
  const recipient = { ...anOrder().recipient, zip: '12' };
  return { shipment: newShipment(anOrder({ shipmentId, recipient }), T0, 20), expect: 'new' };
};

let asked: Candidate[][];
let results: (candidates: readonly Candidate[]) => AllocationResult[];
let committed: Committed[];
let put: { shipment: Shipment; expected: unknown }[];
let answers: Written[];
let counts: Record<string, number>;
let ports: NumberingPorts;
beforeEach(() => {
  [asked, committed, put, answers, counts] = [[], [], [], [], {}];
  results = (candidates) =>
    candidates.map(({ shipment }) => ({
      outcome: 'allocated',
      shipment: { ...shipment, state: 'allocated', waybillNumber: '6899900000001', allocatedAt: T0 },
    }));
  ports = {
    allocate: async (_contract, candidates) => {
      asked.push([...candidates]);
      return { results: results(candidates), committed };
    },
    shipments: {
      put: async (shipment, expected) => {
        put.push({ shipment, expected });
        return answers.shift() ?? { outcome: 'written' };
      },
    },
    count: (name, value = 1) => void (counts[name] = (counts[name] ?? 0) + value),
  };
});
const number = (candidates: readonly Candidate[], contract = aContract()) =>
  numberShipments(ports, contract, candidates, T0 + 9);
const types = (events: readonly OutgoingEvent[]) => events.map(({ detailType }) => detailType);

describe('numbering', () => {
  it('tells each number and queues each parcel', async () => {
    const { effects, overtaken } = await number([good('A'), good('B')]);
    expect(types(effects.events)).toEqual(['WaybillAllocated', 'WaybillAllocated']);
    expect([effects.transmit, overtaken, put]).toEqual([['A', 'B'], [], []]);
    expect(counts).toEqual({ ShipmentsAllocated: 2 });
  });

  it('asks for no number for what ePost would refuse, and says which field', async () => {
    const { effects } = await number([bad('A'), good('B')]);
    expect(asked).toMatchObject([[{ shipment: { shipmentId: 'B' } }]]);
    expect(put).toEqual([
      {
        shipment: {
          ...bad('A').shipment,
          state: 'refused',
          refusal: {
            code: 'FIELD',
            reason: expect.stringContaining('우편번호'),
            mustAct: 'merchant',
            field: 'recipient.zip',
            at: T0 + 9,
          },
          ...attentionKeys('refused', bad('A').shipment),
        },
        expected: 'absent',
      },
    ]);
    expect(types(effects.events)).toEqual(['ShipmentRefused', 'WaybillAllocated']);
    expect(effects.transmit).toEqual(['B']);
    expect(counts).toEqual({ ShipmentsRefused: 1, ShipmentsAllocated: 1 });
  });

  it('has an operator act where the contract is what ePost would refuse', async () => {
    await number([good('A')], aContract({ customerNo: '12' }));
    expect(put[0]?.shipment.refusal).toMatchObject({ field: 'contract.customerNo', mustAct: 'operator' });
  });

  it('drops the reason of a waiting that ends refused, and writes only over what still waits', async () => {
    const { shipment } = bad('A');
    const expect_ = { state: 'waiting', fingerprint: shipment.fingerprint } as const;
    await number([{ shipment: { ...shipment, waitingFor: 'pool-empty' }, expect: expect_ }]);
    expect(put[0]?.shipment).not.toHaveProperty('waitingFor');
    expect(put[0]?.expected).toEqual(expect_);
  });

  it('tells a refusal before it is written where it is asked to, and not again', async () => {
    const first: string[] = [];
    ports.tellFirst = async (events) => {
      expect(put).toEqual([]);
      first.push(...types(events));
    };
    const { effects } = await number([bad('A')]);
    expect([first, effects.events]).toEqual([['ShipmentRefused'], []]);
  });

  it.each([
    ['contract-unknown', undefined],
    ['contract-not-active', aContract({ status: 'suspended' })],
  ] as const)('has everybody wait, fit or not: %s', async (reason, contract) => {
    const tellFirst: string[] = [];
    ports.tellFirst = async (events) => void tellFirst.push(...types(events));
    const { effects } = await numberShipments(ports, contract, [good('A'), bad('B')], T0);
    expect(asked).toEqual([]);
    expect(put.map(({ shipment: { state, waitingFor } }) => [state, waitingFor])).toEqual([
      ['waiting', reason],
      ['waiting', reason],
    ]);
    expect([types(effects.events), effects.transmit]).toEqual([['ShipmentWaiting', 'ShipmentWaiting'], []]);
    expect([tellFirst, counts]).toEqual([[], { ShipmentsWaiting: 2 }]);
  });

  it('has wait what the pool cannot serve; for the same reason as before without writing it again', async () => {
    results = (all) => all.map((candidate) => ({ outcome: 'waiting', candidate }));
    const waits = good('B');
    waits.shipment = { ...waits.shipment, waitingFor: 'pool-empty' };
    const { effects } = await number([good('A'), waits]);
    expect(put.map(({ shipment }) => [shipment.shipmentId, shipment.waitingFor])).toEqual([
      ['A', 'pool-empty'],
    ]);
    expect(types(effects.events)).toEqual(['ShipmentWaiting', 'ShipmentWaiting']);
    expect(counts).toEqual({ ShipmentsWaiting: 2, ShipmentsAllocated: 0 });
  });

  it('writes it again when the reason has changed', async () => {
    results = (all) => all.map((candidate) => ({ outcome: 'waiting', candidate }));
    const waits = good('B');
    waits.shipment = { ...waits.shipment, waitingFor: 'contract-unknown' };
    await number([waits]);
    expect(put).toMatchObject([{ shipment: { waitingFor: 'pool-empty' } }]);
  });

  it('hands back what somebody else changed meanwhile, untold: at the numbering and at the writing', async () => {
    const existing = { ...good('A').shipment, state: 'accepted' } as Shipment;
    results = ([a]) => [{ outcome: 'already', candidate: a!, existing }];
    answers = [{ outcome: 'changed', existing }];
    const { effects, overtaken } = await number([good('A'), bad('B')]);
    expect(effects).toEqual({ events: [], transmit: [] });
    expect(overtaken.map(({ candidate }) => candidate.shipment.shipmentId)).toEqual(['B', 'A']);
    expect(overtaken.every((one) => one.existing === existing)).toBe(true);
    expect(counts).toEqual({ ShipmentsAllocated: 0 });
  });

  it('that vanished meanwhile is told as written: there is nothing to decide anew', async () => {
    answers = [{ outcome: 'changed', existing: undefined }];
    const { overtaken } = await number([bad('B')]);
    expect([overtaken, counts]).toEqual([[], { ShipmentsRefused: 1, ShipmentsAllocated: 0 }]);
  });
});

describe('a pool that runs low', () => {
  const heads = (before: number, after: number): Committed => ({
    before: { ...emptyHead('sodam'), available: before, fullMark: 100 },
    after: { ...emptyHead('sodam'), available: after, fullMark: 100 },
  });
  it.each([
    [21, 20, 'low'],
    [20, 19, undefined],
    [1, 0, 'empty'],
  ] as const)('is told once, from %i to %i: %s', async (before, after, level) => {
    committed = [heads(before, after)];
    const { effects } = await number([good('A')], aContract({ contractId: 'plaza/seller-7' }));
    const detail = {
      version: 1,
      contractId: 'plaza/seller-7',
      shopId: 'plaza',
      sellerId: 'seller-7',
      remaining: after,
      level,
    };
    const expected = level === undefined ? [] : [{ detailType: 'WaybillPoolLow', detail }];
    expect(effects.events.filter(({ detailType }) => detailType === 'WaybillPoolLow')).toEqual(expected);
  });
});
