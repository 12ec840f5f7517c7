import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { putContract } from '../../functions/merchant/contract.store.ts';
import { createContractReader } from '../../functions/merchant/contract.store.ts';
import { newShipment } from '../../functions/order/new-shipment.ts';
import { standingOf } from '../../functions/promise/standing.ts';
import { watch, type WatchPorts } from '../../functions/promise/watch.ts';
import type { Shipment, ShipmentState } from '../../functions/shipment/shipment.ts';
import { createShipments, type Shipments } from '../../functions/shipment/shipment.store.ts';
import { asWaiting } from '../../functions/waybill/allocation.ts';
import { createAllocate } from '../../functions/waybill/allocation.store.ts';
import { importBlock } from '../../functions/waybill/import-block.store.ts';
import { createLedger } from '../../functions/waybill/ledger.store.ts';
import { readHead } from '../../functions/waybill/pool.store.ts';
import { aContract, anOrder, aShipment, T0 } from '../support/builders.ts';
import { startTables, type TestTables } from '../support/dynamo.ts';

const MINUTE = 60_000;
let db: TestTables;
let shipments: Shipments;
let ports: WatchPorts;
let now = T0;
let sentAgain: string[] = [];
let queueDepth = 0;
let servedAgain: string[] = [];
let gauges: Record<string, number> = {};

beforeAll(async () => {
  db = await startTables();
});
afterAll(() => db.stop());
beforeEach(() => {
  [now, sentAgain, servedAgain, gauges, queueDepth] = [T0, [], [], {}, 0];
  shipments = createShipments(db.doc, db.tables.shipments);
  ports = {
    ledger: createLedger(db.doc, db.tables.ledger),
    shipments,
    contract: createContractReader(db.doc, db.tables.contracts, () => now),
    givesNumbers: async (contractId) => (await readHead(db.doc, db.tables.pools, contractId)).available > 0,
    transmission: {
      depth: async () => queueDepth,
      send: async (all) => void sentAgain.push(...all.map(({ body }) => (body as Shipment).shipmentId)),
    },
    orderEvents: {
      send: async (all) =>
        void servedAgain.push(...all.map(({ body }) => (body as { detail: Shipment }).detail.contractId)),
    },
    clock: () => now,
    count: () => undefined,
    gauge: (name, value) => void (gauges[name] = value),
  };
});

const allocated = async (contractId: string, count: number): Promise<Shipment[]> => {
  const contract = aContract({ contractId, numbering: 'carrier-issued' });
  const candidates = Array.from({ length: count }, (_, i) => ({
    shipment: newShipment(anOrder({ shopId: contractId, shipmentId: `${contractId}-${i}` }), T0, 20),
    expect: 'new' as const,
  }));
  const { results } = await createAllocate(db.doc, db.tables, () => T0)(contract, candidates);
  return results.flatMap((one) => (one.outcome === 'allocated' ? [one.shipment] : []));
};
const become = async (shipment: Shipment, state: ShipmentState, over: Partial<Shipment> = {}) => {
  const still = { state: shipment.state, fingerprint: shipment.fingerprint };
  const written = await shipments.put({ ...shipment, ...over, state }, still);
  expect(written.outcome).toBe('written');
};
/** Ends what earlier tests left, so that each test counts its own. */
const finish = async (all: Shipment[]) => {
  const known = await shipments.read(all.map(({ shipmentId }) => shipmentId));
  for (const shipment of known.values()) if (shipment.state !== 'closed') await become(shipment, 'closed');
  await watch(ports);
};

