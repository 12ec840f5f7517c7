const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** One scan of a plan: when after the booking, the carrier's word, where, and what goes with it. */
export interface PlannedScan {
  afterMs: number;
  word: string;
  office: string;
  /** Why it was not delivered (nondelivreasnnm). */
  reason?: string;
}

export type JourneyPlan = readonly PlannedScan[];

/** A scan the carrier shows: `at` in epoch ms. */
export interface ShownScan {
  at: number;
  word: string;
  office: string;
  reason: string;
}

const scan = (hours: number, word: string, office: string, reason?: string): PlannedScan => ({
  afterMs: Math.round(hours * HOUR),
  word,
  office,
  ...(reason === undefined ? {} : { reason }),
});

const outbound = [
  scan(1.5, '접수', '모의우체국'),
  scan(3, '발송', '모의우체국'),
  scan(8, '도착', '모의우편집중국'),
  scan(16, '발송', '모의우편집중국'),
  scan(20, '도착', '가상우체국'),
  scan(21, '배달준비', '가상우체국'),
];

/** The named journeys; times are invented, the words are the carrier's (requirements, section 3). */
export const journeyPlans = {
  standard: [...outbound, scan(23, '배달완료 ( 배달 )', '가상우체국')],
  /** A whole journey inside six hours, for a first look. */
  quick: [
    scan(1.5, '접수', '모의우체국'),
    scan(2, '발송', '모의우체국'),
    scan(3.5, '도착', '가상우체국'),
    scan(4, '배달준비', '가상우체국'),
    scan(5, '배달완료(수령희망장소배달-문 앞)', '가상우체국'),
  ],
  'failed-attempt': [
    ...outbound,
    scan(23, '미배달', '가상우체국', '폐문부재'),
    scan(45, '배달준비', '가상우체국'),
    scan(47, '배달완료 ( 배달 )', '가상우체국'),
  ],
  returned: [
    ...outbound,
    scan(23, '미배달', '가상우체국', '수취인불명'),
    scan(47, '반송', '가상우체국'),
    scan(70, '도착', '모의우체국'),
  ],
  'late-acceptance': [
    scan(1.5, '접수 마감 후 접수(익일발송)', '모의우체국'),
    scan(25, '발송', '모의우체국'),
    scan(32, '도착', '가상우체국'),
    scan(33, '배달준비', '가상우체국'),
    scan(35, '배달완료 ( 배달 )', '가상우체국'),
  ],
  mailbox: [...outbound, scan(23, '수취함투함', '가상우체국')],
  'not-collected': [scan(6, '미집하', '모의우체국')],
  'unknown-word': [...outbound, scan(23, '드론인계', '가상우체국')],
  'never-scanned': [],
} as const satisfies Record<string, JourneyPlan>;

export type JourneyName = keyof typeof journeyPlans;

/** True for the name of a journey in the table above. */
export function isJourneyName(name: unknown): name is JourneyName {
  return typeof name === 'string' && Object.hasOwn(journeyPlans, name);
}

/**
 * The scans shown at `now`, in the plan's order. `played` holds the times given to the first scans when somebody
 * asked for them ahead of the plan; the others show when the clock reaches them.
 */
export function shownScans(
  plan: JourneyPlan,
  bookedAt: number,
  played: readonly number[],
  now: number,
): ShownScan[] {
  const shown: ShownScan[] = [];
  let latest = 0;
  for (const [index, planned] of plan.entries()) {
    const ahead = played[index];
    const at = ahead ?? Math.max(bookedAt + planned.afterMs, latest === 0 ? 0 : latest + MINUTE);
    if (ahead === undefined && at > now) break;
    latest = at;
    shown.push({ at, word: planned.word, office: planned.office, reason: planned.reason ?? '' });
  }
  return shown;
}

/**
 * The times that make the scans up to the last one whose word starts with `until` (all without it) show now.
 * Scans not yet due get one minute each, ending now where the booking is old enough: the wire carries minutes only,
 * and two scans in one minute would have no order.
 */
export function playAhead(
  plan: JourneyPlan,
  bookedAt: number,
  played: readonly number[],
  now: number,
  until?: string,
): number[] {
  const last = until === undefined ? plan.length - 1 : plan.findLastIndex((s) => s.word.startsWith(until));
  const due = shownScans(plan, bookedAt, played, now).map((s) => s.at);
  const missing = last + 1 - due.length;
  if (missing <= 0) return due;
  const from = Math.max(due.at(-1) ?? bookedAt, now - missing * MINUTE);
  return [...due, ...Array.from({ length: missing }, (_, i) => from + (i + 1) * MINUTE)];
}
