import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { busySentence, firstBusyPort, portsFrom } from '../../../local/terminal/ports.ts';

describe('ports', () => {
  it('are six in a row from the console on, or any free ones', () => {
    const doors = { console: 4300, simulator: 4301, edge: 4302, control: 4303, api: 4304, issuer: 4305 };
    expect(portsFrom(4300)).toEqual(doors);
    expect(new Set(Object.values(portsFrom(0)))).toEqual(new Set([0]));
  });

  it('name the one that is taken', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const { port } = taken.address() as { port: number };
    expect(await firstBusyPort([0, port])).toBe(port);
    await new Promise((resolve) => taken.close(resolve));
    expect(await firstBusyPort([0, port])).toBeUndefined();
  });

  it('suggest ones further on, as long as there are any', () => {
    expect(busySentence(4301, 4300)).toBe(
      '4301번 포트를 이미 쓰고 있습니다. --port 4310 으로 다시 실행해 주세요.',
    );
    expect(busySentence(65_530, 65_530)).toContain('--port 4300');
  });
});
