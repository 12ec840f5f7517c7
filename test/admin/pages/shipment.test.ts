import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  cancel,
  check,
  resendOne,
  reveal,
} from '../../../functions/admin/pages/shipment/shipment.actions.ts';
import { shipmentPage } from '../../../functions/admin/pages/shipment/shipment.page.tsx';
import { shipmentsPage } from '../../../functions/admin/pages/shipments/shipments.page.tsx';
import { putContract } from '../../../functions/merchant/contract.store.ts';
import { attentionKeys, type Shipment } from '../../../functions/shipment/shipment.ts';
import { createAllocate } from '../../../functions/waybill/allocation.store.ts';
import { importBlock } from '../../../functions/waybill/import-block.store.ts';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { aContract, aShipment, T0 } from '../../support/builders.ts';
import { type Desk, show, startDesk, submit } from './parcel-desk.ts';

let desk: Desk;
const MINUTE = 60_000;
const SCRIPT = '<script>alert(1)</script>';

const store = (shipment: Shipment) =>
  desk.doc.send(new PutCommand({ TableName: desk.tables.shipments, Item: shipment }));
const at = (waybill: string) => desk.context({ params: { waybill } });

beforeAll(async () => {
  desk = await startDesk();
  await putContract(desk.doc, desk.tables.contracts, aContract());
  await putContract(desk.doc, desk.tables.contracts, aContract({ contractId: 'evil', companyName: SCRIPT }));
  for (const [contractId, first] of [
    ['sodam', '6899900100000'],
    ['evil', '7000000000000'],
  ] as const)
    await importBlock(desk.doc, desk.tables, {
      contractId,
      request: { kind: 'run', first, last: String(Number(first) + 99) },
      by: '김운영',
      now: T0,
    });
  const give = (contractId: string, shipments: Partial<Shipment>[]) =>
    createAllocate(
      desk.doc,
      desk.tables,
      () => T0,
    )(
      aContract({ contractId }),
      shipments.map((over) => {
        const {
          waybillNumber: _n,
          ledgerSeq: _s,
          allocatedAt: _a,
          state: _t,
          ...rest
        } = aShipment({ contractId, ...over });
        return { shipment: rest, expect: 'new' as const };
      }),
    );
  await give('sodam', [
    { shipmentId: 'S-1', orderId: 'O-1', box: { number: 1, of: 2 } },
    { shipmentId: 'S-2', orderId: 'O-1', box: { number: 2, of: 2 } },
    { shipmentId: 'S-3', orderId: 'O-3' },
  ]);
  await give('evil', [{ shipmentId: 'E-1', orderId: SCRIPT }]);
});
afterAll(() => desk.stop());

const searchFor = (query: string) => shipmentsPage.read(desk.context({ query: new URLSearchParams(query) }));

