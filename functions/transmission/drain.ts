import type { Queue } from '../runtime/queue.client.ts';
import { runRefillPool } from '../runtime/refill-pool.ts';
import { type CarrierPause, type PauseReason, prolong } from './carrier-pause.ts';
import type { CarrierPauses, Remembered } from './carrier-pause.store.ts';
import type { TouchPorts } from './endings.ts';
import type { Carrier } from './gate.ts';
import { isStillDown } from './probe.ts';
import { beginRun } from './run.ts';
import type { RunTallies } from './run-tally.store.ts';

export interface DrainPorts extends Omit<TouchPorts, 'carrier' | 'contractGate' | 'pauses'> {
  carrier: Carrier;
  queue: Pick<Queue, 'send' | 'receive' | 'remove'>;
  pauses: CarrierPauses;
  tallies: Pick<RunTallies, 'write'>;
  gauge: (name: string, value: number, unit: 'Seconds' | 'Milliseconds' | 'Count') => void;
}
export interface DrainSettings {
  /** carrier calls at once */
  callsInFlight: number;
  /** no call begins later than this after the start, ms */
  drainMs: number;
}
export interface DrainResult {
  /** the carrier is left alone */
  paused?: PauseReason | 'operator';
  /** shipments looked at */
  touched: number;
  /** of these, broken off by our own side; their messages come back */
  failed: number;
}

/** While one shipment is at ePost, others are being claimed and written down, so that no slot ever waits. */
const LANES_PER_SLOT = 2;

/**
 * One run over the transmission queue: every shipment that is due gets one touch, `callsInFlight` at a time.
 * The second time, also at the same time: what each shipment's record says decides, so nothing is sent twice.
 * While the carrier is paused only a probe goes out, and nothing is received; while an operator holds it, nothing at all.
 * @throws when our own side is broken, so that the alarm on this function rings; the messages stay queued
 */
export const drain = async (ports: DrainPorts, settings: DrainSettings): Promise<DrainResult> => {
  const closesAt = ports.clock() + settings.drainMs;
  ports.count('DrainHeartbeat');
  const remembered = await ports.pauses.read();
  ports.gauge('TransmissionStopped', remembered.stop === undefined ? 0 : 1, 'Count');
  if (remembered.stop !== undefined) return { paused: 'operator', touched: 0, failed: 0 };
  const pause = remembered.pause && (await stillPaused(ports, remembered.pause, remembered));
  if (pause !== undefined) {
    ports.gauge('CarrierPaused', 1, 'Count');
    return { paused: pause.reason, touched: 0, failed: 0 };
  }
  const run = beginRun(ports, settings, { ...remembered, closesAt });
  try {
    await runRefillPool(settings.callsInFlight * LANES_PER_SLOT, run.next, run.work);
  } finally {
    await run.end();
  }
  const result = run.result();
  ports.gauge('CarrierPaused', result.paused === undefined ? 0 : 1, 'Count');
  return result;
};

/** The pause if it goes on, undefined if it is over now. */
const stillPaused = async (
  ports: DrainPorts,
  pause: CarrierPause,
  { lastGood }: Remembered,
): Promise<CarrierPause | undefined> => {
  if (ports.clock() < pause.until) return pause;
  if (await isStillDown(ports, pause, lastGood)) {
    const longer = prolong(pause, ports.clock());
    await ports.pauses.write(longer);
    return longer;
  }
  await ports.pauses.clear();
  ports.count('CarrierPauseClosed');
  const seconds = Math.round((ports.clock() - pause.since) / 1000);
  ports.warn('carrier pause closed', { reason: pause.reason, seconds });
  return undefined;
};
