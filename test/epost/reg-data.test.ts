import { describe, expect, it } from 'vitest';
import { encodeRegData } from '../../functions/epost/reg-data.ts';

describe('regData', () => {
  it('is name=value joined by &, raw', () => {
    expect(
      encodeRegData([
        ['a', '가 나'],
        ['b', '%+'],
      ]),
    ).toEqual({ outcome: 'encoded', plaintext: 'a=가 나&b=%+' });
  });

  it.each(['&', '=', '\0', '\ud800'])('refuses a value that would change its neighbours (%j)', (bad) => {
    expect(
      encodeRegData([
        ['a', 'fine'],
        ['b', `x${bad}y`],
      ]),
    ).toEqual({ outcome: 'refused', rule: 'unsafe-character', name: 'b' });
  });

  it('takes 2000 bytes and refuses 2001', () => {
    expect(encodeRegData([['a', 'x'.repeat(1998)]]).outcome).toBe('encoded');
    expect(encodeRegData([['a', 'x'.repeat(1999)]])).toEqual({
      outcome: 'refused',
      rule: 'whole-too-long',
      bytes: 2001,
    });
  });
});
