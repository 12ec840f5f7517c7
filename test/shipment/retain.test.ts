import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { forgetAt } from '../../functions/shipment/forget.ts';
import { createForgetting } from '../../functions/shipment/retain.store.ts';
import { retain } from '../../functions/shipment/retain.ts';
import { createShipments } from '../../functions/shipment/shipment.store.ts';
import { attentionKeys, type Shipment } from '../../functions/shipment/shipment.ts';
import { createLedger } from '../../functions/waybill/ledger.store.ts';
import { ledgerSlot } from '../../functions/waybill/ledger.ts';
import { createRetainedEntries } from '../../functions/waybill/retained.store.ts';
import { aShipment, T0 } from '../support/builders.ts';
import { startTables, type TestTables } from '../support/dynamo.ts';

const DAY = 86_400_000;
const retention = { sentMs: 90 * DAY, unsentMs: 30 * DAY };
const booking = { reqNo: '1', resNo: '2', at: T0 };
const ended = (shipmentId: string, days = 2): Shipment =>
  aShipment({
    shipmentId,
    state: 'closed',
    booking,
    tracked: {
      status: 'delivered',
      word: '배달완료',
      at: T0 + days * DAY,
      scans: 4,
      orderStatus: '배송완료',
      changedAt: T0 + days * DAY,
    },
  });
const refused = (shipmentId: string): Shipment =>
  aShipment({
    shipmentId,
    state: 'refused',
    refusal: { code: 'ERR-311', reason: '주소', mustAct: 'merchant', at: T0 },
    ...attentionKeys('refused', { shipmentId, contractId: 'sodam' }),
  });

let world: TestTables;
let now: number;
beforeEach(async () => {
  world = await startTables();
  now = T0;
});
afterEach(() => world.stop());

const put = (table: string, Item: object) => world.doc.send(new PutCommand({ TableName: table, Item }));
const entry = async (seq: number, shipments: Shipment[], at = T0) => {
  const slot = ledgerSlot('sodam', seq);
  const ids = shipments.map(({ shipmentId }) => shipmentId).join('\n');
  await put(world.tables.ledger, {
    contractId: 'sodam',
    seq,
    kind: 'allocated',
    at,
    ids,
    openSlot: slot,
    openSince: at,
  });
  for (const shipment of shipments) await put(world.tables.shipments, shipment);
};
const close = (seq: number, days: number) =>
  createLedger(world.doc, world.tables.ledger).close({ contractId: 'sodam', seq }, T0 + days * DAY);
const run = (days: number, timeLeft = () => 900_000) => {
  now = T0 + days * DAY;
  return retain({
    entries: createRetainedEntries(world.doc, world.tables.ledger),
    shipments: createForgetting(world.doc, world.tables.shipments),
    attention: createShipments(world.doc, world.tables.shipments).attention,
    clock: () => now,
    retention,
    count: () => undefined,
    timeLeft,
  });
};
const stored = async (shipmentId: string) => {
  const Key = { shipmentId };
  return (await world.doc.send(new GetCommand({ TableName: world.tables.shipments, Key }))).Item as Shipment;
};
const ledgerRow = async (seq: number) => {
  const Key = { contractId: 'sodam', seq };
  return (await world.doc.send(new GetCommand({ TableName: world.tables.ledger, Key }))).Item;
};

describe('a delivered parcel', () => {
  it('loses its recipient 90 days after its end and keeps the supply record', async () => {
    await entry(2, [ended('S-1')]);
    await close(2, 2);
    await run(91);
    expect(await stored('S-1')).toHaveProperty('parcel');
    expect(await run(92)).toEqual({ forgotten: 1, finished: true });
    const { parcel: _parcel, ...supply } = ended('S-1');
    expect(await stored('S-1')).toEqual(supply);
  });

  it('is not looked for again once forgotten', async () => {
    await entry(2, [ended('S-1')]);
    await close(2, 2);
    await run(92);
    expect(await ledgerRow(2)).not.toHaveProperty('openSlot');
    expect(await run(93)).toEqual({ forgotten: 0, finished: true });
  });

  it('is forgotten in time even while a slow one keeps its entry open', async () => {
    const slow = aShipment({ shipmentId: 'S-2', state: 'accepted', booking });
    await entry(2, [ended('S-1'), slow]);
    await run(92);
    expect(await stored('S-1')).not.toHaveProperty('parcel');
    expect(await stored('S-2')).toHaveProperty('parcel');
  });
});

describe('a shipment that never went out', () => {
  it('loses its recipient after 30 days, its neighbours keep theirs', async () => {
    await entry(2, [ended('S-1'), refused('S-2')]);
    await close(2, 2);
    await run(29);
    expect(await stored('S-2')).toHaveProperty('parcel');
    await run(32);
    expect(await stored('S-2')).not.toHaveProperty('parcel');
    expect(await stored('S-1')).toHaveProperty('parcel');
    expect((await ledgerRow(2))?.['openSlot']).toMatch(/^forgetting#/);
    await run(92);
    expect(await stored('S-1')).not.toHaveProperty('parcel');
  });

  it('is found without a ledger entry too', async () => {
    const waiting = aShipment({
      shipmentId: 'S-3',
      state: 'waiting',
      ...attentionKeys('waiting', { shipmentId: 'S-3', contractId: 'sodam' }),
    });
    await put(world.tables.shipments, waiting);
    await run(30);
    expect(await stored('S-3')).not.toHaveProperty('parcel');
  });
});

describe('a run', () => {
  it('cut short goes on the next time', async () => {
    await entry(2, [ended('S-1')]);
    await close(2, 2);
    expect(await run(92, () => 1000)).toEqual({ forgotten: 0, finished: false });
    expect(await run(92)).toEqual({ forgotten: 1, finished: true });
  });

  it('leaves a shipment that moved meanwhile alone', async () => {
    await put(world.tables.shipments, aShipment({ state: 'allocated' }));
    const forgetting = createForgetting(world.doc, world.tables.shipments);
    expect(await forgetting.forget({ shipmentId: 'S-1', state: 'refused' })).toBe('changed');
    expect(await stored('S-1')).toHaveProperty('parcel');
  });
});

describe('closing a ledger entry again', () => {
  it('keeps its first time', async () => {
    await entry(2, [ended('S-1')]);
    await close(2, 2);
    await close(2, 50);
    expect((await ledgerRow(2))?.['openSince']).toBe(T0 + 2 * DAY);
  });

  it('takes it off what tracking asks about', async () => {
    await entry(2, [ended('S-1')]);
    await close(2, 2);
    const ledger = createLedger(world.doc, world.tables.ledger);
    const open = await Promise.all(ledger.slots.map((slot) => ledger.openEntries(slot)));
    expect(open.flatMap(({ entries }) => entries)).toEqual([]);
  });
});

describe('what is on its way', () => {
  it.each(['allocated', 'sending', 'unknown', 'retrying'] as const)('(%s) is never forgotten', (state) => {
    expect(forgetAt(aShipment({ state }), true, retention)).toBeUndefined();
  });

  it('with ePost, without an end, is forgotten only once its entry is over', () => {
    const lost = aShipment({ state: 'accepted', booking });
    expect(forgetAt(lost, false, retention)).toBeUndefined();
    expect(forgetAt(lost, true, retention)).toBe(T0 + 90 * DAY);
  });
});
