/** From what the wire brought to what it means. */
import type { Reader } from './answers.ts';
import type { CarrierAnswer, TransportAnswer } from './carrier-answer.ts';
import type { FieldProblem } from './parcel.ts';
import { classifyRefusal } from './refusal.ts';
import type { Operation } from './refusal.ts';
import { readReply } from './reply.ts';
import type { Reply } from './reply.ts';

/**
 * Meaning of one exchange. Whatever is neither a sound answer, nor ePost's own error, nor its notice page, is
 * `unknown`: the request did arrive, so it may have been carried out.
 */
export const interpret = <T>(
  operation: Operation,
  answer: TransportAnswer,
  read: Reader<T>,
): CarrierAnswer<T> => {
  if (answer.outcome !== 'answered') return answer;
  const reply = readReply(answer.body);
  const succeeded = answer.status >= 200 && answer.status < 300;
  switch (reply.kind) {
    case 'error':
      return readError(operation, reply, read);
    case 'html':
      if (isNotice(reply, answer.status)) return { outcome: 'maintenance' };
      return { outcome: 'unknown', why: succeeded ? 'garbled' : 'http-status' };
    case 'xml': {
      if (!succeeded) return { outcome: 'unknown', why: 'http-status' };
      const value = read(reply.root);
      return value === undefined ? { outcome: 'unknown', why: 'garbled' } : { outcome: 'ok', value };
    }
    case 'garbled':
      return { outcome: 'unknown', why: succeeded ? 'garbled' : 'http-status' };
    case 'too-large':
      return { outcome: 'unknown', why: 'too-large' };
  }
};

/** ePost takes its message addresses away during works: an HTML page under 404, mostly titled 작업 안내. */
export const isNotice = (reply: Extract<Reply, { kind: 'html' }>, status: number): boolean =>
  reply.maintenance || status === 404;

const readError = <T>(
  operation: Operation,
  { code, message, root }: Extract<Reply, { kind: 'error' }>,
  read: Reader<T>,
): CarrierAnswer<T> => {
  // An error and a whole result in one answer contradict each other.
  if (read(root) !== undefined) return { outcome: 'unknown', why: 'garbled' };
  return { outcome: 'error', code, message, refusal: classifyRefusal(operation, code) };
};

type OurRefusal = Extract<CarrierAnswer<never>, { outcome: 'error' }>;

/**
 * An order that never left, told like ePost's own refusal under the code `FIELD`: what it holds would be refused or
 * misread. Names the field and what to do; never the value.
 */
export const refusedForField = ({ field, rule, fix }: FieldProblem): OurRefusal => ({
  outcome: 'error',
  code: 'FIELD',
  message: `${field}: ${rule}`,
  refusal: { ...whoActs(field), retry: false, suspectKey: false, reason: fix },
});

const whoActs = (field: string) => {
  if (field.startsWith('contract.')) return { class: 'contract', mustAct: 'operator' } as const;
  const about = field.startsWith('recipient.') ? 'recipient-data' : 'our-request';
  return { class: about, mustAct: 'merchant' } as const;
};

/** The same for the other messages, whose values an operator typed. */
export const refusedForRegData = (rule: string): OurRefusal => ({
  outcome: 'error',
  code: 'FIELD',
  message: rule,
  refusal: {
    class: 'our-request',
    mustAct: 'operator',
    retry: false,
    suspectKey: false,
    reason: '우체국이 받지 못하는 글자(&, =)가 있거나 내용이 너무 깁니다. 입력한 값을 고쳐 주세요.',
  },
});
