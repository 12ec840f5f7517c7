/** One SMS, never a longer and dearer one: two counters, and what a Korean phone can show. */

/** AWS counts UCS-2 units in one part; Korean gateways count CP949 bytes and turn more into an LMS. */
export const MOST_UNITS = 70;
export const MOST_BYTES = 90;

export interface SmsLength {
  /** UCS-2 units */
  units: number;
  /** CP949 bytes; a letter CP949 does not have counts two */
  bytes: number;
}
export type SmsCheck = SmsLength &
  /** `text`: as it will be sent; `reason`: Korean, names the fault and the fix */
  ({ outcome: 'fits'; text: string } | { outcome: 'refused'; reason: string });

/** How long a text is once it is sent, for the counter `46/70자 · 78/90바이트`. */
export const lengthOf = (text: string): SmsLength => {
  const plain = asSent(text);
  const bytes = [...plain].reduce((sum, letter) => sum + (isAscii(letter) ? 1 : 2), 0);
  return { units: plain.length, bytes };
};

/** Whether a text may go out as it is; checked when it is typed and once more before it is sent. */
export const checkSmsText = (text: string): SmsCheck => {
  const plain = asSent(text);
  const length = lengthOf(plain);
  const reason = faultOf(plain, length);
  return reason === undefined
    ? { outcome: 'fits', text: plain, ...length }
    : { outcome: 'refused', reason, ...length };
};

/** A form sends CRLF, a Mac may send Hangul in parts. */
const asSent = (text: string): string => text.normalize('NFC').replaceAll('\r\n', '\n').trim();

const faultOf = (plain: string, { units, bytes }: SmsLength): string | undefined => {
  if (plain === '') return '보낼 문자 내용을 넣어 주세요.';
  const strange = [...new Set([...plain].filter((letter) => !isSendable(letter)))];
  if (strange.length > 0)
    return `문자로 보낼 수 없는 글자가 있습니다: ${strange.slice(0, 5).map(shown).join(' ')}. 지우거나 다른 글자로 바꿔 주세요.`;
  if (ADDRESS.test(plain))
    return '인터넷 주소가 든 문자는 스팸으로 막힐 수 있습니다. 주소를 지우고 "쇼핑몰 관리자"처럼 글로 안내해 주세요.';
  const over = Math.max(units - MOST_UNITS, Math.ceil((bytes - MOST_BYTES) / 2));
  return over > 0 ? `문자 1건보다 깁니다. ${over}자 줄여 주세요.` : undefined;
};

/** Smishing filters look for these; a bare domain counts, a decimal point or the end of a sentence does not. */
const ADDRESS = /:\/\/|www\.|[a-z0-9-]\.[a-z]{2,}|[가-힣a-z0-9]\.(한국|닷컴|닷넷)|\d{1,3}(\.\d{1,3}){3}/iu;

const isSendable = (letter: string): boolean =>
  (isAscii(letter) ? letter === '\n' || letter >= ' ' : hasTwoBytes(letter)) && !isPicture(letter);

/** `*`, `#` and digits have this property too in Unicode's other tables, but not in this one. */
const isPicture = (letter: string): boolean => /\p{Extended_Pictographic}/u.test(letter);

const isAscii = (letter: string): boolean => letter < '\u007f';

const shown = (letter: string): string =>
  /[\p{C}\p{Z}]/u.test(letter) ? `U+${letter.codePointAt(0)?.toString(16).toUpperCase()}` : letter;

const FIRST_HANGUL = '가';
const LAST_HANGUL = '힣';

/**
 * CP949 is KS X 1001, which the runtime's decoder knows, and all of Hangul besides, which its `euc-kr` may not know.
 */
const hasTwoBytes = (letter: string): boolean =>
  (letter >= FIRST_HANGUL && letter <= LAST_HANGUL && letter.length === 1) || ksX1001().has(letter);

/** Made when the first text is looked at: most cold starts never look at one. */
const ksX1001 = (): ReadonlySet<string> => (pairs ??= decodedPairs());
let pairs: ReadonlySet<string> | undefined;

function decodedPairs(): Set<string> {
  const decoder = new TextDecoder('euc-kr', { fatal: true });
  const known = new Set<string>();
  for (let lead = 0xa1; lead <= 0xfe; lead++)
    for (let trail = 0xa1; trail <= 0xfe; trail++) {
      const letter = decoded(decoder, lead, trail);
      // user-defined rows come out as private letters no phone has
      if (letter !== undefined && [...letter].length === 1 && !/\p{Co}/u.test(letter)) known.add(letter);
    }
  return known;
}

function decoded(
  decoder: Pick<InstanceType<typeof TextDecoder>, 'decode'>,
  lead: number,
  trail: number,
): string | undefined {
  try {
    return decoder.decode(Uint8Array.of(lead, trail));
  } catch {
    return undefined;
  }
}
