import { describe, expect, it } from 'vitest';
import { behaviours } from '../../../local/epost-simulator/behaviours.ts';
import { operations } from '../../../local/epost-simulator/wire/operations.ts';
import { switchValues } from '../../../local/epost-simulator/switches.ts';
import type { PostOffice } from './post-office.ts';
import { KEY, encode, openOffice, order, question, read } from './post-office.ts';

const send = (office: PostOffice, method: string, path: string, body?: unknown) =>
  fetch(`${office.url}${path}`, {
    method,
    redirect: 'manual',
    ...(body === undefined
      ? {}
      : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  });

const submit = (office: PostOffice, path: string, fields: Record<string, string>) =>
  fetch(`${office.url}${path}`, { method: 'POST', redirect: 'manual', body: new URLSearchParams(fields) });

describe('the JSON control', () => {
  it('switches a fault on and off while the simulator runs', async () => {
    const office = await openOffice();
    const added = await send(office, 'POST', '/control/faults', {
      operation: 'InsertOrder',
      kind: 'maintenance',
    });
    expect(added.status).toBe(201);
    expect(await added.json()).toEqual({ id: expect.any(String) });
    expect(await office.call('InsertOrder', order())).toContain('작업 안내');
    expect((await send(office, 'DELETE', '/control/faults')).status).toBe(200);
    expect(read(await office.call('InsertOrder', order()), 'regiNo')).toMatch(/^\d{13}$/);
  });

  it.each([
    [{ kind: 'explosion' }, 'kind'],
    [{ kind: 'slow', operation: 'InsertOrders' }, 'operation'],
    [{ kind: 'slow', probability: 2 }, 'probability'],
    [{ kind: 'slow', times: 0 }, 'times'],
    [{ kind: 'slow', delayMs: 'soon' }, 'delayMs'],
    [{ kind: 'slow', match: { orderNo: 1 } }, 'match'],
  ])('refuses %j, naming %s', async (fault, named) => {
    const office = await openOffice();
    const response = await send(office, 'POST', '/control/faults', fault);
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({ error: expect.stringContaining(named) });
    expect(office.control.state().faults).toEqual([]);
  });

  it('refuses a body that is no JSON, an unknown path, and a request from another site', async () => {
    const office = await openOffice();
    const broken = await fetch(`${office.url}/control/faults`, { method: 'POST', body: '{' });
    const foreign = await fetch(`${office.url}/control/faults`, {
      method: 'DELETE',
      headers: { origin: 'http://shop.example' },
    });
    expect([broken.status, foreign.status]).toEqual([400, 403]);
    expect((await send(office, 'POST', '/control/elsewhere')).status).toBe(404);
  });

  it('reads state: bookings by order, calls by operation, second registrations and distinct numbers', async () => {
    const office = await openOffice();
    await office.call('InsertOrder', order({ orderNo: 'a' }));
    await office.call('InsertOrder', order({ orderNo: 'a' }));
    await office.call('InsertOrder', order({ orderNo: 'b' }));
    await office.call('GetResInfo', question('a'));
    expect(await (await office.get('/control/state')).json()).toMatchObject({
      bookings: 3,
      bookingsByOrderNo: { a: 2, b: 1 },
      secondRegistrations: 1,
      distinctNumbers: 3,
      calls: { InsertOrder: 3, GetResInfo: 1 },
      totalCalls: 4,
      inFlight: 0,
      maxInFlight: 1,
    });
  });

  it('plays journeys and gives orders a plan', async () => {
    const office = await openOffice();
    await office.call('InsertOrder', order({ regiNo: '6899900123456' }));
    const plan = await send(office, 'POST', '/control/journeys', { orderNo: 'shipment-1', plan: 'mailbox' });
    expect(plan.status).toBe(200);
    const played = await send(office, 'POST', '/control/journeys', { play: 'all', until: '수취함' });
    expect(await played.json()).toEqual({ played: 1 });
    expect(await office.trace('6899900123456')).toContain('수취함투함');
    expect((await send(office, 'POST', '/control/journeys', { orderNo: 'a', plan: 'holiday' })).status).toBe(
      400,
    );
    expect((await send(office, 'POST', '/control/journeys', {})).status).toBe(400);
  });

  it('puts all the switches given or none', async () => {
    const office = await openOffice();
    const wrong = { cdata: 'blanks', errorShape: 'json' };
    expect((await send(office, 'POST', '/control/switches', wrong)).status).toBe(400);
    expect(office.control.state().switches.cdata).toBe('tight');
    expect((await send(office, 'POST', '/control/switches', { cdata: 'blanks' })).status).toBe(200);
    expect(office.control.state().switches.cdata).toBe('blanks');
  });
});

describe('the control page', () => {
  it('shows every behaviour with its label, and works by forms without script', async () => {
    const office = await openOffice();
    const page = await (await office.get('/control')).text();
    expect(page).toContain('<html lang="ko">');
    expect(page).not.toContain('<script');
    for (const behaviour of behaviours) expect(page).toContain(behaviour.text);
    expect(page.match(/<form method="post"/g)?.length).toBeGreaterThanOrEqual(4);
  });

  it('takes a form, goes back to the page, and shows what is on', async () => {
    const office = await openOffice();
    const form = { kind: 'slow', operation: '', times: '3', probability: '', delayMs: '5', orderNo: '' };
    const answer = await submit(office, '/control/faults', form);
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/control']);
    expect(office.control.state().faults).toMatchObject([{ kind: 'slow', times: 3, delayMs: 5 }]);
    const page = await (await office.get('/control')).text();
    expect(page).toContain('모두 끄기');
    const id = office.control.state().faults[0]?.id ?? '';
    await submit(office, '/control/faults/remove', { id });
    expect(office.control.state().faults).toEqual([]);
  });

  it('says what was wrong with a form, and writes no markup from outside', async () => {
    const office = await openOffice();
    const answer = await submit(office, '/control/switches', { '<b>x</b>': 'y' });
    expect(answer.status).toBe(400);
    const page = await answer.text();
    expect(page).toContain('&lt;b&gt;x&lt;/b&gt;');
    expect(page).not.toContain('<b>x');
  });

  it('is where the bare address leads', async () => {
    const office = await openOffice();
    const answer = await fetch(office.url, { redirect: 'manual' });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/control']);
  });
});

describe('the table of behaviours', () => {
  it('labels each one certain, likely or unknown, once, with a Korean text and a source', () => {
    expect(new Set(behaviours.map(({ id }) => id)).size).toBe(behaviours.length);
    for (const { sure, text, source } of behaviours) {
      expect(['certain', 'likely', 'unknown']).toContain(sure);
      expect(text).toMatch(/[가-힣]/);
      expect(source).not.toBe('');
    }
  });

  it('has one entry for every switch', () => {
    const switched = behaviours.flatMap((behaviour) => behaviour.switch ?? []);
    expect(switched.toSorted()).toEqual(Object.keys(switchValues).toSorted());
  });

  it('calls bands, repeated orders and the number after a cancel what the facts call them', () => {
    const sure = Object.fromEntries(behaviours.map((behaviour) => [behaviour.id, behaviour.sure]));
    expect(sure).toMatchObject({
      'band-number': 'unknown',
      'repeated-order': 'unknown',
      'status-after-cancel': 'unknown',
      'cancel-number': 'certain',
      'test-order': 'certain',
      'errors-with-200': 'likely',
    });
  });
});

describe('the counts of calls', () => {
  it('are exact for calls that run at once', async () => {
    const office = await openOffice();
    office.control.setFault({ kind: 'slow', delayMs: 50 });
    const calls = Array.from({ length: 12 }, (_, n) =>
      office.call('InsertOrder', order({ orderNo: `o${n}` })),
    );
    await Promise.all([...calls, office.call('GetResInfo', question())]);
    expect(office.control.state()).toMatchObject({
      calls: { InsertOrder: 12, GetResInfo: 1 },
      inFlight: 0,
      maxInFlight: 13,
      maxInFlightByOperation: { InsertOrder: 12, GetResInfo: 1 },
    });
  });

  it('never count one more than there are when calls follow each other closely', async () => {
    const office = await openOffice();
    const lane = async (name: string) => {
      for (let n = 0; n < 100; n++) await office.call('InsertOrder', order({ orderNo: `${name}-${n}` }));
    };
    await Promise.all(['a', 'b', 'c'].map(lane));
    expect(office.control.state()).toMatchObject({ bookings: 300, inFlight: 0 });
    expect(office.control.state().maxInFlight).toBeLessThanOrEqual(3);
    office.control.resetCounts();
    expect(office.control.state()).toMatchObject({ totalCalls: 0, maxInFlight: 0, bookings: 300 });
  });

  it('do not count the control, and take only GET and POST for a call', async () => {
    const office = await openOffice();
    const url = `${office.url}/api.InsertOrder.jparcel?key=${KEY}&regData=${encode(order())}`;
    expect((await fetch(url, { method: 'PUT' })).status).toBe(405);
    expect(office.control.state()).toMatchObject({ totalCalls: 0, bookings: 0 });
    expect(operations).toHaveLength(14);
  });
});
