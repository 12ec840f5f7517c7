import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { afterEach, describe, expect, it } from 'vitest';
import { freePort, npmStart, type Running } from './running.ts';

const running: Running[] = [];
const start = (args: readonly string[], env?: Record<string, string>) => {
  const started = npmStart(args, env);
  running.push(started);
  return started;
};

afterEach(async () => {
  for (const { kill, ended } of running.splice(0)) {
    kill('SIGTERM');
    await ended;
  }
});

interface Ready {
  endpoints: Record<'eventbridge' | 'control' | 'epost', string>;
  busName: string;
  orderSource: string;
  region: string;
  credentials: { accessKeyId: string; secretAccessKey: string };
  contracts: { contractId: string; shopId: string; sellerId?: string; numbering: string }[];
}

const readyOf = async (started: Running): Promise<Ready> => {
  const first = await started.until(() => started.json()[0], 'the ready line');
  expect(first['type']).toBe('ready');
  return first as unknown as Ready;
};

const ship = async (ready: Ready, shipmentId: string, contract = ready.contracts[0]!) => {
  const { region, credentials, busName, orderSource, endpoints } = ready;
  const client = new EventBridgeClient({ region, credentials, endpoint: endpoints.eventbridge });
  const detail = {
    shipmentId,
    orderId: `order-${shipmentId}`,
    shopId: contract.shopId,
    ...(contract.sellerId && { sellerId: contract.sellerId }),
    deliveryMethod: '우체국(자동)',
    paid: true,
    recipient: {
      name: '이받음',
      zip: '04524',
      address1: '서울특별시 중구 세종대로 110',
      mobile: '010-0000-0001',
    },
    goods: { name: '보리차' },
  };
  const entry = {
    EventBusName: busName,
    Source: orderSource,
    DetailType: 'OrderShipped',
    Detail: JSON.stringify(detail),
  };
  const answer = await client.send(new PutEventsCommand({ Entries: [entry] }));
  expect(answer.FailedEntryCount).toBe(0);
};

type Told = { shipmentId?: string; waybillNumber?: string; orderStatus?: string };

const heard = (started: Running, detailType: string, shipmentId: string) =>
  started
    .json()
    .filter((line) => line['type'] === 'event' && line['detailType'] === detailType)
    .map((line) => line['detail'] as Told)
    .find((detail) => detail.shipmentId === shipmentId);

