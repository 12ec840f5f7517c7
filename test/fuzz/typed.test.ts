/** What operators type and what we print of it. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvText } from '../../functions/admin/csv.ts';
import { samePath } from '../../functions/admin/door/guard.ts';
import { maskAddress, maskBody, maskName, maskPhone } from '../../functions/admin/mask.ts';
import { readStatusWord } from '../../functions/epost/status-words.ts';
import { toRecipient } from '../../functions/notification/recipient.ts';
import { checkSmsText } from '../../functions/notification/sms-text.ts';
import { checkImport } from '../../functions/waybill/import-request.ts';

const RUNS = { numRuns: 10_000 };
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 120 }),
  fc.string({
    unit: fc.constantFrom('가', '힣', 'A', '1', ' ', '.', '-', '\n', '\0', '😀', '뷁'),
    maxLength: 120,
  }),
);

describe('a line of waybill numbers, in 10,000 shapes,', () => {
  const line = fc.oneof(
    { weight: 6, arbitrary: fc.bigInt(0n, 9_999_999_999_999n).map((n) => String(n).padStart(13, '0')) },
    {
      weight: 1,
      arbitrary: fc.constantFrom('6899900000001', '6899900000001 ', '', '68999-0000-0001', '６８９９９'),
    },
    { weight: 1, arbitrary: anyText },
  );
  it('is imported as it is or named with its line and what to do, and never half of a list', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 8 }), (numbers) => {
        const checked = checkImport({ kind: 'list', numbers });
        if (checked.outcome === 'unfit') {
          for (const { line: at, fix } of checked.problems) {
            expect(fix.length).toBeGreaterThan(0);
            if (at !== undefined) expect(at >= 1 && at <= numbers.length).toBe(true);
          }
          return;
        }
        const wanted = numbers.map((one) => one.trim()).filter((one) => one !== '');
        expect(wanted.every((one) => /^\d{13}$/.test(one)) && new Set(wanted).size === wanted.length).toBe(
          true,
        );
        expect(checked.checked).toMatchObject({
          size: wanted.length,
          content: { kind: 'list', numbers: wanted.join('') },
        });
      }),
      RUNS,
    );
  });
  it('gives a run of exactly the numbers between its ends', () => {
    fc.assert(
      fc.property(line, line, (first, last) => {
        const checked = checkImport({ kind: 'run', first, last });
        if (checked.outcome === 'fit')
          expect(BigInt(checked.checked.size)).toBe(BigInt(last) - BigInt(first) + 1n);
        else expect(checked.problems.length).toBeGreaterThan(0);
      }),
      RUNS,
    );
  });
});

describe('an SMS, in 10,000 shapes,', () => {
  it('fits one part in both counts and goes to 010 alone, or is refused with a reason', () => {
    fc.assert(
      fc.property(anyText, anyText, (text, number) => {
        const checked = checkSmsText(text);
        if (checked.outcome === 'fits') expect(checked.units <= 70 && checked.bytes <= 90).toBe(true);
        else expect(checked.reason.length).toBeGreaterThan(0);
        const recipient = toRecipient(number);
        if (recipient.outcome === 'mobile') expect(recipient.e164).toMatch(/^\+8210\d{8}$/);
      }),
      RUNS,
    );
  });
});

describe('a word of the carrier, in 10,000 shapes,', () => {
  it('moves an order to one of two states or not at all', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          anyText,
          fc.tuple(fc.constantFrom('접수', '배달완료', '미배달'), anyText).map((p) => p.join('')),
        ),
        (raw) => {
          expect(['배송중', '배송완료', null]).toContain(readStatusWord(raw).orderStatus);
        },
      ),
      RUNS,
    );
  });
});

describe('what is shown of a person, in 10,000 shapes,', () => {
  it('is never the whole', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const letters = [...text.trim()].length;
        if (letters > 1) expect(maskName(text)).not.toBe(text.trim());
        expect(maskPhone(text).replaceAll(/\D/g, '').length).toBeLessThanOrEqual(7);
        expect(maskAddress(text).split(' ').length).toBeLessThanOrEqual(4);
        expect(maskBody({ recipient: { name: `n${text}` }, free: [`n${text}`] })).toEqual({
          recipient: { name: '***' },
          free: ['***'],
        });
      }),
      RUNS,
    );
  });
  it('is one line of a table file whatever is in it, and no formula', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const csv = csvText({ head: ['a'], rows: [[text], ['end']] });
        const body = csv.slice(csv.indexOf('\r\n') + 2);
        const [cell] = /^("(?:[^"]|"")*"|[^",\r\n]*)(?=\r\n)/.exec(body) ?? [];
        expect(cell).toBeDefined();
        expect(body.slice((cell ?? '').length)).toBe('\r\nend\r\n');
        expect(cell).not.toMatch(/^"?[=+\-@\t](?!"")/);
      }),
      RUNS,
    );
  });
});

describe('a way back after signing in, in 10,000 shapes,', () => {
  const part = fc.constantFrom(
    '/',
    '\\',
    '//',
    'evil.example',
    '@',
    ':',
    '?',
    '#',
    '%2f',
    '..',
    'auth/',
    'http:',
    '\t',
    ' ',
  );
  it('stays on this site', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(part, { maxLength: 8 }).map((parts) => parts.join('')),
          anyText,
        ),
        (to) => {
          expect(new URL(samePath(to), 'https://console.example').origin).toBe('https://console.example');
        },
      ),
      RUNS,
    );
  });
});
