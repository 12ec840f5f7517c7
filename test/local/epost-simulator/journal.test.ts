import { spawn } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HOUR, KEY, START, encode, openOffice, order, question, read, readAll } from './post-office.ts';

let folder = '';
let journalFile = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'epost-journal-'));
  journalFile = join(folder, 'bookings.jsonl');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('bookings in a journal', () => {
  it('survive a restart with their state, journeys, offices and counts', async () => {
    const before = await openOffice({ journalFile });
    const booked = await before.call('InsertOrder', order({ orderNo: 'a' }));
    await before.call('InsertOrder', order({ orderNo: 'a' }));
    await before.call('InsertOrder', order({ orderNo: 'b', regiNo: '6899900123456' }));
    const { custNo = '', apprNo = '' } = order();
    const cancel = { custNo, apprNo, reqType: '1', reqNo: read(booked, 'reqNo') ?? '', delYn: 'N' };
    const ids = { resNo: read(booked, 'resNo') ?? '', regiNo: read(booked, 'regiNo') ?? '' };
    const replaced = read(await before.call('GetResCancelCmd', { ...cancel, ...ids }), 'regino');
    before.control.setJourney('b', 'mailbox');
    before.control.playJourneys('6899900123456', '배달준비');
    const bookings = before.control.bookings();
    await before.stop();

    const after = await openOffice({ journalFile });
    expect(after.control.bookings()).toEqual(bookings);
    expect(after.control.state()).toMatchObject({ bookings: 3, secondRegistrations: 1, distinctNumbers: 4 });
    expect(readAll(await after.call('GetResInfo', question('a')), 'regiNo')).toContain(replaced);
    expect(readAll(await after.trace('6899900123456'), 'tracestatus')).toHaveLength(6);
    after.clock.now += 60 * HOUR;
    expect(await after.trace('6899900123456')).toContain('수취함투함');
  });

  it('never give a number or a request number out again after a restart', async () => {
    const numbers: string[] = [];
    for (let run = 0; run < 3; run++) {
      const office = await openOffice({ journalFile });
      const xml = await office.call('InsertOrder', order({ orderNo: `run-${run}` }));
      numbers.push(read(xml, 'regiNo') ?? '', read(xml, 'reqNo') ?? '');
      await office.stop();
    }
    expect(new Set(numbers).size).toBe(6);
  });

  it('are whole although the process was killed while it booked', async () => {
    const answered = await bookUntilKilled(journalFile);
    appendFileSync(journalFile, '{"kind":"booked","booking":{"reqNo":"2026');
    const office = await openOffice({ journalFile });
    const kept = Object.keys(office.control.state().bookingsByOrderNo);
    expect(answered.length).toBeGreaterThan(5);
    expect(answered.filter((orderNo) => !kept.includes(orderNo))).toEqual([]);
    await office.call('InsertOrder', order({ orderNo: 'after-the-kill' }));
    await office.stop();
    const again = await openOffice({ journalFile });
    expect(Object.keys(again.control.state().bookingsByOrderNo)).toContain('after-the-kill');
  });

  it('name no person and no address', async () => {
    const office = await openOffice({ journalFile });
    await office.call('InsertOrder', order());
    const text = readFileSync(journalFile, 'utf8');
    expect(text).toContain('shipment-1');
    for (const name of ['recNm', 'recAddr1', 'recMob', 'ordCompNm'] as const) {
      expect(text).not.toContain(order()[name]);
    }
  });
});

/** Runs a simulator in a process of its own, books until it is killed, and answers the orders it confirmed. */
async function bookUntilKilled(file: string): Promise<string[]> {
  const module = new URL('../../../local/epost-simulator/simulator.ts', import.meta.url).href;
  const options = `{ key: '${KEY}', securityKey: '1234567890abcdefghijkl', traceKey: 't', now: () => ${START}, journalFile: ${JSON.stringify(file)} }`;
  const code = `import { startEpostSimulator } from '${module}'; console.log((await startEpostSimulator(${options})).url);`;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString().trim()));
    child.once('exit', () => reject(new Error('the simulator ended by itself')));
  });
  const answered: string[] = [];
  const lane = async (name: string) => {
    for (let n = 0; ; n++) {
      const orderNo = `${name}-${n}`;
      const response = await fetch(
        `${url}/api.InsertOrder.jparcel?key=${KEY}&regData=${encode(order({ orderNo }))}`,
      );
      if (read(await response.text(), 'regiNo') !== null) answered.push(orderNo);
      if (answered.length === 20) child.kill('SIGKILL');
    }
  };
  await Promise.allSettled(['a', 'b', 'c', 'd'].map(lane));
  return answered;
}
