import * as z from 'zod/mini';
import { type TransmissionMessage, transmissionMessage } from './message.ts';
import type { ReceivedMessage } from '../runtime/queue.client.ts';
import { createBreaker } from './breaker.ts';
import { type CarrierPause, openCarrierPause, type PauseReason } from './carrier-pause.ts';
import type { Remembered } from './carrier-pause.store.ts';
import { createContractGate } from './contract-gate.ts';
import { createDoubt, type Suspect } from './doubt.ts';
import type { DrainPorts, DrainResult, DrainSettings } from './drain.ts';
import { type Next, refuse, release, type TouchPorts } from './endings.ts';
import { createGate } from './gate.ts';
import { createMailbox, type Mailbox } from './mailbox.ts';
import { createResting } from './resting.ts';
import { checkKey } from './probe.ts';
import { touch } from './transmit.ts';

/** So many touches in a row broken off by our own side, and the run cannot go on. */
const BROKEN_IN_A_ROW = 10;
/** Then the key is checked in the middle of the run. */
const VERDICTS_HELD = 20;
const AGAIN_MS = 60_000;
/** How soon an operator's stop is noticed. */
const LOOK_MS = 10_000;

/** Metrics that say how a shipment ended, for the tally of the run. */
const ENDINGS: Readonly<Record<string, 'done' | 'failed'>> = {
  Transmitted: 'done',
  TransmissionRefused: 'failed',
  TransmissionParked: 'failed',
};

type Known = Remembered & { closesAt: number };
type Held = Suspect & { message: ReceivedMessage };

export interface Run {
  next: Mailbox['next'];
  work: (message: ReceivedMessage) => Promise<void>;
  /** To be called on every path: nothing held or received may be left behind. */
  end: () => Promise<void>;
  result: () => DrainResult;
}

