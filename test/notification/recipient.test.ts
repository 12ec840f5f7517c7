import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toRecipient } from '../../functions/notification/recipient.ts';

describe('an SMS goes to', () => {
  it.each(['01000004821', '010-0000-4821', ' 010-0000-4821 '])('a 010 mobile: %j', (number) => {
    expect(toRecipient(number)).toEqual({ outcome: 'mobile', e164: '+821000004821' });
  });

  it.each([
    '',
    '0200004821',
    '02-000-0000',
    '0110004821',
    '0101234567',
    '010123456789',
    '15443270',
    '+821000004821',
    '010 0000 4821',
    '010-00004-821',
    '０１０00004821',
    '01000004821\n+14155550100',
  ])('nothing like %j', (number) => {
    expect(toRecipient(number)).toMatchObject({ outcome: 'refused', reason: expect.stringContaining('010') });
  });

  it('+8210 and eight digits, whatever is asked for', () => {
    const number = fc.oneof(
      fc.string(),
      fc.stringMatching(/^0\d{8,11}$/),
      fc.stringMatching(/^010-?\d{4}-?\d{4}$/),
    );
    fc.assert(
      fc.property(number, (given) => {
        const recipient = toRecipient(given);
        if (recipient.outcome === 'mobile') expect(recipient.e164).toMatch(/^\+8210\d{8}$/);
      }),
    );
  });
});
