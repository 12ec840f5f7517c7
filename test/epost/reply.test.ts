import { describe, expect, it } from 'vitest';
import { REPLY_MAX_BYTES, readReply } from '../../functions/epost/reply.ts';
import { allNamed, valueOf } from '../../functions/epost/xml.ts';
import wire from './wire.json' with { type: 'json' };

const MAINTENANCE_PAGE =
  '<!DOCTYPE html>\n<html lang="ko"><head><meta charset="utf-8"><title>작업 안내</title></head><body><br>' +
  '<p>전산시스템 작업 안내</p><p>서비스가 일시 중단됩니다.</p></body></html>';

const rootOf = (body: string) => {
  const reply = readReply(body);
  if (reply.kind !== 'xml') throw new Error(`read as ${reply.kind}`);
  return reply.root;
};

describe('reading an XML answer', () => {
  it.each(wire.whitespaceVariants)('takes blanks and CDATA for what they are: %j', (variant) => {
    const value = valueOf(rootOf(`<xsync>${variant}</xsync>`), 'a');
    expect(value).toBe(variant.includes('v') ? 'v' : undefined);
  });

  it('does not mind the case of names, a prolog, a byte order mark, comments, namespaces or attributes', () => {
    const body =
      '\uFEFF<?xml version="1.0" encoding="UTF-8"?>\n<!-- x --><n:xsync xmlns:n="urn:x" a="1"><ReGiNo b="2">7</ReGiNo></n:xsync>\n';
    expect(valueOf(rootOf(body), 'regiNo')).toBe('7');
  });

  it('keeps leading zeros and long digits as text', () => {
    const root = rootOf('<xsync><a>0012345678901</a><b>202005116403648050</b><c>1e5</c><d>true</d></xsync>');
    expect(['a', 'b', 'c', 'd'].map((name) => valueOf(root, name))).toEqual([
      '0012345678901',
      '202005116403648050',
      '1e5',
      'true',
    ]);
  });

  it('decodes what XML escapes in text and leaves CDATA as it is', () => {
    const root = rootOf('<x><a>나주 &amp; &#44032;&lt;</a><b><![CDATA[&amp;<b>]]></b></x>');
    expect([valueOf(root, 'a'), valueOf(root, 'b')]).toEqual(['나주 & 가<', '&amp;<b>']);
  });

  it('leaves an escape that is none as it came', () => {
    const root = rootOf(
      '<x><a>&quot;&apos;&gt;&#xAC00;</a><b>A&nbsp;B</b><c>&#0;&#x110000;&#9999999;</c></x>',
    );
    expect(['a', 'b', 'c'].map((name) => valueOf(root, name))).toEqual([
      '"\'>가',
      'A&nbsp;B',
      '&#0;&#x110000;&#9999999;',
    ]);
  });

  it('reads one element and many alike', () => {
    expect(allNamed(rootOf('<x><i>1</i></x>'), 'i')).toHaveLength(1);
    expect(allNamed(rootOf('<x><y><i>1</i></y><i>2</i></x>'), 'I').map(({ text }) => text)).toEqual([
      '1',
      '2',
    ]);
  });

  it('takes neither of two values that contradict each other', () => {
    expect(valueOf(rootOf('<x><a>1</a><a>2</a></x>'), 'a')).not.toMatch(/^[12]$/);
    expect(valueOf(rootOf('<x><a>1</a><a>1</a></x>'), 'a')).toBe('1');
  });
});

describe("ePost's errors", () => {
  it.each(wire.errorShapes)('are found at whatever depth: %s', (body) => {
    expect(readReply(body)).toMatchObject({ kind: 'error', code: /ERR-\d{3}/.exec(body)![0] });
  });

  it('carry code and message without the blanks', () => {
    const body =
      '<XSYNC><ERROR>\n<ERROR_CODE>\n<![CDATA[ err-225 ]]>\n</ERROR_CODE><MESSAGE> 없습니다. </MESSAGE></ERROR></XSYNC>';
    expect(readReply(body)).toMatchObject({ kind: 'error', code: 'ERR-225', message: '없습니다.' });
  });

  it('are none where the element is empty', () => {
    expect(readReply('<xsync><error_code/><custNo>1</custNo></xsync>').kind).toBe('xml');
  });

  it('are garbled where two differ or the code is no code', () => {
    expect(
      readReply('<x><e><error_code>ERR-1</error_code></e><e><error_code>ERR-2</error_code></e></x>').kind,
    ).toBe('garbled');
    expect(readReply('<x><error_code>일반 오류가 발생했습니다</error_code></x>').kind).toBe('garbled');
  });
});

describe('what is not an answer', () => {
  it('is a maintenance page when it says so', () => {
    expect(readReply(MAINTENANCE_PAGE)).toEqual({ kind: 'html', maintenance: true });
    expect(readReply(`<?xml version="1.0"?><!-- -->\n${MAINTENANCE_PAGE}`)).toEqual({
      kind: 'html',
      maintenance: true,
    });
  });

  it('is some other page otherwise', () => {
    expect(readReply('<HTML><body>The request was blocked</body></HTML>')).toEqual({
      kind: 'html',
      maintenance: false,
    });
  });

  it('is not taken for a page because a notice holds HTML', () => {
    expect(readReply('<xsync><noticeCont><![CDATA[<html>작업 안내</html>]]></noticeCont></xsync>').kind).toBe(
      'xml',
    );
  });

  it.each([
    ['nothing', ''],
    ['text', 'OK'],
    ['JSON', '{"ok":true}'],
    ['a cut-off answer', wire.answers.InsertOrder.slice(0, -9)],
    ['a cut-off answer that ends in a tag', wire.answers.InsertOrder.replace(/<\/xsync>$/, '')],
    ['crossed tags', '<xsync><a>1</b></xsync>'],
    ['two roots', '<xsync/><xsync/>'],
    ['text before the root', 'x<xsync/>'],
    ['a DTD', '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'],
    ['an entity bomb', '<!DOCTYPE l [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><l>&b;</l>'],
    ['a file from outside', '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/hosts">]><x>&f;</x>'],
    ['names that would reach into objects', '<__proto__><constructor>1</constructor></__proto__>'],
    ['bottomless nesting', '<a>'.repeat(5000) + '</a>'.repeat(5000)],
    ['endless markup', `<x>${'<a/>'.repeat(20_000)}</x>`],
  ])('is garbled: %s', (_, body) => {
    expect(readReply(body)).toEqual({ kind: 'garbled' });
  });

  it('is too large above 256 KB, in bytes', () => {
    expect(readReply(`<x>${'a'.repeat(REPLY_MAX_BYTES - 7)}</x>`).kind).toBe('xml');
    expect(readReply(`<x>${'a'.repeat(REPLY_MAX_BYTES - 6)}</x>`).kind).toBe('too-large');
    expect(readReply(`<x>${'가'.repeat(Math.ceil(REPLY_MAX_BYTES / 3))}</x>`).kind).toBe('too-large');
  });
});
