import { describe, expect, it } from 'vitest';
import { createNarrator } from '../../../local/demo/narrator.ts';
import { createEventFeed } from '../../../local/terminal/event-feed.ts';
import { eventJson } from '../../../local/terminal/json-lines.ts';
import { storyLine } from '../../../local/terminal/lines.ts';
import { readOptions } from '../../../local/terminal/options.ts';
import { createScreen } from '../../../local/terminal/screen.ts';

const about = { version: 1, shipmentId: 's-1', orderId: '2026112409412', shopId: 'sodam-market' };
const event = (time: string, source: string, detailType: string, detail: object) => ({
  version: '0',
  id: time,
  account: '000000000000',
  region: 'ap-northeast-2',
  resources: [],
  time: `2026-11-24T${time}Z`,
  source,
  'detail-type': detailType,
  detail: { ...about, ...detail },
});

/** What one short journey leaves on an output. */
const played = async (isTTY: boolean, env: Record<string, string> = {}): Promise<string> => {
  const read = readOptions([], env);
  if (read.outcome !== 'start') throw new Error('options are read wrongly');
  let written = '';
  const screen = createScreen({ isTTY, columns: 82, write: (text) => (written += text) }, read.options);
  const narrator = createNarrator({
    show: (line) => screen.print(storyLine(line, screen.style)),
    companyOf: () => '소담마켓',
    numbersLeft: async () => 1184,
    settings: { trackingHours: 3, promiseMinutes: 20, maxAttempts: 5 },
  });
  const feed = createEventFeed();
  feed.listen(narrator.hear);
  feed.put(event('05:20:00', 'shop.platform', 'OrderShipped', {}));
  feed.open();
  feed.put(event('05:20:01', 'epost-parcel', 'WaybillAllocated', { waybillNumber: '6899900123456' }));
  await narrator.told();
  const attemptAt = Date.parse('2026-11-24T05:22:00Z');
  const shipment = { ...about, contractId: 'sodam-market', fingerprint: '', receivedAt: 0, deadline: 0 };
  for (let looks = 0; looks < 2; looks++)
    narrator.look({ ...shipment, state: 'unknown', attempt: 1, attemptAt, cause: 'reset' }, attemptAt);
  await narrator.told();
  return written;
};

const PLAIN = `  ✓ 14:20:00  출고완료     소담마켓 주문 2026112409412
  ✓ 14:20:01  운송장 발급  68999-0012-3456 대역 1,184개 남음
  ! 14:22:00  결과 미확인  우체국 응답이 끊겼습니다. 접수됐는지 먼저 확인합니다 1/5
`;

describe('the same journey', () => {
  it('is plain text in a pipe', async () => {
    expect(await played(false)).toBe(PLAIN);
  });

  it('is plain text on a terminal where NO_COLOR is set', async () => {
    expect(await played(true, { NO_COLOR: '1' })).toBe(PLAIN);
  });

  it('has colours on a terminal, and reads the same without them', async () => {
    const coloured = await played(true);
    expect(coloured).toContain('\u001b[33m!\u001b[39m');
    expect(coloured).toContain('\u001b[94m68999-0012-3456\u001b[39m');
    // eslint-disable-next-line no-control-regex -- taking the escape sequences out is the point
    expect(coloured.replaceAll(/\u001b\[\d+m/g, '')).toBe(PLAIN);
  });

  it('is one JSON object per event with --json', () => {
    const lines: string[] = [];
    const feed = createEventFeed();
    feed.put(event('05:20:00', 'shop.platform', 'OrderShipped', {}));
    feed.listen((heard) => lines.push(eventJson(heard)));
    expect(lines).toEqual([]);
    feed.open();
    expect(lines).toEqual([
      `{"type":"event","source":"shop.platform","detailType":"OrderShipped","detail":${JSON.stringify(about)},"time":"2026-11-24T05:20:00.000Z"}\n`,
    ]);
  });
});
