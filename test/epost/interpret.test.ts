import { describe, expect, it } from 'vitest';
import type { TransportAnswer } from '../../functions/epost/carrier-answer.ts';
import { createEpostClient } from '../../functions/epost/epost.client.ts';
import { aParcel, aSender, anOrder, to } from './a-parcel.ts';
import { SECURITY_KEY, clientOn, fakeWire, plaintextOf } from './fake-wire.ts';
import wire from './wire.json' with { type: 'json' };

const inserting = (answer: TransportAnswer | string, status?: number) =>
  clientOn(fakeWire(answer, status).transport).insertOrder(anOrder());
const error = (code: string) =>
  `<xsync><error><error_code>${code}</error_code><message>m</message></error></xsync>`;
const booking = wire.answers.InsertOrder;
const NOTICE = '<html><head><title>작업 안내</title></head><body>서비스가 일시 중단됩니다.</body></html>';

describe('an answer to InsertOrder', () => {
  it.each<[string, TransportAnswer | string, number, object]>([
    ['is maintenance on the notice page', NOTICE, 404, { outcome: 'maintenance' }],
    [
      'is maintenance on any page where the message is gone',
      '<html><body>Not Found</body></html>',
      404,
      { outcome: 'maintenance' },
    ],
    ['is maintenance on the notice page with any status', NOTICE, 200, { outcome: 'maintenance' }],
    ['is unknown on another page', '<html>blocked</html>', 200, { outcome: 'unknown', why: 'garbled' }],
    [
      'is unknown on a gateway page',
      '<html>Bad Gateway</html>',
      502,
      { outcome: 'unknown', why: 'http-status' },
    ],
    [
      'is unknown on a server error, whatever its body says',
      booking,
      500,
      { outcome: 'unknown', why: 'http-status' },
    ],
    ['is unknown when empty', '', 200, { outcome: 'unknown', why: 'garbled' }],
    ['is unknown when empty with an error status', '', 503, { outcome: 'unknown', why: 'http-status' }],
    ['is unknown when cut off', booking.slice(0, 200), 200, { outcome: 'unknown', why: 'garbled' }],
    [
      'is unknown when too large',
      `<x>${'a'.repeat(300_000)}</x>`,
      200,
      { outcome: 'unknown', why: 'too-large' },
    ],
    [
      'is unknown when the number is none',
      booking.replace('6013082362377', '601308236237'),
      200,
      { outcome: 'unknown', why: 'garbled' },
    ],
    [
      'is unknown when the number is missing',
      booking.replace(/<regiNo>.*<\/regiNo>/, ''),
      200,
      { outcome: 'unknown', why: 'garbled' },
    ],
    [
      'is unknown when it is about another order',
      booking.replace('</xsync>', '<orderNo>other</orderNo></xsync>'),
      200,
      { outcome: 'unknown', why: 'garbled' },
    ],
    [
      'is unknown when it names two numbers',
      booking.replace('</xsync>', '<regino>6013082362378</regino></xsync>'),
      200,
      { outcome: 'unknown', why: 'garbled' },
    ],
    [
      'is unknown when it is a booking and an error at once',
      booking.replace('</xsync>', `${error('ERR-511').slice(7)}`),
      200,
      { outcome: 'unknown', why: 'garbled' },
    ],
    ['is an error in a failing status too', error('ERR-131'), 500, { outcome: 'error', code: 'ERR-131' }],
    [
      'passes on that nothing was sent',
      { outcome: 'unreachable', why: 'ECONNREFUSED' },
      0,
      { outcome: 'unreachable', why: 'ECONNREFUSED' },
    ],
    [
      'passes on that nothing came back',
      { outcome: 'unknown', why: 'timeout' },
      0,
      { outcome: 'unknown', why: 'timeout' },
    ],
  ])('%s', async (_, answer, status, expected) => {
    expect(await inserting(answer, status)).toMatchObject(expected);
  });

  it('is a booking when the order it names is ours', async () => {
    expect(
      await inserting(booking.replace('</xsync>', '<orderNo><![CDATA[ ship-1 ]]></orderNo></xsync>')),
    ).toMatchObject({
      outcome: 'ok',
      value: { waybillNumber: '6013082362377' },
    });
  });

  it('is a booking without a parcel for a test order', async () => {
    const answer = booking
      .replace('6013082362377', 'TESTREGINOAPI')
      .replace(/<vTelNo>.*<\/vTelNo>/, '<vTelNo/>');
    const read = await inserting(answer);
    expect(read).toMatchObject({ outcome: 'ok', value: { waybillNumber: 'TESTREGINOAPI' } });
    expect(read).not.toHaveProperty('value.virtualTel');
  });
});

describe('the address', () => {
  it('may be configured with or without a slash at its end', async () => {
    const { transport, asked } = fakeWire('');
    for (const shipUrl of ['http://ship.example.test/', 'http://ship.example.test']) {
      const client = createEpostClient({
        shipUrl,
        key: 'k',
        securityKey: SECURITY_KEY,
        timeoutMs: 1,
        transport,
      });
      await client.getCustNo('user01');
    }
    expect(asked.map(({ url }) => url.pathname)).toEqual([
      '/api.GetCustNo.jparcel',
      '/api.GetCustNo.jparcel',
    ]);
  });
});

describe('a request that ePost would misread', () => {
  it('never leaves, and says whose turn it is', async () => {
    const { transport, asked } = fakeWire(booking);
    const client = clientOn(transport);
    expect(await client.insertOrder(anOrder({ parcel: to({ name: 'A&B' }) }))).toMatchObject({
      outcome: 'error',
      code: 'FIELD',
      message: 'recipient.name: unsafe-character',
      refusal: { class: 'recipient-data', mustAct: 'merchant', retry: false },
    });
    expect(await client.insertOrder(anOrder({ sender: aSender({ customerNo: '1' }) }))).toMatchObject({
      code: 'FIELD',
      refusal: { class: 'contract', mustAct: 'operator' },
    });
    expect(await client.insertOrder(anOrder({ parcel: aParcel({ weightKg: 31 }) }))).toMatchObject({
      code: 'FIELD',
      refusal: { class: 'our-request', mustAct: 'merchant' },
    });
    expect(await client.getCustNo('a&memberID=b')).toMatchObject({
      code: 'FIELD',
      message: 'unsafe-character',
      refusal: { mustAct: 'operator' },
    });
    expect(asked).toEqual([]);
  });

  it('carries our number and the test mark inside the sealed data', async () => {
    const { transport, asked } = fakeWire(booking);
    await clientOn(transport).insertOrder(
      anOrder({ sender: aSender({ testOrders: true }), waybillNumber: '6012345678900' }),
    );
    expect(plaintextOf(asked)).toMatch(/&printYn=N&testYn=Y&regiNo=6012345678900$/);
    expect(asked[0]!.url.search).not.toContain('testYn');
  });
});