/** What one run keeps in mind: whether it is open, what is held back, what is under way. */
export const beginRun = (ports: DrainPorts, settings: DrainSettings, known: Known): Run => {
  const { clock, count, warn } = ports;
  const underWay = new Map<string, Promise<void>>();
  const spoken: Promise<void>[] = [];
  let opened: CarrierPause | undefined;
  let stopped = false;
  let lookedAt = clock();
  let takenOf: string | undefined;
  let [touched, failed, brokenInARow] = [0, 0, 0];
  const ended = { done: 0, failed: 0 };

  const isOpen = () => opened === undefined && !stopped && clock() < known.closesAt;
  const lookForStop = async () => {
    if (clock() - lookedAt < LOOK_MS) return;
    lookedAt = clock();
    stopped = (await ports.pauses.read()).stop !== undefined;
  };
  const open = (reason: PauseReason, detail?: { codes: string[]; contractId: string }) => {
    opened ??= openCarrierPause(reason, clock(), detail);
  };
  const mailbox = createMailbox(ports.queue, isOpen);
  const resting = createResting(clock);
  const gate = createContractGate(known.contracts, clock);
  const touchPorts: TouchPorts = {
    ...ports,
    count: (name, value) => {
      const end = ENDINGS[name];
      if (end !== undefined) ended[end] += 1;
      count(name, value);
    },
    carrier: gatedCarrier(ports, settings, {
      isOpen,
      open,
      cautious: known.pause !== undefined,
      tookAnOrder: () => void spoken.push(speakAll()),
    }),
    contractGate: {
      ...gate,
      taken: (contractId) => {
        takenOf = contractId;
        return gate.taken(contractId);
      },
    },
  };
  const follow = async (message: ReceivedMessage, shipmentId: string, next: Next): Promise<void> => {
    if (next.then === 'remove') return ports.queue.remove(message);
    if (next.then === 'held') return doubt.hold({ ...next.suspect, message });
    // Another message of it is hidden still and comes in time: without this, every crash between putting back and
    // removing would leave one more, and a shipment that waits for hours ever more of them.
    if (resting.has(shipmentId, clock() + next.delayMs)) return ports.queue.remove(message);
    const shows = clock() + next.delayMs;
    await mailbox.putBack(message, next.delayMs);
    resting.note(shipmentId, shows);
  };
  const doubt = createDoubt<Held>({
    isOpen,
    checkKey: (contractId) => checkKey(ports, [known.lastGood, contractId]),
    speak: async ({ shipment, refusal, pauseContract, message }) =>
      follow(message, shipment.shipmentId, await refuse(touchPorts, shipment, refusal, pauseContract)),
    drop: async ({ shipment, message }, cause) =>
      follow(
        message,
        shipment.shipmentId,
        await release(touchPorts, shipment, cause, cause === 'not-begun' ? 0 : AGAIN_MS),
      ),
    pause: (codes, contractId) => open('wrong-key', { codes, contractId }),
    keyJustChecked: known.pause?.reason === 'wrong-key',
    most: VERDICTS_HELD,
  });
  const noteBroken = (error: unknown, shipmentId?: string) => {
    failed += 1;
    brokenInARow += 1;
    count('TransmissionBroken');
    warn('touch broken off', { ...(shipmentId && { shipmentId }), error: (error as Error).name });
  };
  const speakAll = () => doubt.taken().catch((error: unknown) => noteBroken(error));
  const work = async (message: ReceivedMessage): Promise<void> => {
    const order = readMessage(message.body);
    // Left where it is: after some receives it lands in the dead letters, where it rings.
    if (order === undefined) return count('TransmissionMessageUnreadable');
    const { shipmentId } = order;
    // A second message for a shipment that is being touched right now waits for its turn.
    const turn = (underWay.get(shipmentId) ?? Promise.resolve()).then(() => touchOne(message, order));
    underWay.set(
      shipmentId,
      turn.catch(() => undefined),
    );
    await turn;
  };
  const touchOne = async (message: ReceivedMessage, order: TransmissionMessage): Promise<void> => {
    try {
      touched += 1;
      await follow(message, order.shipmentId, await touch(touchPorts, order));
      brokenInARow = 0;
    } catch (error) {
      noteBroken(error, order.shipmentId);
      if (brokenInARow >= BROKEN_IN_A_ROW) throw error;
    }
  };
  const end = async () => {
    await mailbox.giveBack();
    await Promise.all(spoken);
    await doubt.end();
    if (opened !== undefined) await writePause(ports, opened);
    if (takenOf !== undefined && takenOf !== known.lastGood) await ports.pauses.writeLastGood(takenOf);
    if (ended.done + ended.failed > 0) await ports.tallies.write({ at: clock(), ...ended });
  };
  const result = (): DrainResult => {
    const paused = stopped ? 'operator' : opened?.reason;
    return { ...(paused !== undefined && { paused }), touched, failed };
  };
  const next = async () => {
    await lookForStop();
    return mailbox.next();
  };
  return { next, work, end, result };
};

interface Watch {
  isOpen: () => boolean;
  /** a pause has just been ended by a probe */
  cautious: boolean;
  open: (reason: PauseReason) => void;
  tookAnOrder: () => void;
}

/** The carrier behind the gate, with the breaker watching every answer. */
const gatedCarrier = (
  { carrier, clock, count, gauge }: DrainPorts,
  { callsInFlight }: DrainSettings,
  { isOpen, cautious, open, tookAnOrder }: Watch,
) => {
  const breaker = createBreaker();
  return createGate(carrier, {
    slots: callsInFlight,
    cautious,
    clock,
    open: isOpen,
    note: (call, outcome, tookMs) => {
      gauge('CarrierCallMs', tookMs, 'Milliseconds');
      count('CarrierCalls');
      if (outcome === 'error') count('CarrierCallsRefused');
      else if (outcome !== 'ok') count('CarrierCallsUnanswered');
      if (call === 'insertOrder' && outcome === 'ok') tookAnOrder();
      const reason = breaker(outcome);
      if (reason !== undefined) open(reason);
    },
  });
};

const writePause = async ({ pauses, count, warn }: DrainPorts, pause: CarrierPause): Promise<void> => {
  await pauses.write(pause);
  count('CarrierPauseOpened');
  const { reason, until, codes } = pause;
  warn('carrier pause opened', { reason, until: new Date(until).toISOString(), codes });
};

/** What a message is about; undefined: not a message of ours. */
const readMessage = (body: string): TransmissionMessage | undefined => {
  try {
    const parsed = z.safeParse(transmissionMessage, JSON.parse(body));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
};
