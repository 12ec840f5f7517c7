/** How numbers and times are written for Korean readers. */
import { koreanTimeOfDay } from '../../functions/shipment/korean-day.ts';

const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');

/** `14:20:00`, Korean time, of epoch milliseconds. */
export const clockWord = (at: number): string => {
  const seconds = koreanTimeOfDay(at) / 1000;
  return `${two(seconds / 3600)}:${two((seconds / 60) % 60)}:${two(seconds % 60)}`;
};

/** `5시간 40분`, `5분 12초`, `8초`, `1일 2시간`: the two largest units of a length in milliseconds. */
export const lengthWord = (ms: number): string => {
  const seconds = Math.max(0, Math.round(ms / 1000));
  const parts: [number, string][] = [
    [Math.floor(seconds / 86_400), '일'],
    [Math.floor(seconds / 3600) % 24, '시간'],
    [Math.floor(seconds / 60) % 60, '분'],
    [seconds % 60, '초'],
  ];
  const first = parts.findIndex(([count]) => count > 0);
  if (first < 0) return '0초';
  return parts
    .slice(first, first + 2)
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count}${unit}`)
    .join(' ');
};

/** `68999-0012-3456`; anything but 13 digits stays as it is. */
export const waybillWord = (waybillNumber: string): string =>
  waybillNumber.replace(/^(\d{5})(\d{4})(\d{4})$/, '$1-$2-$3');

/** `1,184`. */
export const countWord = (count: number): string => count.toLocaleString('ko-KR');
