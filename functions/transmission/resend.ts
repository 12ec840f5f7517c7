/** The operator sends what stands still once more: one shipment, a selection, or all of one cause. */
import type { Queue } from '../runtime/queue.client.ts';
import type { Attempts } from '../shipment/attempt.store.ts';
import type { Shipments } from '../shipment/shipment.store.ts';
import type { Shipment, ShipmentState } from '../shipment/shipment.ts';
import type { CarrierPauses } from './carrier-pause.store.ts';
import { afresh } from './changes.ts';

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
  /** refused before it had a number: only an order put right can be shipped */
  | { shipmentId: string; outcome: 'never-numbered' }
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
 * same reason. The message goes first and carries the order with it, so that a death in between loses nothing: the drain
 * takes up what still stands. The second time: already on its way, so it only gets another message, which finds nothing
 * to do.
 * @throws when the queue or a table cannot be reached; sent again, nothing is doubled
 */
export const resend = async (ports: ResendPorts, shipmentIds: readonly string[]): Promise<Resent[]> => {
  const results: Resent[] = [];
  const paused = (await ports.pauses.read()).contracts;
  const ids = [...new Set(shipmentIds)];
  for (let i = 0; i < ids.length; i += AT_ONCE) {
    const some = await Promise.all(
      ids.slice(i, i + AT_ONCE).map(async (id) => planOf(id, await ports.attempts.read(id))),
    );
    for (const { standing } of some) {
      if (standing === undefined || paused.get(standing.contractId)?.code !== standing.refusal?.code)
        continue;
      await ports.pauses.clearContract(standing.contractId);
      paused.delete(standing.contractId);
    }
    const again = ports.clock();
    await ports.queue.send(
      some
        .filter(({ resent }) => resent.outcome === 'queued')
        .map(({ resent: { shipmentId }, standing }) => ({
          body: { v: 1, shipmentId, ...(standing !== undefined && { again }) },
        })),
    );
    results.push(...(await Promise.all(some.map((plan) => reopen(ports, plan, again)))));
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

interface Plan {
  resent: Resent;
  /** what is to be taken up again */
  standing?: Shipment;
}

const planOf = (shipmentId: string, shipment: Shipment | undefined): Plan => {
  if (shipment === undefined) return { resent: { shipmentId, outcome: 'unknown-shipment' } };
  const { state } = shipment;
  switch (state) {
    case 'allocated':
    case 'sending':
    case 'unknown':
      return { resent: { shipmentId, outcome: 'queued' } };
    case 'refused':
    case 'parked':
    case 'retrying':
      return shipment.ledgerSeq === undefined
        ? { resent: { shipmentId, outcome: 'never-numbered' } }
        : { resent: { shipmentId, outcome: 'queued' }, standing: shipment };
    case 'waiting':
    case 'accepted':
    case 'cancelled':
    case 'closed':
      return { resent: { shipmentId, outcome: 'not-resendable', state } };
  }
};

/** Written at once, so that the order shows: the drain would do it as well when the message comes to it. */
const reopen = async (
  { attempts }: ResendPorts,
  { resent, standing }: Plan,
  again: number,
): Promise<Resent> => {
  if (standing === undefined) return resent;
  const answer = await attempts.commit(standing, [standing.state], afresh(standing, again));
  const taken = answer.outcome === 'written' || answer.existing?.receivedAt === again;
  return taken ? resent : { shipmentId: standing.shipmentId, outcome: 'changed' };
};
