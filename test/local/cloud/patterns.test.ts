import { describe, expect, it } from 'vitest';
import { checkPattern, matchesPattern } from '../../../local/cloud/events/event-pattern.ts';

const event = {
  source: 'shop',
  'detail-type': 'order.x',
  detail: {
    amount: 5,
    ip: '10.0.0.3',
    file: 'a.PNG',
    tags: ['a', 'b'],
    nothing: null,
    empty: '',
    items: [{ k: 1, z: 'q' }, { k: 2 }],
    big: 1e10,
    star: 'a*b',
  },
};

const MATCHING: [string, object][] = [
  ['an exact value', { source: ['shop'] }],
  ['one of several values', { source: ['x', 'shop'] }],
  ['a numeric range', { detail: { amount: [{ numeric: ['>', 0, '<=', 5] }] } }],
  ['numeric equality', { detail: { amount: [{ numeric: ['=', 5.0] }] } }],
  ['a large number', { detail: { big: [10_000_000_000] } }],
  ['an address block', { detail: { ip: [{ cidr: '10.0.0.0/24' }] } }],
  ['a suffix whatever its case', { detail: { file: [{ suffix: { 'equals-ignore-case': '.png' } }] } }],
  ['a prefix whatever its case', { source: [{ prefix: { 'equals-ignore-case': 'SH' } }] }],
  ['text whatever its case', { source: [{ 'equals-ignore-case': 'SHOP' }] }],
  ['an element of a list', { detail: { tags: ['b'] } }],
  ['a field that is missing', { detail: { absent: [{ exists: false }] } }],
  ['a field below one that is missing', { detail: { absent: { deeper: [{ exists: false }] } } }],
  ['a field that is there', { detail: { amount: [{ exists: true }] } }],
  ['null', { detail: { nothing: [null] } }],
  ['empty text', { detail: { empty: [''] } }],
  ['a member of an element of a list', { detail: { items: { k: [2] } } }],
  ['a wildcard', { detail: { file: [{ wildcard: 'a*G' }] } }],
  ['an escaped star', { detail: { star: [{ wildcard: 'a\\*b' }] } }],
  ['anything but a wildcard', { detail: { file: [{ 'anything-but': { wildcard: '*/lib/*' } }] } }],
  ['anything but a suffix', { detail: { file: [{ 'anything-but': { suffix: '.gif' } }] } }],
  ['a prefix', { 'detail-type': [{ prefix: 'order.' }] }],
  ['either of two', { $or: [{ source: ['nope'] }, { detail: { amount: [5] } }] }],
  ['either of two deeper', { detail: { $or: [{ amount: [9] }, { big: [1e10] }] } }],
];

const FAILING: [string, object][] = [
  ['another value', { source: ['x'] }],
  ['another address block', { detail: { ip: [{ cidr: '10.0.1.0/24' }] } }],
  ['a suffix of another case', { detail: { file: [{ suffix: '.png' }] } }],
  ['a list that holds what is excluded', { detail: { tags: [{ 'anything-but': ['a'] }] } }],
  ['anything but, where there is nothing', { detail: { absent: [{ 'anything-but': 'a' }] } }],
  ['anything but two prefixes', { 'detail-type': [{ 'anything-but': { prefix: ['order.', 'x'] } }] }],
  ['a number as text', { detail: { amount: ['5'] } }],
  ['a number out of range', { detail: { amount: [{ numeric: ['>', 5] }] } }],
  ['neither of two', { $or: [{ source: ['nope'] }, { detail: { amount: [6] } }] }],
  ['an unescaped star where a star is meant', { detail: { file: [{ wildcard: 'a\\*G' }] } }],
];

describe('an event pattern', () => {
  it.each(MATCHING)('matches %s', (_, pattern) => {
    expect(matchesPattern(pattern as never, event)).toBe(true);
  });

  it.each(FAILING)('does not match %s', (_, pattern) => {
    expect(matchesPattern(pattern as never, event)).toBe(false);
  });

  it('with an operator nobody knows is refused before any event comes', () => {
    expect(() => checkPattern({ detail: { a: [{ sounds: 'like' }] } })).toThrow('sounds');
    expect(() => checkPattern({ $or: [{ source: [{ 'anything-but': { sounds: 'like' } }] }] })).toThrow(
      'sounds',
    );
  });
});
