import { afterEach, describe, expect, it } from 'vitest';
import { readBooking } from '../../functions/epost/answers.ts';
import type { TransportAnswer } from '../../functions/epost/carrier-answer.ts';
import { interpret } from '../../functions/epost/interpret.ts';
import { readTrace } from '../../functions/epost/trace-reply.ts';
import { createTransport } from '../../functions/epost/transport.client.ts';
import { closeServers, http, post, sockets } from '../epost/a-server.ts';
import wire from '../epost/wire.json' with { type: 'json' };

afterEach(closeServers);

const BOOKED = wire.answers.InsertOrder;
const TRACED = Object.values(wire.tracking.samples)[0] ?? '';
const NUMBER = '6012345678900';
/** P19, of processor time: what else runs on the machine does not count. */
const BOUND_MS = 50;

const serving = (body: Buffer | string, headers: Record<string, string> = {}, status = 200) =>
  http((_, response) => response.writeHead(status, headers).end(body));
const booking = (answer: TransportAnswer) => interpret('InsertOrder', answer, readBooking('ship-1'));
const booked = async (body: Buffer | string, headers: Record<string, string> = {}) =>
  booking(await post(await serving(body, headers)));

const inside = (text: string) => BOOKED.replace('</xsync>', `${text}</xsync>`);
const before = (text: string) => BOOKED.replace(/(<\?xml[^>]*\?>)?/, `$1${text}`);
const REG_NO = /<regiNo>(?:<!\[CDATA\[)?\s*\d+\s*(?:\]\]>)?<\/regiNo>/.exec(BOOKED)?.[0] ?? '';

describe('an answer of the carrier is read for what it is', () => {
  it('the sample is a booking, so that the rest can be told from it', async () => {
    expect(await booked(BOOKED)).toMatchObject({ outcome: 'ok' });
    expect(REG_NO).not.toBe('');
  });

  it.each<[string, string | Buffer]>([
    ['with a document type', before('<!DOCTYPE xsync>')],
    ['with a document type in other letters', before('<!doctype xsync SYSTEM "http://127.0.0.1/x.dtd">')],
    [
      'with an entity of its own',
      before('<!DOCTYPE x [<!ENTITY n "6899900000000">]>').replace(REG_NO, '<regiNo>&n;</regiNo>'),
    ],
    [
      'that would grow to a billion laughs',
      before(
        `<!DOCTYPE l [<!ENTITY a0 "ha">${Array.from({ length: 30 }, (_, i) => `<!ENTITY a${i + 1} "${`&a${i};`.repeat(10)}">`).join('')}]>`,
      ).replace('</xsync>', '<x>&a30;</x></xsync>'),
    ],
    [
      'that wants a file of ours',
      before('<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>').replace(
        REG_NO,
        '<regiNo>&f;</regiNo>',
      ),
    ],
    [
      'that wants a page of our network',
      before('<!DOCTYPE x [<!ENTITY % p SYSTEM "http://169.254.169.254/latest/">%p;]>'),
    ],
    ['with two numbers', inside('<regiNo>6899999999999</regiNo>')],
    ['with a second answer behind it', BOOKED + BOOKED],
    ['with a second root', `${BOOKED}<x/>`],
    ['with text behind it', `${BOOKED}ok`],
    ['that closes its CDATA too early', BOOKED.replace(REG_NO, '<regiNo><![CDATA[68999]]>]]></regiNo>')],
    ['that never closes its CDATA', BOOKED.replace('</xsync>', '<a><![CDATA[</a></xsync>')],
    [
      'with a tag inside the number',
      BOOKED.replace(REG_NO, '<regiNo>68999<b/>00123456</regiNo>').replace('00123456', '0012345<i>6</i>'),
    ],
    ['a thousand levels deep', inside('<a>'.repeat(1000) + '</a>'.repeat(1000))],
    ['with a zero byte in the number', BOOKED.replace(REG_NO, '<regiNo>68999001\u000023456</regiNo>')],
    ['of zero bytes', Buffer.alloc(10_000)],
    ['in two-byte letters', Buffer.from(BOOKED, 'utf16le')],
    ['of one megabyte', inside(`<x>${'가'.repeat(349_000)}</x>`)],
    ['of two megabytes', inside(`<x>${'a'.repeat(2_000_000)}</x>`)],
    ['that is a page', '<html><body>Request blocked</body></html>'],
    ['that is empty', ''],
  ])('%s it is no booking', async (_, body) => {
    const answer = await booked(body);
    expect(answer.outcome).toBe('unknown');
    expect(JSON.stringify(answer)).not.toMatch(/root:|ha{2}|etc/);
  });

  it.each<[string, string | Buffer, Record<string, string>]>([
    ['behind a byte order mark', `\uFEFF${BOOKED}`, {}],
    ['with comments, instructions and unknown elements', inside('<!-- x --><?php x?><other>1</other>'), {}],
    [
      'as EUC-KR that says so',
      Buffer.from(BOOKED.replaceAll(/[^\0-\x7f]/g, '')),
      { 'content-type': 'text/xml; charset=euc-kr' },
    ],
    ['with a charset nobody knows', BOOKED, { 'content-type': 'text/xml; charset=klingon' }],
  ])('%s it is one', async (_, body, headers) => {
    expect(await booked(body, headers)).toMatchObject({ outcome: 'ok' });
  });

  it("ePost's notice in EUC-KR is a notice", async () => {
    const page = Buffer.concat([
      Buffer.from('<html><meta charset="euc-kr">'),
      Buffer.from('c0dbbef720bec8b3bb', 'hex'),
    ]);
    expect(await booked(page)).toEqual({ outcome: 'maintenance' });
  });

  it.each([
    ['a booking', BOOKED, (text: string) => booking({ outcome: 'answered', status: 200, body: text })],
    ['a trace', TRACED, (text: string) => readTrace(text, NUMBER)],
  ])('%s cut off after any byte is none', (_, whole, read) => {
    const bytes = Buffer.from(whole.trimEnd());
    for (let length = 0; length < bytes.length; length++) {
      // As the transport decodes it, a letter cut in the middle included.
      const { outcome } = read(new TextDecoder().decode(bytes.subarray(0, length)));
      expect([length, outcome]).not.toEqual([length, expect.stringMatching(/^(ok|found|not-yet)$/)]);
    }
  });
});

