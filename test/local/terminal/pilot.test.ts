import { describe, expect, it } from 'vitest';
import { jumpOnce, nextThatMatters, type Piloted } from '../../../local/demo/pilot.ts';

const every = (logicalId: string, minutes: number) => ({
  logicalId,
  next: (after: number) => (Math.floor(after / (minutes * 60_000)) + 1) * minutes * 60_000,
});
const schedules = [
  every('TransmissionDrainSchedule', 2),
  every('TrackingRoundSchedule', 180),
  every('ObservabilityWatchSchedule', 5),
];
const minute = (count: number) => count * 60_000;

describe('the next thing that matters', () => {
  it('is the drain while a shipment waits for it', () => {
    expect(nextThatMatters(schedules, minute(1), true)).toBe(minute(2));
  });

  it('is the tracking round once the transmission queue is empty', () => {
    expect(nextThatMatters(schedules, minute(1), false)).toBe(minute(180));
  });

  it('is nothing where nothing is scheduled', () => {
    expect(nextThatMatters([], 0, true)).toBeNull();
    expect(nextThatMatters([{ logicalId: 'RoundSchedule', next: () => null }], 0, false)).toBeNull();
  });
});

describe('a jump', () => {
  it('happens only after the stack is quiet, and waits for what it set off', async () => {
    const did: string[] = [];
    let now = minute(1);
    const piloted: Piloted = {
      clock: { now: () => now, advanceTo: (at) => (did.push('jump'), void (now = at)) },
      schedules,
      settle: async () => void did.push('settle'),
      transmissionWaits: async () => true,
    };
    expect(await jumpOnce(piloted)).toEqual({ jumpedTo: minute(2) });
    expect(did).toEqual(['settle', 'jump', 'settle']);
    expect(now).toBe(minute(2));
  });
});
