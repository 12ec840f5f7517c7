/** The drain's surroundings in memory, with the stores' real conditions and no cost of their own. */
import type { Attempts, Change, Claimed, Committed, Fence } from '../functions/shipment/attempt.store.ts';
import { koreanDay } from '../functions/shipment/korean-day.ts';
import type { Shipment, ShipmentState } from '../functions/shipment/shipment.ts';
import type { DrainPorts } from '../functions/transmission/drain.ts';
import type { ReceivedMessage } from '../functions/runtime/queue.client.ts';
import { aContract, aShipment } from '../test/support/builders.ts';

interface Waiting extends ReceivedMessage {
  visibleAt: number;
}
const VISIBILITY_MS = 180_000;

export interface MemoryWorld {
  shipments: Map<string, Shipment>;
  ports: Omit<DrainPorts, 'carrier'>;
  /** shipments not yet accepted */
  open(): number;
  maxInFlight: number;
}

/** `guard` stands before every call of the drain to the outside: a crash is a guard that never returns. */
export const createMemoryWorld = (
  count: number,
  clock: () => number,
  guard: <T>(answer: T) => Promise<T> = async (answer) => answer,
): MemoryWorld => {
  const shipments = new Map<string, Shipment>();
  const messages = new Map<string, Waiting>();
  let serial = 0;
  let accepted = 0;
  const put = (body: unknown, delayMs = 0) => {
    const messageId = String(serial++);
    const text = JSON.stringify(body);
    messages.set(messageId, {
      messageId,
      receiptHandle: messageId,
      body: text,
      sentAt: clock(),
      visibleAt: clock() + delayMs,
    });
  };
  for (let i = 0; i < count; i++) {
    const shipmentId = `B-${i}`;
    shipments.set(
      shipmentId,
      aShipment({
        shipmentId,
        waybillNumber: String(6_100_000_000_000 + i),
        receivedAt: clock(),
        deadline: clock() + 1_200_000,
      }),
    );
    put({ v: 1, shipmentId });
  }
  const change = (shipment: Shipment, { set, remove = [] }: Change, begins: boolean): Shipment => {
    const next: Shipment = { ...shipment, ...set, ...(begins && { attempt: shipment.attempt + 1 }) };
    for (const name of remove) delete next[name];
    shipments.set(next.shipmentId, next);
    if (next.state === 'accepted' && shipment.state !== 'accepted') accepted += 1;
    return next;
  };
  const begin = (shipment: Shipment | undefined, now: number, may: boolean): Claimed =>
    shipment === undefined || !may
      ? { outcome: 'not-claimed', existing: shipment }
      : {
          outcome: 'claimed',
          shipment: change(
            shipment,
            { set: { state: 'sending', attemptAt: now, attemptDay: koreanDay(now) }, remove: ['notBefore'] },
            true,
          ),
        };
  const unfenced = (
    fence: Fence,
    states: readonly ShipmentState[],
    shipment: Shipment | undefined,
  ): boolean =>
    shipment !== undefined &&
    states.includes(shipment.state) &&
    shipment.attempt === fence.attempt &&
    shipment.attemptAt === fence.attemptAt;
  const attempts: Attempts = {
    read: (id) => guard(shipments.get(id)),
    claim: (id, now) => {
      const shipment = shipments.get(id);
      const due =
        shipment !== undefined &&
        ['allocated', 'retrying'].includes(shipment.state) &&
        (shipment.notBefore ?? 0) <= now;
      return guard(begin(shipment, now, due));
    },
    claimAgain: (fence, now) => {
      const shipment = shipments.get(fence.shipmentId);
      return guard(begin(shipment, now, unfenced(fence, ['sending', 'unknown'], shipment)));
    },
    commit: (fence, states, what): Promise<Committed> => {
      const existing = shipments.get(fence.shipmentId);
      if (existing === undefined || !unfenced(fence, states, existing))
        return guard({ outcome: 'changed', existing });
      return guard({ outcome: 'written', shipment: change(existing, what, false) });
    },
  };
  let pause: Parameters<DrainPorts['pauses']['write']>[0] | undefined;
  const contract = aContract();
  const world: MemoryWorld = {
    shipments,
    maxInFlight: 0,
    open: () => count - accepted,
    ports: {
      attempts,
      contract: async () => contract,
      queue: {
        send: async (all) => {
          for (const { body, delaySeconds = 0 } of all) put(body, delaySeconds * 1000);
          return guard(undefined);
        },
        receive: () => {
          const some: ReceivedMessage[] = [];
          for (const message of messages.values()) {
            if (message.visibleAt > clock()) continue;
            message.visibleAt = clock() + VISIBILITY_MS;
            some.push(message);
            if (some.length === 10) break;
          }
          // Looked at again last, so that finding the next ten does not pass over all that are hidden.
          for (const { messageId } of some) {
            const message = messages.get(messageId)!;
            messages.delete(messageId);
            messages.set(messageId, message);
          }
          return guard(some);
        },
        remove: ({ messageId }) => {
          messages.delete(messageId);
          return guard(undefined);
        },
      },
      pauses: {
        read: async () => ({ pause, stop: undefined, lastGood: contract.contractId, contracts: new Map() }),
        write: async (next) => void (pause = next),
        clear: async () => void (pause = undefined),
        writeContract: async () => undefined,
        clearContract: async () => undefined,
        writeLastGood: async () => undefined,
      },
      tallies: { write: async () => undefined },
      publish: () => guard(undefined),
      clock,
      count: () => undefined,
      gauge: () => undefined,
      warn: () => undefined,
      settleMs: 210_000,
      maxAttempts: 5,
    },
  };
  return world;
};
