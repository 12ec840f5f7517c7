const HOUR = 3_600_000;

/** All wire times are Korean local time without an offset (wire facts 5.5). */
function kstIso(now: number): string {
  return new Date(now + 9 * HOUR).toISOString();
}

/** Korean calendar day of an instant, `yyyyMMdd`. */
export function kstDay(now: number): string {
  return kstIso(now).slice(0, 10).replaceAll('-', '');
}

/** `yyyyMMddHHmmss` in Korea, as resDate and canceldate are written. */
export function kstStamp(now: number): string {
  return kstIso(now).slice(0, 19).replaceAll(/[-:T]/g, '');
}

/** Day and minute of an instant in Korea: `{ day: '2026-11-24', time: '14:20', seconds: '05' }`. */
export function kstParts(now: number): { day: string; time: string; seconds: string } {
  const iso = kstIso(now);
  return { day: iso.slice(0, 10), time: iso.slice(11, 16), seconds: iso.slice(17, 19) };
}
