/** P17: what is personal or secret goes in everywhere and comes out of no function's log, metric, answer or event. */
import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { beforeAll, describe, expect, it } from 'vitest';
import { OUR_SOURCE } from '../../../functions/events.ts';
import { entries } from '../../../lib/parts/bundles.ts';
import { jumpOnce } from '../../../local/demo/pilot.ts';
import { aRequest } from '../../platform-api/door.ts';
import { anOrder } from '../../support/builders.ts';
import type { Deployed, Visitor } from './house.ts';
import { tellApi } from './machine-door.ts';

/** Each would be found again in any of the forms a program writes it in. */
const person = (n: string) => ({
  name: `카나리${n}`,
  zip: '04524',
  address1: `서울특별시 중구 카나리로 ${n}77`,
  address2: `카나리빌 ${n}층`,
  tel: `02-7${n}77-70${n}1`,
  mobile: `010-77${n}7-70${n}2`,
});
const ORDER = {
  shopId: 'sodam-market',
  recipient: person('4'),
  orderer: person('5'),
  goods: { name: '카나리상품', model: '카나리모델', size: '카나리치수', color: '카나리색' },
  message: '카나리 문 앞에 놓아 주세요',
};
const PASSWORD = 'canary-비밀-6';
const APPLICATION = {
  shopId: 'canary-shop',
  businessNo: '0040000040',
  epostId: 'canaryid',
  epostPassword: PASSWORD,
  contact: { name: '카나리담당', mobile: '01077777006' },
  site: {
    ...aRequest().site,
    name: '카나리창고',
    address1: '카나리로 8',
    tel: '02-777-7007',
    contact: '카나리공급',
  },
};
const CANARIES = [/카나리|canary(?!-shop)/i, /77[45]7-?70[45]|7[45]77-?70[45]/, /7777-?7006|777-?7007/];
/** Written as text, \u escapes, base64 or percent-encoded. */
const forms = (text: string): string[] => [
  text,
  text.replaceAll(/\\u([\da-f]{4})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
  ...[...text.matchAll(/[A-Za-z0-9+/_-]{16,}={0,2}/g)].map(([part]) =>
    Buffer.from(part, 'base64').toString(),
  ),
  text.replaceAll(/(?:%[\da-f]{2})+/gi, (part) => Buffer.from(part.replaceAll('%', ''), 'hex').toString()),
];
const shows = (text: string): boolean =>
  forms(text).some((form) => CANARIES.some((canary) => canary.test(form)));

export const nothingPersonal = (house: () => Deployed, operator: () => Visitor): void => {
  const tell = async (detailType: string, ...details: unknown[]) => {
    const { clients, stack } = house();
    const Entries = details.map((detail) => ({
      EventBusName: stack.outputs['BusName'] ?? '',
      Source: 'shop.platform',
      DetailType: detailType,
      Detail: JSON.stringify(detail),
    }));
    await clients.bus.send(new PutEventsCommand({ Entries }));
  };
  const answers: string[] = [];
  const ask = async (...given: Parameters<typeof tellApi>) => {
    const answer = await tellApi(...given);
    answers.push(await answer.text());
    return answer.status;
  };

  describe('what is personal or secret', () => {
    beforeAll(async () => {
      const { simulator } = house();
      const { mobile: _none, tel: _none2, ...unreachable } = ORDER.recipient;
      const orders = [
        { shipmentId: 'P-sent' },
        { shipmentId: 'P-cancelled' },
        { shipmentId: 'P-refused' },
        { shipmentId: 'P-garbled' },
        { shipmentId: 'P-field', recipient: unreachable },
        { shipmentId: 'P-waiting', shopId: 'no-such-shop' },
        { shipmentId: 'P-misfit', recipient: 'Canary Misfit' },
        { shipmentId: 'P-key', recipient: { ...ORDER.recipient, 'Canary Key': 1 } },
        { shipmentId: 'P-conflict' },
        { shipmentId: 'P-conflict', message: '카나리 다른 말' },
      ];
      simulator?.control.setFault({
        kind: 'error',
        operation: 'InsertOrder',
        code: 'ERR-311',
        message: `수취인 ${ORDER.recipient.name} ${ORDER.recipient.mobile} 오류`,
        match: { orderNo: 'P-refused' },
      });
      simulator?.control.setFault({
        kind: 'garbled',
        operation: 'InsertOrder',
        times: 1,
        match: { orderNo: 'P-garbled' },
      });
      for (const order of orders) await tell('OrderShipped', { ...anOrder(), ...ORDER, ...order });
      await tell('OrderShipped', 'Canary Text');
      await tell('Canary-type', { name: '카나리' });
      const body = (over: object) => JSON.stringify({ ...aRequest(APPLICATION), ...over });
      await ask(house(), { path: '/applications/P-app', body: body({}) });
      for (const over of [
        { revision: 2 },
        { businessNo: '카나리' },
        { extra: '카나리' },
        { contact: '카나리' },
      ])
        await ask(house(), { path: '/applications/P-app', body: body(over) });
      await ask(house(), { path: '/applications/P-broken', body: `{"name":"카나리` });
      await ask(house(), { method: 'GET', path: '/applications/P-app' });
      for (let jump = 0; jump < 4; jump++) await jumpOnce(house());
      await tell('ShipmentCancelled', {
        shipmentId: 'P-cancelled',
        shopId: 'sodam-market',
        reason: '카나리 변심',
      });
      await operator().post('/applications/P-app/reveal', { _reason: '카나리 확인', _confirmed: '1' });
      await operator().get('/shipments?q=%EC%B9%B4%EB%82%98%EB%A6%AC');
      for (const { logicalId } of house().stack.schedules) await house().stack.fire(logicalId);
      for (let jump = 0; jump < 4; jump++) await jumpOnce(house());
    }, 240_000);

    it('really went in: parcels were booked, refused and quarantined, an application taken', () => {
      const told = house().events.filter(({ source }) => source === OUR_SOURCE);
      const types = new Set(told.map((event) => event['detail-type']));
      expect([...types]).toEqual(
        expect.arrayContaining([
          'WaybillAllocated',
          'ShipmentTransmitted',
          'ShipmentRefused',
          'ShipmentWaiting',
          'ShipmentConflict',
          'DeliveryStatusChanged',
          'ApplicationReceived',
        ]),
      );
      const wrote = (name: string) => house().lines.some(({ line }) => line.includes(`"${name}"`));
      // The console writes only what failed in it: its answers above show that it ran.
      const quiet = Object.keys(entries).filter((name) => name !== 'admin' && !wrote(name));
      expect(quiet).toEqual([]);
    });

    it('would be found in whatever form it was written', () => {
      const forms = [
        '"카나리4"',
        '\\uce74\\ub098\\ub9ac',
        Buffer.from('이름: 카나리4').toString('base64'),
        encodeURIComponent('카나리'),
        '01077477042',
        PASSWORD,
      ];
      expect(forms.filter((form) => !shows(form))).toEqual([]);
    });

    it('is in no line that a function wrote, metrics included', () => {
      expect(house().lines.filter(({ line }) => shows(line))).toEqual([]);
    });

    it('is in no event that goes out', () => {
      const told = house().events.filter(({ source }) => source === OUR_SOURCE);
      expect(told.filter((event) => shows(JSON.stringify(event)))).toEqual([]);
    });

    it('is in no answer of the machine door', () => {
      expect(answers.filter(shows)).toEqual([]);
    });
  });

  describe('a line that a function wrote', () => {
    it('is one object, whatever the ids in it hold', async () => {
      const nasty = 'a"}\r\n{"level":"ERROR","message":"forged"}\u001b[31m\u2028';
      await tell('OrderShipped', { ...anOrder(), shopId: 'sodam-market', shipmentId: 'L-1', orderId: nasty });
      await tell('OrderShipped', { ...anOrder(), shopId: nasty, shipmentId: nasty });
      await tell('ShipmentCancelled', { shipmentId: nasty, shopId: 'x' });
      await tell(nasty.slice(0, 60), {});
      await tellApi(house(), { method: 'GET', path: `/applications/${encodeURIComponent(nasty)}` });
      await operator().get(`/shipments/${encodeURIComponent(nasty)}`);
      await operator().get('/shipments', { 'x-request-id': 'forged', 'user-agent': 'a"}{"level":"ERROR"' });
      await jumpOnce(house());
      const broken = house().lines.filter(({ line }) => {
        try {
          return (
            typeof JSON.parse(line) !== 'object' ||
            line.includes('\u001b') ||
            line.startsWith('{"level":"ERROR","message":"forged"')
          );
        } catch {
          return true;
        }
      });
      expect(broken).toEqual([]);
    });
  });
};