describe('looking for a shipment', () => {
  it('goes straight to the only one that a number, an id or an order names', async () => {
    expect(await searchFor('q=6899900100000')).toEqual({
      outcome: 'redirect',
      to: '/shipments/6899900100000',
    });
    expect(await searchFor('q=68999-0010-0001')).toEqual({
      outcome: 'redirect',
      to: '/shipments/6899900100001',
    });
    expect(await searchFor('q=S-3')).toEqual({ outcome: 'redirect', to: '/shipments/S-3' });
    expect(await searchFor('q=O-3')).toEqual({ outcome: 'redirect', to: '/shipments/S-3' });
  });
  it('lists the boxes of an order that went out in several', async () => {
    const { text } = await show(shipmentsPage, desk.context({ query: new URLSearchParams('q=O-1') }));
    expect(text).toContain('68999-0010-0000');
    expect(text).toContain('2개 중 2번째 상자');
  });
  it('says what it looked through when nothing matches', async () => {
    const { text } = await show(
      shipmentsPage,
      desk.context({ query: new URLSearchParams('q=O-99&shop=sodam') }),
    );
    expect(text).toContain('&#39;O-99&#39;와 맞는 출고를 찾지 못했습니다');
    expect(text).toContain('출고 3건을 모두 찾아보았습니다');
  });
  it('explains a number of ours that no shipment has', async () => {
    const { text } = await show(
      shipmentsPage,
      desk.context({ query: new URLSearchParams('q=6899900100050') }),
    );
    expect(text).toContain('소담마켓 1번째 대역의 51번째 번호이며 아직 쓰지 않았습니다');
  });
  it('asks for something to look for first', async () => {
    const { text } = await show(shipmentsPage, desk.context());
    expect(text).toContain('운송장번호 13자리나 주문번호를 넣어 주세요.');
  });
  it('finds a number that ePost drew itself among recent shipments', async () => {
    const { waybillNumber: _n, ...bare } = aShipment({ shipmentId: 'S-4', contractId: 'sodam' });
    await store({ ...bare, ledgerSeq: 9, state: 'accepted', waybillNumber: '6111111111111' });
    await desk.doc.send(
      new PutCommand({
        TableName: desk.tables.ledger,
        Item: { contractId: 'sodam', seq: 9, kind: 'allocated', at: T0, ids: 'S-4' },
      }),
    );
    expect(await searchFor('q=6111111111111')).toEqual({ outcome: 'redirect', to: '/shipments/S-4' });
  });
  it('leaves markup of a merchant text', async () => {
    const { html } = await show(shipmentsPage, desk.context({ query: new URLSearchParams('shop=evil') }));
    expect(html).not.toContain('<script>');
    expect(html).toContain('&lt;script&gt;');
  });
});

