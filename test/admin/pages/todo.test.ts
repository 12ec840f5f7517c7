/** The rules of the overview: what is a thing to do, how urgent, and in which words. */
import { describe, expect, it } from 'vitest';
import { cardsOf } from '../../../functions/admin/pages/overview/cards.ts';
import { HoursChart, titleOf } from '../../../functions/admin/pages/overview/chart.tsx';
import type { Facts } from '../../../functions/admin/pages/overview/facts.ts';
import { hoursOf } from '../../../functions/admin/pages/overview/hours.ts';
import { todosOf } from '../../../functions/admin/pages/overview/todo.ts';
import { T0 } from '../../support/builders.ts';

const [MINUTE, HOUR, DAY] = [60_000, 3_600_000, 86_400_000];

const quiet: Facts = {
  now: T0,
  overdue: [],
  dueToday: [],
  failed: { count: 0, cut: false, causes: [] },
  transmitting: { unsent: 0, pending: 0, late: 0, oldestAge: 0, cut: false },
  bands: [],
  sync: {
    health: { code: 'normal', lastDoneAt: T0 - 140 * MINUTE },
    firstAt: T0 - DAY,
    asked: 1902,
    nextAt: T0 + 40 * MINUTE,
  },
  paused: [],
  smsFailed: 0,
  queues: [{ name: 'Transmission', label: '우체국 전송', waiting: 0, keptMs: 14 * DAY }],
  missingYears: [],
  stillJobs: [],
  tallies: [],
  unread: [],
};
const band = (over: object = {}): NonNullable<Facts['bands']>[number] => ({
  contractId: 'sodam',
  shop: '소담마켓',
  path: '/bands/sodam',
  code: 'low',
  pool: {
    first: '6899900100000',
    last: '6899900199999',
    further: 0,
    available: 1184,
    of: 10_000,
    percent: 12,
    forecast: { outcome: 'known', perDay: 291, businessDays: 4 },
  },
  ...over,
});
const due = (name: string, day: string, words: string) => ({ applicationId: name, name, day, words });
const only = (over: Partial<Facts>) => {
  const todos = todosOf({ ...quiet, ...over });
  expect(todos).toHaveLength(1);
  return todos[0]!;
};
const said = (over: Partial<Facts>) => {
  const { text, detail, button, tone } = only(over);
  return [text, detail, button, tone];
};

describe('what there is to do', () => {
  it('is nothing on a quiet day', () => {
    expect(todosOf(quiet)).toEqual([]);
  });

  it('is an application past its date, and one of today', () => {
    expect(said({ overdue: [due('담은공방', '11.23(월)', '1영업일 지남')] })).toEqual([
      '승인 기한이 지난 신청이 1건 있습니다',
      '담은공방 · 기한 11.23(월) · 1영업일 지남',
      '신청 심사하기',
      'bad',
    ]);
    const today = ['초록식탁', '하루문구', '새벽상회'].map((name) => due(name, '11.24(화)', '오늘까지'));
    expect(said({ dueToday: today })).toEqual([
      '오늘까지 승인할 신청이 3건 있습니다',
      '초록식탁, 하루문구 외 1곳 · 기한 11.24(화)',
      '목록 보기',
      'info',
    ]);
  });

  it('is what could not be transmitted, with the causes', () => {
    const cause = (key: string, words: string, count: number) => ({
      key,
      words,
      count,
      who: 'operator' as const,
    });
    const timeouts = cause('ATTEMPTS.timeout', '우체국 응답 시간 초과', 2);
    expect(said({ failed: { count: 2, cut: false, causes: [timeouts] } })).toEqual([
      '전송하지 못한 출고정보가 2건 있습니다',
      '자동 재시도가 모두 끝났습니다. 원인: 우체국 응답 시간 초과 2건',
      '실패 내용 보기',
      'bad',
    ]);
    const causes = [timeouts, cause('ERR-123', '승인번호 불일치', 1)];
    expect(only({ failed: { count: 3, cut: false, causes } }).detail).toBe(
      '자동으로는 더 보내지 않습니다. 원인: 우체국 응답 시간 초과 2건, 승인번호 불일치 1건',
    );
  });

  it('is what waits for more than 20 minutes, and not a minute less', () => {
    const transmitting = { unsent: 14, pending: 1, late: 0, oldestAge: 19 * MINUTE, cut: false };
    expect(todosOf({ ...quiet, transmitting })).toEqual([]);
    expect(said({ transmitting: { ...transmitting, late: 1, oldestAge: 26 * MINUTE } })).toEqual([
      '전송이 20분을 넘긴 출고가 1건 있습니다',
      '가장 오래된 대기 26분',
      '전송 보기',
      'bad',
    ]);
  });

  it('is a band that runs out, by business days; the nearer the worse', () => {
    expect(said({ bands: [band()] })).toEqual([
      '운송장번호가 약 4영업일 뒤 모두 소진됩니다',
      '소담마켓 대역 · 1,184개 남음(12%) · 하루 평균 291개 사용',
      '대역 추가하기',
      'warn',
    ]);
    const forecast = { outcome: 'known' as const, perDay: 291, businessDays: 0 };
    const soon = band({ code: 'soon', pool: { ...band().pool!, forecast } });
    expect(said({ bands: [soon, band()] })).toEqual([
      '운송장번호가 오늘 안에 모두 소진됩니다',
      '소담마켓 대역 · 1,184개 남음(12%) · 하루 평균 291개 사용 · 그 밖에 1곳',
      '대역 추가하기',
      'bad',
    ]);
    const unused = band({ pool: { ...band().pool!, forecast: { outcome: 'unused' } } });
    expect(only({ bands: [unused] }).text).toBe('운송장번호가 1,184개 남았습니다');
    expect(only({ bands: [band({ code: 'empty' })] }).text).toBe('운송장번호를 모두 썼습니다');
    expect(todosOf({ ...quiet, bands: [band({ code: 'enough' })] })).toEqual([]);
  });

  it('is tracking that has not ended for hours', () => {
    const sync = (code: 'late' | 'stopped', ago: number) => ({
      sync: { ...quiet.sync!, health: { code, lastDoneAt: T0 - ago } },
    });
    expect(said(sync('late', 4 * HOUR))).toEqual([
      '배송상태 갱신이 4시간째 끝나지 않았습니다',
      '마지막 성공 10:20',
      '실행 기록 보기',
      'warn',
    ]);
    expect(only(sync('stopped', 7 * HOUR)).tone).toBe('bad');
  });

  it('is a shop nothing is sent for, a failed SMS, a full failed queue, a job standing still, a missing year', () => {
    expect(
      said({ paused: [{ name: '하루문구', why: '우체국 로그인 실패', href: '/x' }] }).slice(0, 2),
    ).toEqual(['전송이 멈춘 쇼핑몰이 1곳 있습니다', '하루문구 · 우체국 로그인 실패']);
    expect(only({ smsFailed: 2 }).text).toBe('보내지 못한 문자가 2건 있습니다');
    const queue = (name: string, label: string, waiting: number) => ({
      name,
      label,
      waiting,
      keptMs: 14 * DAY,
    });
    const queues = [queue('Transmission', '우체국 전송', 3), queue('Tracking', '배송상태 갱신', 2)];
    expect(said({ queues }).slice(0, 2)).toEqual([
      '실패 보관함에 5건이 있습니다',
      '우체국 전송 3건, 배송상태 갱신 2건',
    ]);
    expect(only({ stillJobs: [{ jobId: 'j', title: '출고 128건 다시 전송' }] }).href).toBe('/jobs/j');
    expect(only({ missingYears: [2027] }).href).toBe('/settings/holidays');
  });

  it('is to look again, where a part could not be read', () => {
    expect(only({ unread: ['실패 보관함'], queues: undefined }).detail).toContain('실패 보관함.');
  });

  it('stands with the worst first, and keeps its order within one severity', () => {
    const todos = todosOf({
      ...quiet,
      dueToday: [due('초록식탁', '11.24(화)', '오늘까지')],
      overdue: [due('담은공방', '11.23(월)', '1영업일 지남')],
      bands: [band()],
      smsFailed: 1,
      queues: [{ ...quiet.queues![0]!, waiting: 1 }],
    });
    expect(todos.map(({ key }) => key)).toEqual(['overdue', 'dlq', 'band', 'sms', 'due-today']);
  });
});

