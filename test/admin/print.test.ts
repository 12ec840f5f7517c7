/** On paper: who printed what and when stands above it, and what was revealed on the screen stays masked. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { shipmentPage } from '../../functions/admin/pages/shipment/shipment.page.tsx';
import { aShipment } from '../support/builders.ts';
import { startTables, type TestTables } from '../support/dynamo.ts';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { type Desk, show, startDesk } from './pages/parcel-desk.ts';
import { anOperator, testConsole } from './support/console.ts';
import { thingPages } from './support/pages.ts';

let tables: TestTables;
let desk: Desk;
beforeAll(async () => {
  [tables, desk] = await Promise.all([startTables(), startDesk()]);
});
afterAll(() => Promise.all([tables.stop(), desk.stop()]));

describe('a printed page', () => {
  it('begins with what it is, when it was printed in Korea and by whom', async () => {
    const console_ = testConsole(tables, thingPages().registry);
    const cookie = await console_.signIn(anOperator('view'));
    const html = await (await console_.get('/things/7', cookie)).text();
    expect(html).toContain(
      '<p class="printhead">우체국택배 자동화 · 담은공방 · 2026.11.24(화) 14:20 인쇄 · 김운영</p>',
    );
  });

  it('shows a person masked, also while the screen shows them whole', async () => {
    await desk.doc.send(new PutCommand({ TableName: desk.tables.shipments, Item: aShipment() }));
    const shown = { name: '가나다', phone: '01000000000', address: '서울특별시 중구 세종대로 110' };
    const { html } = await show(shipmentPage, desk.context({ params: { waybill: 'S-1' } }), { shown });
    const paper = html.replaceAll(/<span class="noprint">.*?<\/span>/g, '');
    expect(html).toContain('<span class="noprint">가나다</span>');
    expect(paper).toContain('<span class="onpaper">가○다</span>');
    for (const value of Object.values(shown)) expect(paper).not.toContain(value);
  });
});