describe('one shipment', () => {
  it('tells its story newest first, from the shop to the door', async () => {
    await store(
      aShipment({
        shipmentId: 'S-1',
        state: 'accepted',
        waybillNumber: '6899900100000',
        attempt: 2,
        attemptAt: T0 + 5 * MINUTE,
        booking: {
          reqNo: '202611240000000001',
          resNo: 'R',
          postOffice: '서울마포우체국',
          feeWon: 3200,
          at: T0 + 6 * MINUTE,
        },
        scans: [
          [T0 + 200 * MINUTE, '집하완료', '고양우편집중국'],
          [T0 + 900 * MINUTE, '배달준비', '서울마포우체국'],
        ],
        tracked: {
          status: 'out-for-delivery',
          word: '배달준비',
          at: T0 + 900 * MINUTE,
          scans: 2,
          orderStatus: '배송중',
          changedAt: T0 + 950 * MINUTE,
        },
      }),
    );
    const { model, text } = await show(shipmentPage, at('68999-0010-0000'));
    expect(model.history.map(({ title }) => title)).toEqual([
      '주문서 반영',
      '배달준비',
      '집하완료',
      '전송완료',
      '운송장번호 발급',
      '출고완료',
    ]);
    expect(model.steps.map(({ state }) => state)).toEqual(['done', 'done', 'done', 'now', 'ahead']);
    expect(text).toContain('1번째 대역 68999-0010-0000 ~ 68999-0010-0099');
    expect(text).toContain('6분');
  });
  it('shows nobody until a reason is given, and writes the reason down before it shows', async () => {
    const { html, model } = await show(shipmentPage, at('S-1'));
    expect(html).not.toContain('가나다');
    expect(JSON.stringify(model)).not.toMatch(/01000000000|세종대로 110/);
    const answer = await submit(reveal, at('S-1'), {}, '배송지 문의');
    expect(answer).toMatchObject({ outcome: 'show', shown: { name: '가나다' } });
    const rows = await desk.ports.audit.of('shipment#S-1');
    expect(rows[0]).toMatchObject({
      what: 'personal-data.revealed',
      reason: '배송지 문의',
      by: { id: 'op-1' },
    });
    expect(JSON.stringify(rows)).not.toContain('가나다');
    const shown = await show(shipmentPage, at('S-1'), { shown: { name: '가나다' } });
    expect(shown.html).toContain('가나다');
  });
  it('sends a refused one again, once, and says why an accepted one cannot be sent', async () => {
    const refusal = { code: 'ERR-311', reason: '주소가 없습니다.', mustAct: 'merchant' as const, at: T0 };
    const refused = aShipment({
      shipmentId: 'S-2',
      waybillNumber: '6899900100001',
      state: 'refused',
      refusal,
    });
    await store({ ...refused, ...attentionKeys('refused', refused) });
    expect((await show(shipmentPage, at('S-2'))).text).toContain('주소 확인 필요: 주소가 없습니다.');
    expect(await submit(resendOne, at('S-2'), {}, '주소 고침')).toMatchObject({ outcome: 'done' });
    expect(desk.sent.transmission).toContainEqual(expect.objectContaining({ v: 1, shipmentId: 'S-2' }));
    expect(await submit(resendOne, at('S-2'), {}, '주소 고침')).toEqual({
      outcome: 'conflict',
      message: '전송 차례를 기다리고 있습니다. 자동으로 보냅니다.',
    });
    expect(await submit(resendOne, at('S-1'), {}, '?')).toMatchObject({ outcome: 'conflict' });
    const { html } = await show(shipmentPage, at('S-1'));
    expect(html).toContain('이미 전송을 마쳐 다시 보낼 수 없습니다.');
  });
  it('does not send again what was refused before it had a number, and says what helps', async () => {
    const {
      waybillNumber: _number,
      ledgerSeq: _seq,
      allocatedAt: _at,
      ...bare
    } = aShipment({ shipmentId: 'S-9', contractId: 'sodam', state: 'refused' });
    const refusal = {
      code: 'FIELD',
      reason: '우편번호를 고쳐 주세요.',
      mustAct: 'merchant' as const,
      at: T0,
    };
    await store({ ...bare, refusal, ...attentionKeys('refused', bare) });
    expect(await submit(resendOne, at('S-9'), {}, '?')).toEqual({
      outcome: 'conflict',
      message: '운송장번호를 받기 전에 거절됐습니다. 쇼핑몰이 주문을 고쳐 다시 보내면 번호를 받아 나갑니다.',
    });
  });
  it('cancels what was not sent at once and asks ePost about what was', async () => {
    expect(await submit(cancel, at('S-2'), {}, '고객 변심')).toMatchObject({ outcome: 'done' });
    expect(desk.events.at(-1)).toMatchObject({ detailType: 'CancellationAccepted' });
    expect((await desk.ports.attempts.read('S-2'))?.state).toBe('cancelled');
    expect(await submit(cancel, at('S-1'), {}, '고객 변심')).toEqual({
      outcome: 'conflict',
      message: '이미 집하되어 취소할 수 없습니다.',
    });
  });
  it('has the parcel asked for now', async () => {
    expect(await submit(check, at('S-1'))).toMatchObject({ outcome: 'done' });
    expect(desk.sent.tracking).toEqual([{ v: 1, kind: 'one', shipmentId: 'S-1' }]);
  });
  it('offers whoever only looks nothing to press', async () => {
    const operator = { id: 'op-2', name: '이담당', role: 'view' as const };
    const { html } = await show(shipmentPage, at('S-3'), { operator });
    expect(html).not.toMatch(/<button[^>]*type="submit"(?![^>]*disabled)[^>]*>(?!전체|다시|출고 취소)/);
    expect(html).toContain('조회 전용이라 할 수 없습니다');
  });
  it('is not found by a name nobody has', async () => {
    expect(await shipmentPage.read(at('nobody'))).toEqual({ outcome: 'not-found' });
  });
  it('leaves markup of a merchant text', async () => {
    const { html } = await show(shipmentPage, at('E-1'));
    expect(html).not.toContain('<script>');
  });
});
