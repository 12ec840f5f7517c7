import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { overviewPage } from '../../../functions/admin/pages/overview/overview.page.tsx';
import { putContract } from '../../../functions/merchant/contract.store.ts';
import { attentionKeys } from '../../../functions/shipment/shipment.ts';
import { createRunTallies } from '../../../functions/transmission/run-tally.store.ts';
import { createAllocate } from '../../../functions/waybill/allocation.store.ts';
import { importBlock } from '../../../functions/waybill/import-block.store.ts';
import { aContract, aShipment, T0 } from '../../support/builders.ts';
import { type Desk, show, startDesk } from './parcel-desk.ts';

let desk: Desk;
const MINUTE = 60_000;

beforeAll(async () => {
  desk = await startDesk();
  Object.assign(desk.ports, { tallies: createRunTallies(desk.doc, desk.tables.operations) });
});
afterAll(() => desk.stop());

const look = () => show(overviewPage, desk.context(), { now: desk.now });

describe('the overview', () => {
  it('says so when there is nothing to do', async () => {
    const { text, model } = await look();
    expect(model.todos).toEqual([]);
    expect(text).toContain('지금 처리할 일이 없습니다');
    expect(text).toContain('처리할 일이 없습니다. 새 신청이나 실패가 생기면 여기에 나타납니다.');
    expect(text).toContain('11월 24일(화) 14:20 기준입니다.');
  });

  it('counts from the stores what waits, and leads where it is mended', async () => {
    await putContract(desk.doc, desk.tables.contracts, aContract({ companyName: '<script>x</script>' }));
    await importBlock(desk.doc, desk.tables, {
      contractId: 'sodam',
      request: { kind: 'run', first: '6899900100000', last: '6899900100009' },
      by: '김운영',
      now: T0 - 86_400_000,
    });
    const give = createAllocate(desk.doc, desk.tables, () => T0);
    await give(
      aContract(),
      Array.from({ length: 9 }, (_, i) => {
        const {
          waybillNumber: _n,
          ledgerSeq: _s,
          allocatedAt: _a,
          state: _t,
          ...shipment
        } = aShipment({
          shipmentId: `S-${i}`,
        });
        return { shipment, expect: 'new' as const };
      }),
    );
    const refusal = { code: 'ERR-311', reason: '주소', mustAct: 'merchant' as const, at: T0 };
    const failed = aShipment({ shipmentId: 'S-0', state: 'refused', refusal });
    const Item = { ...failed, ...attentionKeys('refused', failed) };
    await desk.doc.send(new PutCommand({ TableName: desk.tables.shipments, Item }));
    await createRunTallies(desk.doc, desk.tables.operations).write({ at: T0, done: 41, failed: 1 });
    desk.letters.set('Transmission', [{ messageId: 'm', sentAt: T0, received: 1, body: '{}' }]);
    desk.now = T0 + 21 * MINUTE;
    const { model, text, html } = await look();
    expect(model.todos.map(({ key, href }) => [key, href])).toEqual([
      ['tx-failed', '/transmissions?tab=failed'],
      ['tx-late', '/transmissions?tab=pending'],
      ['dlq', '/dlq/Transmission'],
      ['band', '/bands/sodam'],
    ]);
    expect(text).toContain('지금 처리할 일 4건');
    expect(text).toContain('전송이 20분을 넘긴 출고가 8건 있습니다');
    expect(model.cards.map(({ word }) => word.label)).toEqual(['멈춤', '기록 없음', '곧 소진', '확인 필요']);
    expect(text).toContain('전송완료 41건');
    expect(html).not.toContain('<script>');
    expect(JSON.stringify(model)).not.toMatch(/가나다|01000000000|세종대로/);
  });

  it('says that the carrier is left alone, and until when', async () => {
    await desk.ports.pauses.write({
      reason: 'unreachable',
      since: desk.now - 6 * MINUTE,
      until: desk.now + 2 * MINUTE,
      step: 1,
      codes: [],
    });
    expect((await look()).text).toContain(
      '우체국이 응답하지 않습니다. 출고정보는 보관했고 14:43에 다시 확인합니다.',
    );
    await desk.ports.pauses.clear();
  });

  it('still opens when a part cannot be read, and says which', async () => {
    const { deadLetters } = desk.ports;
    const broken = { ...deadLetters, depth: () => Promise.reject(new Error('no queue')) };
    const ports = { ...desk.ports, deadLetters: broken };
    const { model } = await show(overviewPage, desk.context({ ports }), { now: desk.now });
    expect(model.todos.at(-1)).toMatchObject({
      key: 'unread',
      detail: expect.stringContaining('실패 보관함'),
    });
    expect(model.cards[3]).toMatchObject({ value: '-' });
  });
});