describe('the watch over the 20 minutes', () => {
  it('computes the age of the oldest unconfirmed shipment from the table', async () => {
    const [first, second] = (await allocated('age', 2)) as [Shipment, Shipment];
    now = T0 + 7 * MINUTE;
    expect(await watch(ports)).toMatchObject({ unsent: 2, late: 0, oldestAge: 7 * MINUTE });
    expect(gauges).toMatchObject({ OldestUnacceptedSeconds: 420, ShipmentsUnsent: 2 });
    await become(first, 'accepted');
    await become(second, 'refused');
    expect(await watch(ports)).toMatchObject({ unsent: 0, oldestAge: 0 });
    const listed = await Promise.all(ports.ledger.slots.map((slot) => ports.ledger.unsentEntries(slot)));
    expect(
      listed.flatMap(({ entries }) => entries),
      'a refused one may be sent again',
    ).toHaveLength(1);
    now += 8 * 24 * 60 * MINUTE;
    await watch(ports);
    const index = await Promise.all(ports.ledger.slots.map((slot) => ports.ledger.unsentEntries(slot)));
    expect(index.flatMap(({ entries }) => entries)).toEqual([]);
    const open = await Promise.all(
      ports.ledger.slots.map((slot) => createLedger(db.doc, db.tables.ledger).openEntries(slot)),
    );
    expect(open.flatMap(({ entries }) => entries)).toHaveLength(1);
  });

  it('sends a new message for a shipment nobody has touched for ten minutes, and only for that', async () => {
    const [lost, worked, waits] = (await allocated('lost', 3)) as [Shipment, Shipment, Shipment];
    await become(worked, 'unknown', { attemptAt: T0 + 8 * MINUTE });
    await become(waits, 'retrying', { notBefore: T0 + 9 * MINUTE });
    now = T0 + 11 * MINUTE;
    await watch(ports);
    expect(sentAgain).toEqual([lost.shipmentId]);
    await finish([lost, worked, waits]);
  });

  it('sends nothing again while as many messages as shipments wait their turn', async () => {
    const all = await allocated('outage', 3);
    now = T0 + 60 * MINUTE;
    queueDepth = 3;
    await watch(ports);
    expect(sentAgain).toEqual([]);
    queueDepth = 2;
    await watch(ports);
    expect(sentAgain).toHaveLength(3);
    await finish(all);
  });

  it('finds a lost message among those of shipments that are being worked on', async () => {
    const [lost, ...busy] = (await allocated('among', 4)) as [Shipment, ...Shipment[]];
    for (const shipment of busy) await become(shipment, 'retrying', { notBefore: T0 + 12 * MINUTE });
    now = T0 + 11 * MINUTE;
    queueDepth = busy.length;
    expect(await watch(ports)).toMatchObject({ unsent: 4, queued: 4 });
    expect(sentAgain).toEqual([lost.shipmentId]);
    await finish([lost, ...busy]);
  });

  it('tells for how long the oldest outcome at ePost has been unknown, also of an attempt that a crash left behind', async () => {
    const [asked, crashed, sent] = (await allocated('unsure', 3)) as [Shipment, Shipment, Shipment];
    await become(asked, 'unknown', { attemptAt: T0 + 4 * MINUTE });
    await become(crashed, 'sending', { attemptAt: T0 + 2 * MINUTE });
    await become(sent, 'accepted', { attemptAt: T0 });
    now = T0 + 9 * MINUTE;
    await watch(ports);
    expect(gauges).toMatchObject({ OldestUnknownSeconds: 420 });
    await finish([asked, crashed, sent]);
    await watch(ports);
    expect(gauges).toMatchObject({ OldestUnknownSeconds: 0 });
  });

  it('counts what is past its deadline', async () => {
    const all = await allocated('late', 3);
    now = T0 + 21 * MINUTE;
    await watch(ports);
    expect(gauges).toMatchObject({ ShipmentsLate: 3, OldestUnacceptedSeconds: 1260 });
    await finish(all);
  });

  it('has waiting shipments looked at again only when they can be served', async () => {
    for (const contractId of ['dry', 'unknown', 'stopped', 'ready']) {
      const shipment = newShipment(anOrder({ shopId: contractId, shipmentId: `w-${contractId}` }), T0, 20);
      await shipments.put(asWaiting({ shipment, expect: 'new' }, 'pool-empty'), 'absent');
    }
    for (const contractId of ['dry', 'stopped', 'ready'])
      await putContract(
        db.doc,
        db.tables.contracts,
        aContract({ contractId, status: contractId === 'stopped' ? 'suspended' : 'active' }),
      );
    for (const [i, contractId] of ['stopped', 'ready'].entries()) {
      const request = { kind: 'list', numbers: [`700000000000${i}`] } as const;
      await importBlock(db.doc, db.tables, { contractId, request, by: 'test', now });
    }
    await watch(ports);
    expect(servedAgain).toEqual(['ready']);
    expect(gauges).toMatchObject({ ShipmentsWaitingNow: 4, ShipmentsUnsent: 4 });
  });
});

describe('the standing of shipments', () => {
  it.each([
    ['waiting', 1],
    ['allocated', 1],
    ['sending', 1],
    ['unknown', 1],
    ['retrying', 1],
    ['accepted', 0],
    ['refused', 0],
    ['parked', 0],
    ['cancelled', 0],
    ['closed', 0],
  ] as const)('%s: the promise runs for %i', (state, unsent) => {
    expect(standingOf([aShipment({ state })], T0 + MINUTE)).toMatchObject({ unsent });
  });
});
