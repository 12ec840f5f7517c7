/** Korean local time has no daylight saving: UTC+9 all year. */
const KST_OFFSET_MS = 9 * 3_600_000;
const DAY_MS = 24 * 3_600_000;

/** KST calendar day as yyyymmdd, the form ePost keys reservations by. */
export const koreanDay = (epochMs: number): string =>
  new Date(epochMs + KST_OFFSET_MS).toISOString().slice(0, 10).replaceAll('-', '');

/**
 * Days to ask ePost about for an attempt: its own, and the neighbour when midnight is so close that the
 * two clocks may disagree about the day.
 */
export const daysToAsk = (attemptAt: number, marginMs = 15 * 60_000): string[] => [
  ...new Set([attemptAt, attemptAt + marginMs, attemptAt - marginMs].map(koreanDay)),
];

/** Milliseconds since KST midnight. */
export const koreanTimeOfDay = (epochMs: number): number => (epochMs + KST_OFFSET_MS) % DAY_MS;
