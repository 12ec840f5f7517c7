import { describe, expect, it } from 'vitest';
import { readStatusWord } from '../../functions/epost/status-words.ts';
import wire from './wire.json' with { type: 'json' };

const TABLE = [
  ['신청준비', 'information-received', null, false],
  ['소포신청', 'information-received', null, false],
  ['운송장출력', 'information-received', null, false],
  ['접수', 'collected', '배송중', false],
  ['접수 마감 후 접수(익일발송)', 'collected', '배송중', false],
  ['집하완료', 'collected', '배송중', false],
  ['발송', 'in-transit', '배송중', false],
  ['도착', 'in-transit', '배송중', false],
  ['배달준비', 'out-for-delivery', '배송중', false],
  ['배달중', 'out-for-delivery', '배송중', false],
  ['미배달', 'attempt-failed', '배송중', true],
  ['배달완료', 'delivered', '배송완료', false],
  ['수취함투함', 'delivered', '배송완료', false],
  ['전달완료', 'delivered', '배송완료', false],
  ['수취완료', 'delivered', '배송완료', false],
  ['미집하', 'not-collected', null, true],
  ['신청취소', 'cancelled', null, true],
  ['접수취소', 'cancelled', null, true],
  ['반송', 'returning', null, true],
  ['인수완료', 'unknown', null, false],
] as const;

describe("ePost's status words", () => {
  it.each(TABLE)('%s is read as %s and shows %s', (word, status, orderStatus, flagged) => {
    expect(readStatusWord(word)).toEqual({ status, orderStatus, flagged, known: true });
  });

  it('knows every word seen so far', () => {
    expect(wire.tracking.statusLiterals.filter((literal) => !readStatusWord(literal).known)).toEqual([]);
  });

  it.each(wire.tracking.matchCases)('reads "$in" as $out', (match) => {
    expect(readStatusWord(match.in)).toEqual(readStatusWord(match.out));
  });

  it('does not mind blanks, line ends and decomposed Korean', () => {
    expect(readStatusWord('\n 접수  마감\t후 접수(익일발송) ').status).toBe('collected');
    expect(readStatusWord('접수취소'.normalize('NFD')).status).toBe('cancelled');
  });

  it.each(['', '   ', '교환국 도착', '완료', '배달'])(
    'leaves the order alone for the unmet word "%s"',
    (word) => {
      expect(readStatusWord(word)).toEqual({
        status: 'unknown',
        orderStatus: null,
        flagged: false,
        known: false,
      });
    },
  );
});
