import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CheckName, CheckOutcome } from '../../functions/merchant/application.ts';
import { createAudit } from '../../functions/audit/audit.store.ts';
import { startWorld, type World } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.stop());

const check = (applicationId = 'A-1') => world.onboard({ v: 1, kind: 'check', applicationId });
const link = (applicationId = 'A-1') => world.onboard({ v: 1, kind: 'link', applicationId });
const outcomes = async () =>
  Object.fromEntries((await world.read('A-1')).checks.map(({ name, outcome }) => [name, outcome])) as Record<
    CheckName,
    CheckOutcome
  >;
const audits = async () =>
  (await createAudit(world.doc, world.tables).of('application#A-1')).map(({ what }) => what);
const approved = async (over = {}) => {
  await world.submit('A-1', over);
  await check();
  expect(await world.command('A-1', { do: 'approve' })).toMatchObject({ outcome: 'moved' });
};
const told = () => world.events.map(({ detailType }) => detailType);

describe('the link work', () => {
  it('with numbers in the pool registers the site and brings the merchant into use', async () => {
    await approved();
    world.available.set('sodam', 1184);
    await link();
    expect(await world.read('A-1')).toMatchObject({ status: 'active' });
    expect(await outcomes()).toMatchObject({ 'site-registered': 'passed', 'numbers-ready': 'passed' });
    const sites = await world.ports.epost.getOfficeInfo('0011223344');
    expect(sites).toMatchObject({ outcome: 'ok', value: [{ officeSer: 'SODAM1' }] });
    expect(told()).toContain('ApplicationActivated');
    await link();
    expect((await audits()).filter((what) => what === 'application.activated')).toHaveLength(1);
  });

  it('leaves a site that ePost knows alone', async () => {
    await approved();
    world.available.set('sodam', 1);
    const { zip, tel, contact, address1, address2 } = (await world.read('A-1')).site;
    const site = { officeSer: 'SODAM1', name: '먼저', zip, tel, contact, address1, address2 };
    await world.ports.epost.insertOffice({ customerNo: '0011223344', ...site });
    await link();
    const sites = await world.ports.epost.getOfficeInfo('0011223344');
    expect(sites).toMatchObject({ outcome: 'ok', value: [{ name: '먼저' }] });
    expect((await world.read('A-1')).status).toBe('active');
  });

  it('waits for numbers in band mode, saying so once, and goes on when they come', async () => {
    await approved();
    await link();
    await link();
    expect(await world.read('A-1')).toMatchObject({
      status: 'linking',
      linkProblem: '배정한 운송장번호가 없습니다. 운송장번호 대역을 추가해 주세요.',
    });
    expect((await audits()).filter((what) => what === 'application.checked')).toHaveLength(2);
    world.available.set('sodam', 100);
    await world.onboard({ 'detail-type': 'WaybillBlockImported', detail: { contractId: 'sodam' } });
    expect(await world.read('A-1')).toMatchObject({ status: 'active' });
    expect(await world.read('A-1')).not.toHaveProperty('linkProblem');
  });

  it('needs no numbers where ePost issues them', async () => {
    await approved({ numbering: 'carrier-issued' });
    await link();
    expect((await world.read('A-1')).status).toBe('active');
  });

  it('waits while ePost is away, and goes back to review when ePost refuses the site', async () => {
    await approved({ numbering: 'carrier-issued' });
    world.office.control.setFault({ kind: 'maintenance' });
    await link();
    expect((await world.read('A-1')).status).toBe('linking');
    world.office.control.clearFaults();
    world.office.control.setCustomer('0011223344', null);
    await link();
    const back = await world.read('A-1');
    expect(back.status).toBe('reviewing');
    expect(back.linkProblem).toContain('고객번호');
  });
});
