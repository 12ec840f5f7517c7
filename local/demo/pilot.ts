/** Moves the time on while nothing happens: from one thing that will happen to the next. */

interface Schedule {
  logicalId: string;
  next(after: number): number | null;
}

/** What the pilot needs of the running stack. */
export interface Piloted {
  clock: { now(): number; advanceTo(epochMs: number): void };
  schedules: readonly Schedule[];
  /** until nothing runs and no message is ready */
  settle(): Promise<void>;
  /** whether shipments lie on the transmission queue, ready or delayed */
  transmissionWaits(): Promise<boolean>;
}

/**
 * Earliest time after `now` at which a schedule moves a parcel: the drain while shipments wait for it, and the
 * tracking round. The others watch or do the operators' work; they fire all the same when a jump passes over them.
 */
export const nextThatMatters = (
  schedules: readonly Schedule[],
  now: number,
  transmissionWaits: boolean,
): number | null => {
  const matters = ({ logicalId }: Schedule) =>
    logicalId.includes('RoundSchedule') || (transmissionWaits && logicalId.includes('DrainSchedule'));
  const times = schedules.filter(matters).flatMap(({ next }) => next(now) ?? []);
  return times.length === 0 ? null : Math.min(...times);
};

/** When the next thing happens, once the stack is quiet; null when nothing will. */
export const nextEvent = async ({
  clock,
  schedules,
  settle,
  transmissionWaits,
}: Piloted): Promise<number | null> => {
  await settle();
  return nextThatMatters(schedules, clock.now(), await transmissionWaits());
};

/** Waits until the stack is quiet, jumps to the next thing that happens, and waits until that is done. */
export const jumpOnce = async (piloted: Piloted): Promise<{ jumpedTo: number | null }> => {
  const next = await nextEvent(piloted);
  if (next === null) return { jumpedTo: null };
  piloted.clock.advanceTo(next);
  await piloted.settle();
  return { jumpedTo: next };
};
