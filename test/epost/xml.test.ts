/** The strict reading of XML by itself. */
import { describe, expect, it } from 'vitest';
import { allNamed, everyElement, parseXml, valueOf } from '../../functions/epost/xml.ts';

const textOf = (inner: string) => parseXml(`<x>${inner}</x>`)?.text;

describe('text', () => {
  it.each([
    ['a&amp;b', 'a&b'],
    ['&lt;b&gt; &quot;c&quot; &apos;d&apos;', `<b> "c" 'd'`],
    ['&#44032;&#xAC00;&#xac01;', '가가각'],
    ['&#0;&#x110000;&#1114112;', '&#0;&#x110000;&#1114112;'],
    ['&#x10FFFF;', '\u{10ffff}'],
    ['&nope;', '&nope;'],
    [' 1 <![CDATA[ <2> &amp; ]]> 3 ', '1  <2> &amp;  3'],
    ['0012345678901', '0012345678901'],
    ['1e5', '1e5'],
    ['true', 'true'],
    ['a<!-- not me -->b', 'ab'],
    ['a<?not me?>b', 'ab'],
    ['a<y>inner</y>b', 'ab'],
    ['', ''],
  ])('of %s is %s', (inner, text) => {
    expect(textOf(inner)).toBe(text);
  });
});

describe('elements', () => {
  it('have names in lower case, without prefix and attributes', () => {
    expect(parseXml('<?xml version="1.0"?>\n<n:Root a="1" b><Child c="2">v</Child></n:Root>')).toEqual({
      name: 'root',
      text: '',
      children: [{ name: 'child', text: 'v', children: [] }],
    });
  });

  it('may begin with a mark of their encoding and blanks', () => {
    expect(parseXml('\uFEFF  <x>1</x>\n')?.text).toBe('1');
  });

  it.each([
    '',
    'x',
    'x<y/>',
    '<y/>x',
    '<x>',
    '<x/><y/>',
    '<!-- only this -->',
    '<!DOCTYPE x><x/>',
    '<!doctype x><x/>',
    '<x><!ENTITY a "b"></x>',
  ])('are none in %s', (body) => {
    expect(parseXml(body)).toBeUndefined();
  });

  it('nest twenty deep, and no deeper', () => {
    const nested = (depth: number) => `${'<a>'.repeat(depth)}${'</a>'.repeat(depth)}`;
    expect(parseXml(nested(20))).toBeDefined();
    expect(parseXml(nested(40))).toBeUndefined();
  });

  it.each([
    ['<', (n: number) => `<x>${'<a/>'.repeat(n - 2)}</x>`],
    ['&', (n: number) => `<x>${'&amp;'.repeat(n - 2)}</x>`],
    ['=', (n: number) => `<x>${'='.repeat(n - 2)}</x>`],
  ])('come with 12,000 %s at most', (_, body) => {
    expect(parseXml(body(12_000))).toBeDefined();
    expect(parseXml(body(12_001))).toBeUndefined();
  });
});

describe('a value', () => {
  const root = parseXml('<x><a>1</a><B> </B><c>1</c><c>1</c><d>1</d><d>2</d><e><a>9</a></e></x>')!;

  it('is the text of the one child of that name', () => {
    expect(valueOf(root, 'A')).toBe('1');
    expect(valueOf(root, 'c')).toBe('1');
    expect(valueOf(root, 'b')).toBeUndefined();
    expect(valueOf(root, 'nothing')).toBeUndefined();
  });

  it('is nothing any format takes where two contradict each other', () => {
    expect(valueOf(root, 'd')).toMatch(/^\0/);
  });

  it('is found at any depth by its name, in the order of the document', () => {
    expect(allNamed(root, 'A').map(({ text }) => text)).toEqual(['1', '9']);
    expect(allNamed(root, 'X')).toEqual([root]);
    expect(everyElement(root, ({ text }) => text === '1').map(({ name }) => name)).toEqual([
      'a',
      'c',
      'c',
      'd',
    ]);
  });
});
