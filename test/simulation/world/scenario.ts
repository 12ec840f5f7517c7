/** What a run is about: who ships what, and for how long things go wrong. Drawn from the tape before anything happens. */
import type { Tape } from '../kernel/tape.ts';

/** `desk`: people at the console, with much to put right. */
export type Profile = 'parcels' | 'desk' | 'tracking' | 'applications' | 'retention';
export const PROFILES = ['parcels', 'desk', 'tracking', 'applications', 'retention'] as const;
/** Of fourteen runs. */
const TURNS: readonly Profile[] = PROFILES.flatMap((profile) =>
  Array<Profile>({ parcels: 3, desk: 4, tracking: 2, applications: 3, retention: 2 }[profile]).fill(profile),
);
/** Most of the sluggish functions are those that hand on what they have no time for. */
const SLUGGISH: readonly string[] = Object.entries({
  'ledger-audit': 9,
  sync: 3,
  jobs: 1,
  allocate: 1,
  drain: 1,
}).flatMap(([entry, share]) => Array<string>(share).fill(entry));

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
  /** what we tell ourselves over the bus never arrives while things go wrong: the clock's own calls have to do it all */
  deaf: boolean;
  /** a function whose every call takes up to a quarter of its time, while things go wrong */
  sluggish: string | undefined;
  applications: number;
}

/** At most, besides one. */
const SHIPMENTS = { parcels: 8, desk: 8, tracking: 6, applications: 2, retention: 16 };

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** A Tuesday, 00:00 KST. */
const MIDNIGHT = Date.parse('2026-11-24T00:00:00+09:00');

export const drawScenario = (tape: Tape, given?: Profile): Scenario => {
  const drawn = TURNS[tape.next(TURNS.length)];
  const profile = given ?? drawn!;
  const longest = {
    parcels: 50 * MINUTE,
    desk: 80 * MINUTE,
    tracking: 9 * HOUR,
    applications: 3 * HOUR,
    retention: 8 * HOUR,
  };
  return {
    profile,
    startsAt: MIDNIGHT + startOf(profile, tape),
    troubledMs: longest[profile] / 2 + tape.next(longest[profile] / 2),
    contracts: Array.from({ length: 1 + tape.next(3) }, (_, i) => ({
      contractId: i === 2 ? 'plaza/seller-7' : `shop-${i}`,
      numbering: tape.chance(200) ? ('carrier-issued' as const) : ('band' as const),
      numbers: tape.chance(300) ? 1 + tape.next(4) : 20,
    })),
    shipments: profile === 'applications' ? tape.next(3) : 1 + tape.next(SHIPMENTS[profile]),
    jumps: tape.next(3),
    outages: tape.next(4),
    deaf: tape.chance(650),
    sluggish: sluggishOf(profile, tape),
    applications: profile === 'applications' ? 4 + tape.next(4) : 0,
  };
};

const sluggishOf = (profile: Profile, tape: Tape): string | undefined => {
  if (profile === 'tracking' || profile === 'retention') return tape.chance(500) ? 'sync' : undefined;
  return tape.chance(profile === 'desk' ? 850 : 100) ? SLUGGISH[tape.next(SLUGGISH.length)] : undefined;
};

/** Half of the parcels' runs cross midnight in Korea, where ePost's day changes; messages go out by day only. */
const startOf = (profile: Profile, tape: Tape): number => {
  if (profile === 'applications') return 9 * HOUR + tape.next(6) * HOUR;
  return tape.next(2) === 1 ? 23 * HOUR + tape.next(60) * MINUTE : 14 * HOUR + tape.next(6) * HOUR;
};

export { DAY, HOUR, MINUTE };
