/** Contracts and numbers through the operators' scripts, against the running stack. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jumpUntil, npmStart, type Running } from './npm-start.ts';
import { openPlatform, type Platform } from './platform.ts';

const root = path.join(import.meta.dirname, '..', '..');
let folder: string;
let running: Running;
let platform: Platform;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'journeys-'));
  running = await npmStart('--port', '4730');
  platform = openPlatform(running);
});
afterAll(async () => {
  platform.close();
  await running.stop();
  await rm(folder, { recursive: true, force: true });
});

const script = async (name: string, ...args: string[]) => {
  const tsx = path.join(root, 'node_modules', 'tsx', 'dist', 'cli.mjs');
  const all = [tsx, `scripts/${name}.ts`, '--local', running.ready.control, ...args];
  return promisify(execFile)(process.execPath, all, { cwd: root });
};
const aContract = async (contractId: string) => {
  const file = path.join(folder, 'contract.json');
  const contract = {
    contractId,
    status: 'active',
    companyName: '새싹상회',
    customerNo: '0004100299',
    approvalNo: '4001003099',
    officeSer: 'SITE99',
    numbering: 'band',
  };
  await writeFile(file, JSON.stringify(contract));
  await script('put-contract', '--file', file);
};

describe('a pool of numbers', () => {
  it('runs dry, lets shipments wait visibly, and serves them when an operator imports more', async () => {
    await platform.ship(...['D-1', 'D-2', 'D-3'].map((shipmentId) => ({ shipmentId, shopId: 'saessak' })));
    await jumpUntil(running, () =>
      ['D-1', 'D-2', 'D-3'].every((id) => platform.types(id).includes('ShipmentWaiting')),
    );
    expect(platform.last('D-1', 'ShipmentWaiting')).toMatchObject({ reason: 'contract-unknown' });

    await aContract('saessak');
    await script(
      'import-numbers',
      '--contract',
      'saessak',
      '--first',
      '6777700000001',
      '--last',
      '6777700000002',
    );
    await jumpUntil(running, () =>
      running.told.some(
        ({ detailType, detail }) => detailType === 'WaybillPoolLow' && detail['level'] === 'empty',
      ),
    );
    const list = path.join(folder, 'numbers.csv');
    await writeFile(list, '\uFEFF6777700000115\r\n6777700000107\r\n');
    const { stdout } = await script('import-numbers', '--contract', 'saessak', '--file', list);
    expect(stdout).toContain('2개를 추가했습니다');
    for (const id of ['D-1', 'D-2', 'D-3']) await platform.until(id, 'ShipmentTransmitted');
  });

  it('takes no number that any contract has, nor anything from a file with one bad line', async () => {
    const list = path.join(folder, 'bad.txt');
    await writeFile(list, '6777700000999\n67777-0000-998\n');
    await expect(script('import-numbers', '--contract', 'saessak', '--file', list)).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining('2번째 줄: 운송장번호는 하이픈 없이 숫자 13자리로 넣어 주세요.'),
    });
    const overlap = script(
      'import-numbers',
      '--contract',
      'saessak',
      '--first',
      '6899900000001',
      '--last',
      '6899900000002',
    );
    await expect(overlap).rejects.toMatchObject({
      stderr: expect.stringContaining('sodam-market의 1번째 대역과 2개 겹칩니다'),
    });
  });
});
