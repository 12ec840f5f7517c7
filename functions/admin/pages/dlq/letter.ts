/** One failed message as it is listed: what was wrong, what it is about, and its masked body. */
import type { DeadLetter } from '../../dead-letter.ts';
import { isHarmless, isKnownPath, maskedBody } from './masked-body.ts';

export interface About {
  kind: 'shipment' | 'application' | 'job';
  id: string;
}
export interface LetterRow {
  messageId: string;
  /** first sending; its age and its end count from there */
  sentAt: number;
  deletedAt: number;
  received: number;
  /** Korean sentences */
  problems: string[];
  about?: About;
  body: string;
}

export const letterRow = (letter: DeadLetter, keptMs: number): LetterRow => {
  const { messageId, sentAt, received } = letter;
  const note = noteOf(letter.body);
  const { text, read } = maskedBody(note?.event ?? letter.body);
  const about = aboutOf(read);
  return {
    messageId,
    sentAt,
    deletedAt: sentAt + keptMs,
    received,
    problems:
      note?.problems ?? (read === undefined ? ['내용을 읽을 수 없습니다. JSON 형식이 아닙니다.'] : []),
    ...(about && { about }),
    body: text,
  };
};

/** What was quarantined travels inside a note on what was wrong with it. */
const noteOf = (body: string): { event: string; problems: string[] } | undefined => {
  try {
    const read = JSON.parse(body) as { event?: unknown; problems?: unknown };
    if (typeof read.event !== 'string' || !Array.isArray(read.problems)) return undefined;
    return { event: read.event, problems: read.problems.slice(0, MOST_PROBLEMS).map(problemWords) };
  } catch {
    return undefined;
  }
};
const MOST_PROBLEMS = 10;

/** Field, rule and kind as our reader notes them; anything else it could not have written is told as a misfit. */
const problemWords = (problem: unknown): string => {
  const { field, rule, kind } = (problem ?? {}) as Record<string, unknown>;
  const name = typeof field === 'string' && isKnownPath(field) ? field : '메시지';
  return `${name}: ${ruleWords(String(rule))}${kindWords(String(kind))}`;
};

const RULES: readonly [RegExp, (found: RegExpExecArray) => string][] = [
  [/^must be a JSON object$/, () => 'JSON 객체가 아닙니다'],
  [/^must be OrderShipped or ShipmentCancelled$/, () => '모르는 이벤트입니다'],
  [
    /^must be (string|number|int|boolean|object|array|datetime|true|record)$/,
    ([, type]) => `${type} 값이어야 합니다`,
  ],
  [/^must be one of ([\w, ]{1,80})$/, ([, values]) => `${values} 가운데 하나여야 합니다`],
  [/^unknown keys: /, () => '약속하지 않은 항목이 있습니다'],
  [/^at most (\d{1,9})$/, ([, most]) => `${most} 이하여야 합니다`],
  [/^at least (\d{1,9})$/, ([, least]) => `${least} 이상이어야 합니다`],
  [/^must match \//, () => '글자나 길이가 형식과 다릅니다'],
];
const ruleWords = (rule: string): string => {
  for (const [pattern, words] of RULES) {
    const found = pattern.exec(rule);
    if (found !== null) return words(found);
  }
  return '형식이 맞지 않습니다';
};

const kindWords = (kind: string): string => {
  const found = /^(text|list) of (\d{1,9})$/.exec(kind);
  if (found !== null) return ` (받은 값: ${found[1] === 'text' ? '글자' : '목록'} ${found[2]}개)`;
  return kind === 'nothing' || kind === 'null' ? ' (값이 없음)' : '';
};

/** Whose message it is, where one of our ids says so. */
const aboutOf = (read: unknown): About | undefined => {
  const whole = (read ?? {}) as Record<string, unknown>;
  const detail = (
    typeof whole['detail'] === 'object' && whole['detail'] !== null ? whole['detail'] : whole
  ) as Record<string, unknown>;
  for (const kind of ['shipment', 'application', 'job'] as const) {
    const id = detail[`${kind}Id`];
    if (typeof id === 'string' && ID.test(id) && isHarmless(id)) return { kind, id };
  }
  return undefined;
};
const ID = /^[A-Za-z0-9._:-]{1,50}$/;
