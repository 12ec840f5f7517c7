/** The operator sends what stands still once more: one shipment, a selection, or all of one cause. */
import type { Queue } from '../runtime/queue.client.ts';
import type { Attempts, Change } from '../shipment/attempt.store.ts';
import type { Shipments } from '../shipment/shipment.store.ts';
import type { Shipment, ShipmentState } from '../shipment/shipment.ts';
import type { CarrierPauses } from './carrier-pause.store.ts';

export interface ResendPorts {
  attempts: Pick<Attempts, 'read' | 'commit'>;
  queue: Pick<Queue, 'send'>;
  pauses: Pick<CarrierPauses, 'read' | 'clearContract'>;
  clock: () => number;
}

export type Resent =
  /** on its way again; one that ePost may hold is asked about before it is sent */
  | { shipmentId: string; outcome: 'queued' }
  /** there is nothing to send: it waits for a number, is booked, or has ended */
  | { shipmentId: string; outcome: 'not-resendable'; state: ShipmentState }
  | { shipmentId: string; outcome: 'unknown-shipment' }
  /** something else happened to it just now: look again */
  | { shipmentId: string; outcome: 'changed' };

export interface Cause {
  kind: 'refused' | 'parked';
  /** ePost's or our code; all of the kind when absent */
  code?: string;
  contractId?: string;
}

const AT_ONCE = 10;

/**
 * Sends these once more, with all their attempts, and lifts the pause of a contract that was refused for the
 * same reason. The second time: already on its way, so it only gets another message, which finds nothing to do.
 * @throws when the queue or a table cannot be reached; sent again, nothing is doubled
 */
export const resend = async (ports: ResendPorts, shipmentIds: readonly string[]): Promise<Resent[]> => {
  const results: Resent[] = [];
  const paused = (await ports.pauses.read()).contracts;
  const ids = [...new Set(shipmentIds)];
  for (let i = 0; i < ids.length; i += AT_ONCE) {
    const some = await Promise.all(ids.slice(i, i + AT_ONCE).map((id) => reopen(ports, id)));
    for (const { contractId, code } of some) {
      if (contractId === undefined || paused.get(contractId)?.code !== code) continue;
      await ports.pauses.clearContract(contractId);
      paused.delete(contractId);
    }
    const queued = some.filter(({ resent }) => resent.outcome === 'queued');
    await ports.queue.send(queued.map(({ resent }) => ({ body: { v: 1, shipmentId: resent.shipmentId } })));
    results.push(...some.map(({ resent }) => resent));
  }
  return results;
};

/** As `resend`, for everything that stands still for one cause. */
export const resendAll = async (
  ports: ResendPorts & { shipments: Pick<Shipments, 'attention'> },
  { kind, code, contractId }: Cause,
): Promise<Resent[]> => {
  const results: Resent[] = [];
  for await (const ids of ports.shipments.attention(kind, contractId)) {
    const records = await Promise.all(ids.map((id) => ports.attempts.read(id)));
    const those = records.flatMap((record) => (isOf(record, kind, code) ? [record.shipmentId] : []));
    results.push(...(await resend(ports, those)));
  }
  return results;
};

const isOf = (record: Shipment | undefined, kind: string, code: string | undefined): record is Shipment =>
  record !== undefined && record.state === kind && (code === undefined || record.refusal?.code === code);

interface Reopened {
  resent: Resent;
  contractId?: string;
  code?: string | undefined;
}

const reopen = async (ports: ResendPorts, shipmentId: string): Promise<Reopened> => {
  const shipment = await ports.attempts.read(shipmentId);
  if (shipment === undefined) return { resent: { shipmentId, outcome: 'unknown-shipment' } };
  const { state, contractId } = shipment;
  switch (state) {
    case 'allocated':
    case 'sending':
    case 'unknown':
      return { resent: { shipmentId, outcome: 'queued' } };
    case 'refused':
    case 'parked':
    case 'retrying': {
      const answer = await ports.attempts.commit(shipment, [state], afresh(shipment, ports.clock()));
      const outcome = answer.outcome === 'written' ? 'queued' : 'changed';
      return { resent: { shipmentId, outcome }, contractId, code: shipment.refusal?.code };
    }
    case 'waiting':
    case 'accepted':
    case 'cancelled':
    case 'closed':
      return { resent: { shipmentId, outcome: 'not-resendable', state } };
  }
};

/**
 * A new promise: its 20 minutes count from now. What was parked may be at ePost after all (an operator may also
 * have booked or cancelled it there), so it is asked about first.
 */
const afresh = ({ state, attemptAt, receivedAt, deadline }: Shipment, now: number): Change => ({
  set: {
    state: state === 'parked' && attemptAt !== undefined ? 'unknown' : 'allocated',
    attempt: 0,
    receivedAt: now,
    deadline: now + (deadline - receivedAt),
  },
  remove: ['refusal', 'cause', 'notBefore', 'attentionSlot', 'attentionKey'],
});
