/** What a run is about: who ships what, and for how long things go wrong. Drawn from the tape before anything happens. */
import type { Tape } from '../kernel/tape.ts';

export type Profile = 'parcels' | 'tracking' | 'applications' | 'retention';
export const PROFILES = ['parcels', 'tracking', 'applications', 'retention'] as const;

export interface Scenario {
  profile: Profile;
  /** epoch ms */
  startsAt: number;
  /** how long things go wrong */
  troubledMs: number;
  contracts: { contractId: string; numbering: 'band' | 'carrier-issued'; numbers: number }[];
  shipments: number;
  /** jumps of the clock, in all of the time */
  jumps: number;
  outages: number;
  applications: number;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** A Tuesday, 00:00 KST. */
const MIDNIGHT = Date.parse('2026-11-24T00:00:00+09:00');

export const drawScenario = (tape: Tape, given?: Profile): Scenario => {
  const drawn = (
    [
      'parcels',
      'parcels',
      'parcels',
      'tracking',
      'tracking',
      'applications',
      'applications',
      'retention',
    ] as const
  )[tape.next(8)];
  const profile = given ?? drawn!;
  const longest = { parcels: 50 * MINUTE, tracking: 9 * HOUR, applications: 3 * HOUR, retention: 8 * HOUR };
  const few = profile === 'parcels' ? 8 : 4;
  return {
    profile,
    startsAt: MIDNIGHT + startOf(profile, tape),
    troubledMs: longest[profile] / 2 + tape.next(longest[profile] / 2),
    contracts: Array.from({ length: 1 + tape.next(3) }, (_, i) => ({
      contractId: i === 2 ? 'plaza/seller-7' : `shop-${i}`,
      numbering: tape.chance(200) ? ('carrier-issued' as const) : ('band' as const),
      numbers: tape.chance(300) ? 1 + tape.next(4) : 20,
    })),
    shipments: profile === 'applications' ? tape.next(3) : 1 + tape.next(few),
    jumps: tape.next(3),
    outages: tape.next(3) === 2 ? 1 : 0,
    applications: profile === 'applications' ? 1 + tape.next(4) : 0,
  };
};

/** Half of the parcels' runs cross midnight in Korea, where ePost's day changes; messages go out by day only. */
const startOf = (profile: Profile, tape: Tape): number => {
  if (profile === 'applications') return 9 * HOUR + tape.next(6) * HOUR;
  return tape.next(2) === 1 ? 23 * HOUR + tape.next(60) * MINUTE : 14 * HOUR + tape.next(6) * HOUR;
};

export { DAY, HOUR, MINUTE };
