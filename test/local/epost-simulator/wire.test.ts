import { describe, expect, it } from 'vitest';
import { parsePlaintext } from '../../../local/epost-simulator/wire/call.ts';
import { startEpostSimulator } from '../../../local/epost-simulator/simulator.ts';
import { openOffice, order, question } from './post-office.ts';

describe('the shape of answers', () => {
  it('is xsync with CDATA and a prolog by default', async () => {
    const office = await openOffice();
    const xml = await office.call('InsertOrder', order());
    expect(xml).toMatch(
      /^<\?xml version="1.0" encoding="UTF-8"\?>\n<xsync><reqNo><!\[CDATA\[\d{18}\]\]><\/reqNo>/,
    );
  });

  it.each([
    ['blanks', '<orderNo><![CDATA[ shipment-1 ]]></orderNo>'],
    ['newlines', '<orderNo>\n<![CDATA[shipment-1]]>\n</orderNo>'],
    ['none', '<orderNo>shipment-1</orderNo>'],
  ])('writes values with cdata %s as %s', async (cdata, written) => {
    const office = await openOffice();
    office.control.putSwitches({ cdata, prolog: 'absent' });
    const xml = await office.call('InsertOrder', order());
    expect(xml).toContain(written);
    expect(xml).toMatch(/^<xsync>/);
  });

  it.each([
    ['xsync', '<xsync><error><error_code><![CDATA[ERR-225]]></error_code>'],
    ['bare', '<error><error_code><![CDATA[ERR-225]]></error_code>'],
    ['xsync-data', '<xsync><xsyncData><error_code><![CDATA[ERR-225]]></error_code>'],
  ])('nests an error as %s', async (errorShape, start) => {
    const office = await openOffice();
    office.control.putSwitches({ errorShape, prolog: 'absent' });
    expect(await office.call('GetResInfo', question())).toMatch(
      new RegExp(`^${start.replaceAll(/[[\]!]/g, '\\$&')}`),
    );
  });

  it('spells the office tag as the table of the manual when told', async () => {
    const office = await openOffice();
    expect(await office.call('InsertOrder', order())).toContain('<regiPoNm>');
    office.control.putSwitches({ officeNameTag: 'regipoNm' });
    expect(await office.call('InsertOrder', order())).toContain('<regipoNm>');
  });

  it('stays well formed whatever an order number holds', async () => {
    const office = await openOffice();
    const odd = 'a<b>]]>c';
    expect(await office.call('InsertOrder', order({ orderNo: odd }))).toContain(
      '<orderNo><![CDATA[a<b>]]]]><![CDATA[>c]]></orderNo>',
    );
    office.control.putSwitches({ cdata: 'none' });
    expect(await office.call('InsertOrder', order({ orderNo: odd }))).toContain(
      '<orderNo>a&lt;b&gt;]]&gt;c</orderNo>',
    );
  });
});

describe('the plaintext of regData', () => {
  it('is cut at & and at the first =, the first of two equal names counts, and nothing is decoded', () => {
    const fields = parsePlaintext('a=1&b=x=y&a=2&c=&=z&d&e=%20+');
    expect([...fields]).toEqual([
      ['a', '1'],
      ['b', 'x=y'],
      ['c', ''],
      ['e', '%20+'],
    ]);
  });
});

describe('starting and stopping', () => {
  it('refuses a port that is taken, saying so', async () => {
    const office = await openOffice();
    const port = Number(new URL(office.url).port);
    const second = startEpostSimulator({
      port,
      key: 'k',
      securityKey: 's'.repeat(16),
      traceKey: 't',
      now: () => 0,
    });
    await expect(second).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  it('stops at once although calls are open, and books none of them afterwards', async () => {
    const office = await openOffice();
    office.control.setFault({ kind: 'slow', delayMs: 60_000, operation: 'InsertOrder' });
    office.control.setFault({ kind: 'timeout-before', operation: 'GetResInfo' });
    const calls = [office.call('InsertOrder', order()), office.call('GetResInfo', question())];
    await expect.poll(() => office.control.state().inFlight).toBe(2);
    await office.stop();
    const ended = await Promise.allSettled(calls);
    expect(ended.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(office.control.bookings()).toEqual([]);
    await expect(fetch(office.url)).rejects.toThrow('fetch failed');
  });
});
