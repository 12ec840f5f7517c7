import { describe, expect, it } from 'vitest';
import { roundAge } from '../../functions/promise/round-age.ts';

describe('the age of the last tracking round', () => {
  it('counts from the end of the newest one that came to its end', () => {
    const runs = [
      { startedAt: 300 },
      { startedAt: 200, endedAt: 290, outcome: 'interrupted' as const },
      { startedAt: 100, endedAt: 150, outcome: 'done' as const },
      { startedAt: 10, endedAt: 50, outcome: 'done' as const },
    ];
    expect(roundAge(runs, 1_000)).toBe(850);
  });

  it('counts from the oldest start known where none came to its end', () => {
    expect(roundAge([{ startedAt: 300 }, { startedAt: 100 }], 1_000)).toBe(900);
  });

  it('says nothing before the first round', () => {
    expect(roundAge([], 1_000)).toBeUndefined();
  });
});
