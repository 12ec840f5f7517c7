import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  readApprovals,
  readBooking,
  readCancellation,
  readCustomer,
  readOfficeRegistered,
  readOffices,
  readReservations,
  readStoppedZips,
} from '../../functions/epost/answers.ts';
import { interpret } from '../../functions/epost/interpret.ts';
import { REPLY_MAX_BYTES } from '../../functions/epost/reply.ts';
import { readTrace } from '../../functions/epost/trace-reply.ts';
import wire from './wire.json' with { type: 'json' };

const OUTCOMES = ['ok', 'error', 'maintenance', 'unknown', 'found', 'not-yet', 'quota'];
const NUMBER = '6012345678900';
/** The promise is 50 ms on a quiet machine (P19); here others run beside us, and coverage instruments the code. */
const BOUND_MS = 100;

const readers = [
  (body: string) => interpret('InsertOrder', answered(body), readBooking('ship-1')),
  (body: string) => interpret('GetResInfo', answered(body), readReservations),
  (body: string) => interpret('GetResCancelCmd', answered(body), readCancellation),
  (body: string) => interpret('GetCustNo', answered(body), readCustomer),
  (body: string) => interpret('GetApprNo', answered(body), readApprovals),
  (body: string) => interpret('GetStoppedZipCd', answered(body), readStoppedZips),
  (body: string) => interpret('InsertOffice', answered(body), readOfficeRegistered),
  (body: string) => interpret('GetOfficeInfo', answered(body), readOffices),
  (body: string) => readTrace(body, NUMBER),
];
const answered = (body: string) => ({ outcome: 'answered', status: 200, body }) as const;

const samples = [
  ...Object.values(wire.answers),
  ...wire.errorShapes,
  ...Object.values(wire.tracking.samples),
];
const pieces = fc.constantFrom(
  '<',
  '>',
  '</',
  '/>',
  '<![CDATA[',
  ']]>',
  '<!--',
  '-->',
  '<?',
  '?>',
  '&amp;',
  '&#0;',
  '&',
  '\0',
  '\ud800',
  '"',
  '=',
  '<xsync>',
  '</xsync>',
  '<error_code>',
  'ERR-225',
  '<regiNo>',
  '<html>',
  '<!DOCTYPE',
  '작업 안내',
  '\uFEFF',
  ' ',
  '\n',
  '(',
);

/** A real answer that something happened to on its way. */
const damaged = fc
  .record({
    body: fc.constantFrom(...samples),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    to: fc.double({ min: 0, max: 1, noNaN: true }),
    how: fc.constantFrom('cut', 'drop', 'double', 'insert', 'swap', 'case', 'repeat'),
    noise: fc.array(pieces, { maxLength: 6 }),
  })
  .map(({ body, at, to, how, noise }) => {
    const [i, j] = [Math.floor(Math.min(at, to) * body.length), Math.floor(Math.max(at, to) * body.length)];
    const middle = body.slice(i, j);
    switch (how) {
      case 'cut':
        return body.slice(0, j);
      case 'drop':
        return body.slice(0, i) + body.slice(j);
      case 'double':
        return body.slice(0, j) + middle + body.slice(j);
      case 'insert':
        return body.slice(0, i) + noise.join('') + body.slice(i);
      case 'swap':
        return body.slice(0, i) + noise.join('') + body.slice(j);
      case 'case':
        return body.slice(0, i) + middle.toUpperCase() + body.slice(j);
      default:
        return body + body;
    }
  });

const anything = fc.oneof(
  { weight: 8, arbitrary: damaged },
  { weight: 1, arbitrary: fc.array(pieces, { maxLength: 60 }).map((parts) => parts.join('')) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 300 }) },
);

describe('the readers of answers', () => {
  it('give a typed result for 10,000 damaged answers, and never throw', () => {
    fc.assert(
      fc.property(anything, fc.nat(readers.length - 1), (body, which) => {
        expect(OUTCOMES).toContain(readers[which]!(body).outcome);
      }),
      { numRuns: 10_000 },
    );
  });

  it('never read a cut-off answer as a whole one', () => {
    for (const body of samples) {
      for (let length = 0; length < body.length; length++) {
        for (const read of readers)
          expect(['ok', 'found', 'not-yet']).not.toContain(read(body.slice(0, length)).outcome);
      }
    }
  }, 120_000);

  it('take no value that the answer does not hold', () => {
    fc.assert(
      fc.property(damaged, (body) => {
        const answer = interpret('InsertOrder', answered(body), readBooking('ship-1'));
        if (answer.outcome !== 'ok') return;
        for (const value of [answer.value.reqNo, answer.value.resNo, answer.value.waybillNumber]) {
          expect(body).toContain(value);
        }
      }),
      { numRuns: 5000 },
    );
  });
});

const filledTo = (size: number, [open, unit, close]: readonly [string, string, string]) =>
  open + unit.repeat(Math.floor((size - open.length - close.length) / Buffer.byteLength(unit))) + close;

const SCAN = [
  '<item><sortingdate>2026.06.09</sortingdate><eventhms>17:20</eventhms><tracestatus>',
  '</tracestatus></item>',
];
const SHAPES: Record<string, readonly [string, string, string]> = {
  text: ['<x><a>', '가', '</a></x>'],
  blanks: ['<x>', ' ', '</x>'],
  'small elements': ['<x>', '<a/>', '</x>'],
  'as many elements as are read': ['<x>', `<a>${'b'.repeat(40)}</a>`, '</x>'],
  scans: ['<trace>', SCAN.join('접수'.repeat(10)), '</trace>'],
  'brackets in a scan': [`<trace>${SCAN[0]}`, '(', `${SCAN[1]}</trace>`],
  'opening brackets': ['', '<', ''],
  ampersands: ['<x>', '&', '</x>'],
  'as many entities as are read': ['<x>', `&amp;${'b'.repeat(20)}`, '</x>'],
  attributes: ['<x ', 'a="b" ', '/>'],
  'as long attributes as are read': ['<x ', `a="${'b'.repeat(20)}" `, '/>'],
  nesting: ['', '<a>', ''],
  'open CDATA': ['<x>', '<![CDATA[', '</x>'],
  'open comments': ['<x>', '<!--', '</x>'],
  'closing tags': ['<x>', '</a>', '</x>'],
  'blanks in HTML': ['<html>작업', ' ', '</html>'],
  HTML: ['<html>', '<br>작업 ', '</html>'],
};

describe.each([
  ['one megabyte', 1024 * 1024],
  ['as much as is read', REPLY_MAX_BYTES - 10],
])('%s', (_, size) => {
  it.each(Object.keys(SHAPES))('of %s is read in time', (name) => {
    const body = filledTo(size, SHAPES[name]!);
    const took = Array.from({ length: 5 }, () => {
      const started = performance.now();
      expect(readTrace(body, NUMBER)).toHaveProperty('outcome');
      return performance.now() - started;
    });
    expect(Math.min(...took)).toBeLessThan(BOUND_MS);
  });
});
