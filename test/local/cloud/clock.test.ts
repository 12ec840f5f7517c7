import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createClock, virtualTime } from '../../../local/cloud/clock.ts';

const HOUR = 3_600_000;

describe('the local clock', () => {
  it('starts where it is told and jumps forward', () => {
    const clock = createClock({ start: 1_000 });
    clock.advanceTo(5 * HOUR);
    clock.advanceBy(HOUR);
    expect(clock.now()).toBeGreaterThanOrEqual(6 * HOUR);
    expect(clock.now()).toBeLessThan(6 * HOUR + 1_000);
  });

  it('is never turned back', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), fc.integer({ min: -HOUR, max: HOUR }))), (jumps) => {
        const clock = createClock({ start: 10 * HOUR });
        let before = clock.now();
        for (const [by, ms] of jumps) {
          if (by) clock.advanceBy(ms);
          else clock.advanceTo(10 * HOUR + ms);
          expect(clock.now()).toBeGreaterThanOrEqual(before);
          before = clock.now();
        }
      }),
    );
  });

  it('runs at its speed from the moment the speed changes', () => {
    const state = { anchorReal: 1_000, anchorVirtual: 50_000, speed: 60 };
    expect(virtualTime(state, 1_500)).toBe(80_000);
  });

  it('refuses to stand still', () => {
    expect(() => (createClock().speed = 0)).toThrow('above 0');
  });

  it('wakes at a jump whoever slept until then, and nobody else', async () => {
    const clock = createClock({ start: 0 });
    const woken: string[] = [];
    const first = clock.sleepUntil(HOUR).then(() => woken.push('first'));
    void clock.sleepUntil(2 * HOUR).then(() => woken.push('second'));
    expect(clock.nextSleeper()).toBe(HOUR);
    clock.advanceTo(HOUR);
    await first;
    expect(woken).toEqual(['first']);
    expect(clock.nextSleeper()).toBe(2 * HOUR);
  });
});
