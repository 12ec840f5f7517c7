/** One drain run over a queue, records and an ePost in memory, with everything it counts, says and remembers. */
import { setImmediate as turn } from 'node:timers/promises';
import type { Shipment } from '../../../functions/shipment/shipment.ts';
import type { Remembered } from '../../../functions/transmission/carrier-pause.store.ts';
import { drain, type DrainPorts } from '../../../functions/transmission/drain.ts';
import type { RunTally } from '../../../functions/transmission/run-tally.store.ts';
import { aContract, aShipment, T0 } from '../../support/builders.ts';
import { createFakeCarrier } from './fake-carrier.ts';

export const openRunDesk = () => {
  const records = new Map<string, Shipment>();
  const queue: { messageId: string; body: string; showsAt: number }[] = [];
  const seen = {
    counts: {} as Record<string, number>,
    gauges: [] as unknown[][],
    warnings: [] as unknown[][],
    told: [] as string[],
    tallies: [] as RunTally[],
    log: [] as string[],
  };
  const remembered: Remembered = {
    pause: undefined,
    stop: undefined,
    lastGood: undefined,
    contracts: new Map(),
  };
  let messageNo = 0;
  const enqueue = (body: unknown, delaySeconds = 0) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    queue.push({ messageId: `m${++messageNo}`, body: text, showsAt: desk.now + delaySeconds * 1000 });
  };
  const write = (shipment: Shipment, set: Partial<Shipment>, remove: readonly (keyof Shipment)[] = []) => {
    const after = { ...shipment, ...set };
    for (const name of remove) delete after[name];
    records.set(after.shipmentId, after);
    return after;
  };
  const carrier = createFakeCarrier(
    () => desk.now,
    (ms) => (desk.now += ms),
  );
  const ports: DrainPorts = {
    clock: () => desk.now,
    attempts: {
      read: async (id) => records.get(id),
      claim: async (id, now) => {
        await turn();
        const existing = records.get(id);
        if (existing === undefined || !['allocated', 'retrying'].includes(existing.state))
          return { outcome: 'not-claimed', existing };
        if (existing.cancel !== undefined || (existing.notBefore ?? 0) > now)
          return { outcome: 'not-claimed', existing };
        const begun = { state: 'sending', attempt: existing.attempt + 1, attemptAt: now } as const;
        return { outcome: 'claimed', shipment: write(existing, begun, ['notBefore']) };
      },
      claimAgain: () => Promise.reject(new Error('nothing is settled here')),
      commit: async ({ shipmentId }, states, change) => {
        const existing = records.get(shipmentId);
        if (existing === undefined || !states.includes(existing.state))
          return { outcome: 'changed', existing };
        return { outcome: 'written', shipment: write(existing, change.set, change.remove) };
      },
    },
    contract: async (contractId) => aContract({ contractId, customerNo: '0011223344' }),
    pauses: {
      read: async () => (
        seen.log.push('reads pauses'),
        { ...remembered, contracts: new Map(remembered.contracts) }
      ),
      write: async (pause) => void (remembered.pause = pause),
      clear: async () => void (remembered.pause = undefined),
      writeContract: async (contractId, pause) => void remembered.contracts.set(contractId, pause),
      clearContract: async (contractId) => void remembered.contracts.delete(contractId),
      writeLastGood: async (contractId) => {
        seen.log.push(`last good ${contractId}`);
        remembered.lastGood = contractId;
      },
    },
    tallies: { write: async (tally) => void seen.tallies.push(tally) },
    carrier,
    queue: {
      send: async (all) => all.forEach(({ body, delaySeconds }) => enqueue(body, delaySeconds)),
      receive: async () => {
        const some = queue.filter(({ showsAt }) => showsAt <= desk.now).slice(0, 10);
        for (const one of some) one.showsAt = desk.now + 120_000;
        return some.map((one) => ({ ...one, receiptHandle: one.messageId, sentAt: desk.now }));
      },
      remove: async ({ messageId }) => {
        const at = queue.findIndex((one) => one.messageId === messageId);
        if (at >= 0) queue.splice(at, 1);
      },
    },
    publish: async (events) => void seen.told.push(...events.map(({ detailType }) => detailType)),
    count: (name, value = 1) => void (seen.counts[name] = (seen.counts[name] ?? 0) + value),
    gauge: (...gauge) => void seen.gauges.push(gauge),
    warn: (...said) => void seen.warnings.push(said),
    settleMs: 210_000,
    maxAttempts: 5,
  };
  const desk = {
    ...seen,
    now: T0,
    ports,
    carrier,
    queue,
    records,
    remembered,
    enqueue,
    settings: { callsInFlight: 2, drainMs: 95_000 },
    ship: (shipmentId: string, over: Partial<Shipment> = {}) => {
      records.set(shipmentId, aShipment({ shipmentId, ...over }));
      enqueue({ v: 1, shipmentId });
    },
    drain: () => drain(ports, desk.settings),
  };
  return desk;
};
