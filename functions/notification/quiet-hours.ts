/** Nobody is woken: between 21:00 and 08:00 KST a message waits until 08:00. */
import { koreanTimeOfDay } from '../shipment/korean-day.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const MORNING = 8 * HOUR_MS;
const NIGHT = 21 * HOUR_MS;

/** When a message that could go at `at` may go: `at` itself by day, the next 08:00 KST by night. Epoch ms. */
export const allowedAt = (at: number): number => {
  const time = koreanTimeOfDay(at);
  if (time >= MORNING && time < NIGHT) return at;
  return at - time + MORNING + (time >= NIGHT ? DAY_MS : 0);
};

/** What the form says while it is night, or undefined by day. */
export const quietNotice = (now: number): string | undefined => {
  if (allowedAt(now) === now) return undefined;
  return `지금은 밤이라 ${koreanTimeOfDay(now) >= NIGHT ? '내일' : '오늘'} 08:00에 보냅니다.`;
};
