/** What lies in the tables when a function is called. Times are minutes ago; ids need not differ between scenes. */
import { PutCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { createApplications } from '../../functions/merchant/application.store.ts';
import { putContract } from '../../functions/merchant/contract.store.ts';
import { newApplication } from '../../functions/merchant/new-application.ts';
import { messageItem } from '../../functions/notification/messages.store.ts';
import { newShipment } from '../../functions/order/new-shipment.ts';
import { createCalendar } from '../../functions/runtime/business-days.ts';
import { createShipments } from '../../functions/shipment/shipment.store.ts';
import { attentionKeys, type Shipment, type ShipmentState } from '../../functions/shipment/shipment.ts';
import { asWaiting } from '../../functions/waybill/allocation.ts';
import { createAllocate } from '../../functions/waybill/allocation.store.ts';
import { importBlock } from '../../functions/waybill/import-block.store.ts';
import { aSubmission, PLATFORM } from '../support/applications.ts';
import { aContract, anOrder } from '../support/builders.ts';
import type { TestTables } from '../support/dynamo.ts';

export const MINUTE = 60_000;
export const ago = (minutes: number) => Date.now() - minutes * MINUTE;
type Tables = Pick<TestTables, 'doc' | 'tables'>;

const order = (shipmentId: string, at: number) =>
  newShipment(anOrder({ shopId: 'sodam', shipmentId }), at, 20);

/** ePost takes each number once, whatever our tables forget. */
let nextNumber = 6_899_900_000_000;

/** A shop with so many numbers left, of which it took `used` three days ago. */
export const aShop = async ({ doc, tables }: Tables, left: number, used = 0) => {
  const contract = aContract();
  await putContract(doc, tables.contracts, contract);
  const [first, last] = [String(nextNumber), String(nextNumber + left + used - 1)];
  nextNumber += left + used;
  const request = { kind: 'run', first, last } as const;
  const { contractId } = contract;
  await importBlock(doc, tables, { contractId, request, by: 'test', now: ago(30 * 1_440) });
  if (used > 0) await allocated({ doc, tables }, used, 3 * 1_440, 'old', 'closed');
};

/** Parcels that got their numbers so long ago and stand in this state now. */
export const allocated = async (
  { doc, tables }: Tables,
  count: number,
  minutes: number,
  name = 'S',
  state: ShipmentState = 'allocated',
  over: Partial<Shipment> = {},
): Promise<Shipment[]> => {
  const at = ago(minutes);
  const candidates = Array.from({ length: count }, (_, i) => ({
    shipment: order(`${name}-${i}`, at),
    expect: 'new' as const,
  }));
  const { results } = await createAllocate(doc, tables, () => at)(aContract(), candidates);
  const shipments = results.flatMap((one) => (one.outcome === 'allocated' ? [one.shipment] : []));
  if (shipments.length !== count) throw new Error(`${shipments.length} of ${count} got a number`);
  if (state === 'allocated') return shipments;
  const store = createShipments(doc, tables.shipments);
  for (const shipment of shipments) {
    const still = { state: shipment.state, fingerprint: shipment.fingerprint };
    const listed = state === 'parked' ? attentionKeys(state, shipment) : {};
    await store.put({ ...shipment, ...over, ...listed, state }, still);
  }
  return shipments;
};

/** A shipped order for which there is no number. */
export const waitingOrder = async ({ doc, tables }: Tables) => {
  const shipment = asWaiting({ shipment: order('W-1', ago(10)), expect: 'new' }, 'pool-empty');
  await createShipments(doc, tables.shipments).put(shipment, 'absent');
};

/** A tracking round that ended so long ago. */
export const aRound = async ({ doc, tables }: Tables, minutes: number) => {
  const Item = { pk: 'sync', sk: 'r-1', runId: 'r-1', startedAt: ago(minutes + 5), endedAt: ago(minutes) };
  await doc.send(new PutCommand({ TableName: tables.operations, Item: { ...Item, outcome: 'done' } }));
};

/** An application that must be decided at this time. */
export const anApplicationDue = async ({ doc, tables }: Tables, dueAt: number) => {
  const move = newApplication('A-1', aSubmission(), PLATFORM, ago(60), createCalendar());
  if (move.outcome === 'refused') throw new Error(move.reason);
  await createApplications(doc, tables).submit({ ...move, application: { ...move.application, dueAt } });
};

/** An SMS that was due so long ago. */
export const anSms = async ({ doc, tables }: Tables, minutes: number) => {
  const sendAt = ago(minutes);
  const text = '[퍼스트몰] 우체국택배 승인보류: 승인번호가 다릅니다. 확인 후 다시 신청해 주세요.';
  const sms = { messageId: 'A-1#3', to: '01000004821', template: 'hold.approval', text, sendAt } as const;
  const item = messageItem(tables.messages, sms, { createdAt: sendAt, subject: 'application#A-1' });
  await doc.send(new TransactWriteCommand({ TransactItems: [item] }));
};
