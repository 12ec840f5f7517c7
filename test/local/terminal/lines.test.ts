import { describe, expect, it } from 'vitest';
import { attemptLine } from '../../../local/terminal/attempt-lines.ts';
import { displayWidth } from '../../../local/terminal/display-width.ts';
import { eventLine, type Known, type Told } from '../../../local/terminal/event-lines.ts';
import { doorLines, type Line, readyLine, storyLine } from '../../../local/terminal/lines.ts';
import { createStyle } from '../../../local/terminal/style.ts';
import { lengthWord, waybillWord } from '../../../local/terminal/wording.ts';

const at = (time: string) => Date.parse(`2026-11-24T${time}+09:00`);
const known: Known = {
  companyOf: () => '소담마켓',
  shippedAt: () => at('14:20:00'),
  numbersLeft: 1184,
  trackingHours: 3,
  promiseMinutes: 20,
  crowd: false,
};
const about = { version: 1, shipmentId: 's-1', orderId: '2026112409412', shopId: 'sodam-market' };
const number = { ...about, waybillNumber: '6899900123456' };

const told: Told[] = [
  { detailType: 'OrderShipped', at: at('14:20:00'), detail: about },
  { detailType: 'WaybillAllocated', at: at('14:20:01'), detail: number },
  {
    detailType: 'ShipmentTransmitted',
    at: at('14:26:12'),
    detail: { ...number, transmittedAt: '2026-11-24T05:26:12Z' },
  },
  {
    detailType: 'DeliveryStatusChanged',
    at: at('17:20:00'),
    detail: {
      ...number,
      orderStatus: '배송중',
      rawText: '발송',
      office: '모의우체국',
      observedAt: '2026-11-24T08:20:00Z',
    },
  },
  {
    detailType: 'DeliveryStatusChanged',
    at: at('20:00:00'),
    detail: { ...number, orderStatus: '배송완료', rawText: '배달완료', observedAt: '2026-11-24T11:00:00Z' },
  },
];

describe('lines of the story', () => {
  const plain = createStyle(false);
  const lines = told
    .map((event) => eventLine(event, known))
    .filter((line): line is Line => line !== undefined);

  it('tells the journey in the words of its events', () => {
    expect(lines.map((line) => storyLine(line, plain))).toEqual([
      '  ✓ 14:20:00  출고완료     소담마켓 주문 2026112409412',
      '  ✓ 14:20:01  운송장 발급  68999-0012-3456 대역 1,184개 남음',
      '  ✓ 14:26:12  전송완료     접수를 확인했습니다. 출고 후 6분 12초 약속 20분',
      '  ✓ 17:20:00  배송중       3시간 갱신에서 확인했습니다 우체국: 발송 모의우체국',
      '  ✓ 20:00:00  배송완료     5시간 40분 만에 끝났습니다 우체국: 배달완료',
    ]);
  });

  it('puts all texts in one column', () => {
    const columns = lines
      .map((line) => storyLine(line, plain))
      .map((text, i) => displayWidth(text.slice(0, text.indexOf(lines[i]!.text))));
    expect(new Set(columns)).toEqual(new Set([27]));
  });

  it('says which order a line is about once there are several', () => {
    const line = eventLine(told[1]!, { ...known, crowd: true });
    expect(line?.aside).toBe('대역 1,184개 남음 · 2026112409412');
  });

  it('leaves out events nobody watches', () => {
    expect(
      eventLine({ detailType: 'ContractChanged', at: 0, detail: { contractId: 'a' } }, known),
    ).toBeUndefined();
  });

  it('keeps its columns with colours on', () => {
    const text = storyLine(lines[0]!, createStyle(true));
    expect(text).toBe(
      '  \u001b[32m✓\u001b[39m \u001b[90m14:20:00\u001b[39m  출고완료     소담마켓 주문 \u001b[90m2026112409412\u001b[39m',
    );
  });

  it.each([
    ['timeout', '우체국이 제때 답하지 않았습니다. 접수됐는지 먼저 확인합니다'],
    ['reset', '우체국 응답이 끊겼습니다. 접수됐는지 먼저 확인합니다'],
    ['never-heard-of', '우체국의 답을 받지 못했습니다. 접수됐는지 먼저 확인합니다'],
  ])('says of an unknown outcome (%s) what really happens', (cause, text) => {
    const line = attemptLine({ state: 'unknown', attempt: 1, attemptAt: at('14:22:10'), cause }, 0, 5);
    expect(line).toEqual({ mark: 'trouble', at: at('14:22:10'), label: '결과 미확인', text, aside: '1/5' });
  });

  it('has nothing to say of an attempt that goes well', () => {
    for (const state of ['allocated', 'sending', 'accepted', 'closed'] as const)
      expect(attemptLine({ state, attempt: 1 }, 0, 5)).toBeUndefined();
  });
});

describe('the head', () => {
  it('says how long the start took', () => {
    expect(readyLine('0.1.0', 1.94, createStyle(false))).toBe('  우체국택배 자동화 0.1.0  준비 완료 1.9초');
  });

  it('aligns addresses by display width', () => {
    const doors = [
      { label: 'API', where: 'http://localhost:4300', note: 'a' },
      { label: '모의 우체국', where: 'http://localhost:4301/control', note: 'b' },
      { label: '데이터', where: '메모리', note: 'c' },
    ];
    const lines = doorLines(doors, createStyle(false));
    expect(lines[0]).toBe('  ➜  API          http://localhost:4300            a');
    expect(new Set(lines.map((line) => displayWidth(line)))).toEqual(new Set([52]));
  });
});

describe('wording', () => {
  it.each([
    [0, '0초'],
    [999, '1초'],
    [312_000, '5분 12초'],
    [20_400_000, '5시간 40분'],
    [3_600_000, '1시간'],
    [93_600_000, '1일 2시간'],
    [-5, '0초'],
  ])('%i ms is %s', (ms, word) => {
    expect(lengthWord(ms)).toBe(word);
  });

  it('groups a waybill number as on the label and leaves anything else alone', () => {
    expect(waybillWord('6899900123456')).toBe('68999-0012-3456');
    expect(waybillWord('TESTREGINOAPI')).toBe('TESTREGINOAPI');
  });
});
