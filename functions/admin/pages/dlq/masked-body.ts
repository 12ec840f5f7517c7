/**
 * A failed message, fit to be shown to whoever looks: ids, codes and times that are known to be harmless, and no other
 * value. What the body holds was written by somebody else, so neither its names nor its values are taken on trust.
 */
import { TELLS_NO_PERSON } from '../../mask.ts';

/** Names of our own messages; a name that is none of these could itself say something. */
const NAMES = new Set([
  ...TELLS_NO_PERSON,
  ...`detail recipient orderer sender goods name zip address1 address2 tel mobile message model color contentCode
      resources companyName contact site customerNo approvalNo businessNo password passwordSealed`.split(
    /\s+/,
  ),
]);
/** `detail.recipient.mobile`, `detail.checks.0`: where in a message of ours something is. */
export const isKnownPath = (path: string): boolean =>
  path.split('.').every((name) => NAMES.has(name) || /^\d{1,4}$/.test(name));
/** Words in Hangul that a shown field may hold. */
const WORDS = new Set(['우체국(자동)']);
/** Long bodies are cut: the beginning tells what kind of message it is. */
const MOST_SHOWN = 3000;
const HIDDEN = '***';

export interface Letter {
  /** masked, ready for a `<pre>` */
  text: string;
  /** the body where it can be read, unmasked: for finding what it is about, never to be shown */
  read?: unknown;
}

/** Broken JSON is hidden whole; only its length is told. */
export const maskedBody = (body: string): Letter => {
  const read = parse(body);
  if (read === undefined) return { text: `읽을 수 없는 내용 ${body.length.toLocaleString('ko')}자` };
  return { text: shortened(JSON.stringify(masked(read, false), null, 2)), read };
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const shortened = (text: string): string =>
  text.length <= MOST_SHOWN ? text : `${text.slice(0, MOST_SHOWN)}\n… (뒤는 줄였습니다)`;

const masked = (value: unknown, harmless: boolean): unknown => {
  if (Array.isArray(value)) return value.map((one) => masked(one, harmless));
  if (value !== null && typeof value === 'object')
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [
        NAMES.has(name) ? name : HIDDEN,
        masked(inner, TELLS_NO_PERSON.has(name)),
      ]),
    );
  if (value === null || typeof value === 'boolean' || value === '') return value;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return harmless && isHarmless(text) ? value : HIDDEN;
};

/** An id, a code, a number or a time; nothing that looks like a telephone number. */
export const isHarmless = (text: string): boolean =>
  WORDS.has(text) || (ASCII_ID.test(text) && !isTelephone(text));
const ASCII_ID = /^[\w.:+#/-]{1,80}$/;
const isTelephone = (text: string): boolean =>
  /^(?:\+?82|0)?[1-9]\d{7,9}$/.test(text.replaceAll(/[-.]/g, ''));