describe('npm start', () => {
  it('follows the demo order to 배송완료, through a lost answer, and exits 0', async () => {
    const began = performance.now();
    const started = start(['--demo-only', '--port', String(await freePort())]);
    expect(await started.ended).toBe(0);
    expect(performance.now() - began).toBeLessThan(30_000);
    const told = started
      .out()
      .split('\n')
      .flatMap((line) => /^ {2}[✓!✕] \d\d:\d\d:\d\d {2}(\S+(?: \S+)?) {2}/.exec(line)?.[1] ?? []);
    expect(told).toEqual(['출고완료', '운송장 발급', '결과 미확인', '전송완료', '배송중', '배송완료']);
    expect(started.out()).toMatch(
      /결과 미확인 {2}우체국 응답이 끊겼습니다\. 접수됐는지 먼저 확인합니다 1\/5/,
    );
    expect(started.out()).toContain('데모를 마쳤습니다.');
    expect(started.out()).not.toContain('\u001b');
    expect(started.err()).toBe('');
  });

  it('takes events from any AWS SDK and tells of everything on the bus, one JSON object per line', async () => {
    const started = start(['--json', '--no-demo', '--port', String(await freePort())]);
    const ready = await readyOf(started);
    expect(ready.contracts.length).toBeGreaterThanOrEqual(5);
    await ship(ready, 'outside-1', ready.contracts[3]);
    const allocated = await started.until(
      () => heard(started, 'WaybillAllocated', 'outside-1'),
      'the number',
    );
    expect(allocated.waybillNumber).toMatch(/^\d{13}$/);
    for (const line of started.json().slice(1))
      expect(Object.keys(line)).toEqual(['type', 'source', 'detailType', 'detail', 'time']);
  });

  it('moves the time on when asked at the control door, until the order is 배송완료', async () => {
    const started = start(['--json', '--no-demo', '--port', String(await freePort())]);
    const ready = await readyOf(started);
    const order = async (path: string, body: object) => {
      const answer = await fetch(ready.endpoints.control + path, {
        method: 'POST',
        body: JSON.stringify(body),
      });
      expect(answer.status).toBe(200);
      return (await answer.json()) as { now: number };
    };
    await ship(ready, 'outside-2');
    await started.until(() => heard(started, 'WaybillAllocated', 'outside-2'), 'the number');
    const before = await order('/clock', { advanceMs: 1 });
    const after = await order('/clock', { jump: true });
    expect(after.now - before.now).toBeLessThanOrEqual(121_000);
    await started.until(() => heard(started, 'ShipmentTransmitted', 'outside-2'), 'the transmission');
    await order('/journeys', { play: 'all' });
    await order('/clock', { jump: true });
    await started.until(
      () => started.json().some(({ detail }) => (detail as Told | undefined)?.orderStatus === '배송완료'),
      'the delivery',
    );
  });

  it('jumps by itself to the delivery where it was asked to, also when ePost draws the number', async () => {
    const started = start(['--json', '--no-demo', '--speed', 'jump', '--port', String(await freePort())]);
    const ready = await readyOf(started);
    const drawing = ready.contracts.find(({ numbering }) => numbering === 'carrier-issued');
    await ship(ready, 'outside-3', drawing);
    const delivered = await started.until(
      () => started.json().find(({ detail }) => (detail as Told | undefined)?.orderStatus === '배송완료'),
      'the delivery',
    );
    expect(heard(started, 'WaybillAllocated', 'outside-3')?.waybillNumber).toMatch(/^\d{13}$/);
    expect(Date.parse(String(delivered['time'])) - Date.now()).toBeGreaterThan(20 * 3_600_000);
  });

  it('goes on where it was when it is killed and started again with its data, which only one may have', async () => {
    const data = mkdtempSync(join(tmpdir(), 'npm-start-'));
    const port = String(await freePort());
    const first = start(['--json', '--no-demo', '--data', data, '--port', port]);
    await ship(await readyOf(first), 'kept-1');
    const before = await first.until(() => heard(first, 'WaybillAllocated', 'kept-1'), 'the number');
    first.kill('SIGKILL');
    await first.ended;
    const second = start(['--json', '--no-demo', '--data', data, '--port', port]);
    await ship(await readyOf(second), 'kept-1');
    const after = await second.until(() => heard(second, 'WaybillAllocated', 'kept-1'), 'the number again');
    expect(after.waybillNumber).toBe(before.waybillNumber);
    const third = start(['--no-demo', '--data', data, '--port', String(await freePort())]);
    expect(await third.ended).toBe(1);
    expect(third.err()).toContain(`${data} 폴더를 다른 npm start(프로세스 `);
    second.kill('SIGTERM');
    await second.ended;
    rmSync(data, { recursive: true, force: true });
  });

  it('leaves no process behind when it is told to end', async () => {
    const started = start(['--json', '--no-demo', '--port', String(await freePort())]);
    await ship(await readyOf(started), 'left-1');
    await started.until(() => heard(started, 'WaybillAllocated', 'left-1'), 'the number');
    const family = descendants(started.pid);
    expect(family.length).toBeGreaterThan(2);
    started.kill('SIGTERM');
    await started.ended;
    await gone(family);
  });
});

describe('npm start says in a sentence', () => {
  it('that a port is taken, and how to go on', async () => {
    const port = await freePort();
    const taken = createServer().listen(port, '127.0.0.1');
    const started = start(['--port', String(port)]);
    expect(await started.ended).toBe(1);
    expect(started.err()).toContain(
      `${port}번 포트를 이미 쓰고 있습니다. --port ${port + 10} 으로 다시 실행해 주세요.\n`,
    );
    taken.close();
  });

  it('that an option is unknown, and which one was meant', async () => {
    const started = start(['--prot', '4310']);
    expect(await started.ended).toBe(2);
    expect(started.err()).toContain('알 수 없는 옵션입니다: --prot. 혹시 --port 인가요?\n');
    expect(started.out()).toBe('');
  });

  it('what the version is and what can be asked for', async () => {
    const version = start(['--version']);
    expect(await version.ended).toBe(0);
    expect(version.out()).toMatch(/^\d+\.\d+\.\d+\n$/);
    const help = start(['-h']);
    expect(await help.ended).toBe(0);
    expect(help.out()).toContain('--epost-security-key KEY');
  });
});

/** Process ids below one, however deep. */
const descendants = (pid: number): number[] => {
  const rows = execFileSync('ps', ['-eo', 'pid=,ppid='], { encoding: 'utf8' }).trim().split('\n');
  const parents = rows.map((row) => row.trim().split(/\s+/).map(Number) as [number, number]);
  const below = (parent: number): number[] =>
    parents.filter(([, of]) => of === parent).flatMap(([child]) => [child, ...below(child)]);
  return below(pid);
};

const gone = async (pids: readonly number[]): Promise<void> => {
  const left = () => {
    const rows = execFileSync('ps', ['-eo', 'pid=,stat='], { encoding: 'utf8' }).trim().split('\n');
    return rows.filter(
      (row) => pids.includes(Number.parseInt(row, 10)) && !/Z/.test(row.trim().split(/\s+/)[1] ?? ''),
    );
  };
  await expect.poll(left, { timeout: 5_000, interval: 50 }).toEqual([]);
};