describe('the four cards', () => {
  const words = (over: Partial<Facts>) => cardsOf({ ...quiet, ...over }).map(({ word }) => word.label);

  it('say how each part does, by the rules', () => {
    expect(words({})).toEqual(['정상', '정상', '기록 없음', '정상']);
    const transmitting = (minutes: number) => ({
      transmitting: { ...quiet.transmitting!, unsent: 1, oldestAge: minutes * MINUTE },
    });
    expect([15, 16, 20, 21].map((minutes) => words(transmitting(minutes))[0])).toEqual([
      '정상',
      '지연',
      '지연',
      '멈춤',
    ]);
    expect(words({ bands: [band({ code: 'soon' })] })[2]).toBe('곧 소진');
    expect(words({ queues: [{ ...quiet.queues![0]!, waiting: 1 }] })[3]).toBe('확인 필요');
    expect(words({ queues: undefined })[3]).toBe('기록 없음');
  });

  it('tell the figures that count', () => {
    const [tx, sync] = cardsOf({
      ...quiet,
      transmitting: { unsent: 14, pending: 0, late: 0, oldestAge: 6 * MINUTE, cut: false },
    });
    expect(tx).toMatchObject({
      value: '14건',
      line: '가장 오래된 대기 6분 · 약속 20분 이내',
      percent: 30,
    });
    expect(sync).toMatchObject({ value: '12:00', line: '1,902건 확인 · 다음 실행 15:00(40분 후)' });
  });
});

describe('the picture of the day', () => {
  const tallies = [
    { at: T0 - 5 * HOUR, done: 52, failed: 1 },
    { at: T0 - 3 * HOUR, done: 70, failed: 0 },
    { at: T0 - 3 * HOUR + MINUTE, done: 1, failed: 2 },
  ];

  it('sums what the runs ended by the Korean hour', () => {
    const hours = hoursOf(tallies, T0);
    expect(hours.hours[9]).toEqual({ hour: 9, done: 52, failed: 1 });
    expect(hours.hours[11]).toEqual({ hour: 11, done: 71, failed: 2 });
    expect(hours).toMatchObject({ done: 123, failed: 3, top: 80 });
    expect(titleOf(hours)).toBe(
      '오늘 시간대별 전송 건수. 전송완료 123건, 전송실패 3건. 가장 많은 시간은 11시 73건입니다.',
    );
    expect(hoursOf([], T0)).toMatchObject({ top: 10, done: 0 });
  });

  it('says failures in words, and shows where now is', () => {
    const html = String(HoursChart({ hours: hoursOf(tallies, T0) }));
    expect(html).toContain('실패 2');
    expect(html).toContain('지금');
    expect(html).not.toContain('style=');
  });
});
