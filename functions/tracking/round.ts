/**
 * What a message on the tracking queue asks for: a round begun, a round gone on with, or one parcel checked.
 * Told again, a start finds its own round and goes on where that stands; a round that has ended stays ended.
 */
import { koreanDay } from '../shipment/korean-day.ts';
import { check, type Checked } from './check.ts';
import {
  type Delivery,
  type LegOutcome,
  meteredSources,
  type RoundPorts,
  type RoundSettings,
  workOn,
} from './leg.ts';
import type { TrackingMessage } from './message.ts';
import { emptyTally, isAlive, nextScheduled, type Run } from './run.ts';
import { askedBudget, isWaybillNumber, none, planRound, roundBudget } from './whom-to-ask.ts';

export type RoundOutcome =
  | LegOutcome
  | { outcome: 'checked'; checked: Checked }
  /** overlap: another round is alive; not-followed: a parcel nobody can ask for */
  | { outcome: 'skipped'; why: 'overlap' | 'not-followed' };

export const handleMessage = async (
  ports: RoundPorts,
  settings: RoundSettings,
  message: TrackingMessage,
  delivery: Delivery,
): Promise<RoundOutcome> => {
  switch (message.kind) {
    case 'start':
      return start(ports, settings, delivery, message.by);
    case 'continue':
      return workOn(ports, settings, message.runId, delivery);
    case 'one':
      return checkOne(ports, settings, message.shipmentId);
  }
};

const start = async (
  ports: RoundPorts,
  settings: RoundSettings,
  delivery: Delivery,
  askedBy: string | undefined,
): Promise<RoundOutcome> => {
  const now = ports.clock();
  const runId = `${new Date(delivery.sentAt).toISOString()}#${delivery.messageId}`;
  const recent = await ports.records.latest(8);
  const [latest] = recent;
  if (latest !== undefined && latest.runId !== runId) {
    if (latest.runId > runId) return { outcome: 'skipped', why: 'superseded' };
    if (isAlive(latest, now)) return { outcome: 'skipped', why: 'overlap' };
  }
  await ports.records.begin(await newRun(ports, settings, { runId, recent, askedBy }));
  return workOn(ports, settings, runId, delivery);
};

const newRun = async (
  ports: RoundPorts,
  { quota, periodMs }: RoundSettings,
  { runId, recent, askedBy }: { runId: string; recent: readonly Run[]; askedBy: string | undefined },
): Promise<Run> => {
  const now = ports.clock();
  const source = ports.askers[0]?.name ?? 'none';
  const used = quota === undefined ? 0 : await ports.counter.used(source, koreanDay(now));
  const budgetOf = askedBy === undefined ? roundBudget : askedBudget;
  const budget = quota === undefined ? undefined : budgetOf(quota, used, now, periodMs);
  const scheduled = askedBy === undefined ? undefined : nextScheduled(recent, now, periodMs);
  const demand = recent.find(({ outcome }) => outcome === 'done')?.tally.met ?? none();
  return {
    runId,
    startedAt: now,
    ...(askedBy !== undefined && { askedBy }),
    source,
    round: Math.floor(now / periodMs),
    shares: planRound(budget, demand),
    ...(budget !== undefined && { budget }),
    leg: 0,
    busyUntil: 0,
    beatAt: now,
    tally: emptyTally(),
    nextDueAt: scheduled ?? now + periodMs,
  };
};

/** A check by hand: may use the part of the quota that rounds leave alone. */
const checkOne = async (
  ports: RoundPorts,
  settings: RoundSettings,
  shipmentId: string,
): Promise<RoundOutcome> => {
  const [shipment] = await ports.store.read([shipmentId]);
  const number = shipment?.waybillNumber;
  const followed = shipment?.state === 'accepted' || shipment?.state === 'closed';
  if (shipment === undefined || !followed || !isWaybillNumber(number)) {
    return { outcome: 'skipped', why: 'not-followed' };
  }
  const now = ports.clock();
  const due = (await ports.records.latest())[0]?.nextDueAt ?? 0;
  const sources = meteredSources(ports, settings, undefined, (quota) => quota);
  try {
    const checked = await check(
      { ...ports, sources },
      { ...shipment, waybillNumber: number },
      due > now ? due : now + settings.periodMs,
    );
    return { outcome: 'checked', checked };
  } finally {
    await Promise.all(sources.map(({ meter }) => meter.close()));
  }
};