describe('an answer made to take long', () => {
  const fill = (open: string, unit: string, close: string) =>
    open + unit.repeat(Math.floor((255_000 - open.length) / Buffer.byteLength(unit))) + close;
  it.each([
    ['of tags', fill('<x>', '<a/>', '</x>')],
    ['of nesting', fill('', '<a>', '')],
    ['of attributes', fill('<x ', 'a="b" ', '/>')],
    ['of entities', fill('<x>', '&#44032;', '</x>')],
    ['of open CDATA', fill('<x>', '<![CDATA[', '')],
    ['of brackets', fill('<x>', ']]', '</x>')],
    ['of blanks', fill('<x>', ' ', '</x>')],
    ['of closing tags', fill('<x>', '</x>', '')],
    ['of error codes', fill('<x>', '<e><error_code>ERR-1</error_code></e>', '</x>')],
    ['of notices', fill('<html>', '작업 ', '')],
  ])('%s is read within 50 ms of work', (_, body) => {
    const spent = Array.from({ length: 3 }, () => {
      const since = process.cpuUsage();
      expect(booking({ outcome: 'answered', status: 200, body }).outcome).not.toBe('ok');
      return process.cpuUsage(since).user / 1000;
    });
    expect(Math.min(...spent)).toBeLessThan(BOUND_MS);
  });
});

describe('no call leaves', () => {
  const origins = ['http://ship.epost.example:8080'];
  it.each([
    'http://169.254.169.254/latest/meta-data/',
    'http://ship.epost.example/api',
    'https://ship.epost.example:8080/api',
    'http://ship.epost.example.evil.example:8080/api',
    'http://ship.epost.example:8080@127.0.0.1/api',
    'http://127.0.0.1:8080/http://ship.epost.example:8080/',
    'http://[::1]:8080/api',
    'file:///etc/passwd',
  ])('to %s, which is not configured', async (address) => {
    const transport = createTransport({ origins, maxSockets: 1 });
    const call = transport({ url: new URL(address), method: 'GET', timeoutMs: 1000 });
    await expect(call).rejects.toThrow('No call leaves');
  });

  it.each([301, 302, 303, 307, 308])(
    'after a redirect (%i): the answer is unknown, nobody is asked',
    async (status) => {
      let asked = 0;
      const other = await http((_, response) => {
        asked += 1;
        response.end(BOOKED);
      });
      const url = await serving('', { location: other.href }, status);
      expect(booking(await post(url))).toEqual({ outcome: 'unknown', why: 'redirect' });
      expect([asked, sockets.size]).toEqual([0, 1]);
    },
  );
});
