import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Scan } from '../../functions/epost/trace-reply.ts';
import { type Known, type News, SCANS_KEPT, whatIsNew } from '../../functions/tracking/what-is-new.ts';

const NOW = Date.parse('2026-11-25T00:00:00Z');
const scan = (minute: number, word: string, office = '서울중앙'): Scan => ({
  at: new Date(Date.parse('2026-11-24T00:00:00Z') + minute * 60_000).toISOString(),
  office,
  word,
});
const after = (known: Known, ...answers: Scan[][]): { known: Known; news: News[] } => {
  const news: News[] = [];
  let now = known;
  for (const answer of answers) {
    const found = whatIsNew(now, answer, NOW);
    news.push(found);
    if (found.outcome !== 'none') now = { tracked: found.tracked, scans: found.scans };
  }
  return { known: now, news };
};
const told = (...answers: Scan[][]) =>
  after({}, ...answers).news.flatMap((news) =>
    news.outcome === 'none'
      ? []
      : news.tell.map((line) => `${line.word} ${line.orderStatus} ${line.flagged}`),
  );

const RECEIVED = scan(10, '접수');
const SENT = scan(20, '발송');
const ARRIVED = scan(30, '도착');
const OUT = scan(40, '배달준비');
const MISSED = scan(50, '미배달');
const DELIVERED = scan(60, '배달완료 ( 배달 )');

describe('what is new in an answer', () => {
  it('is nothing when the same scans come again', () => {
    const { news } = after({}, [RECEIVED, SENT], [SENT, RECEIVED]);
    expect(news[1]).toEqual({ outcome: 'none' });
  });

  it('is nothing when an older answer comes late', () => {
    const { news } = after({}, [RECEIVED, SENT, OUT], [RECEIVED]);
    expect(news[1]).toEqual({ outcome: 'none' });
  });

  it('is nothing when blanks differ, or another source spells the office differently', () => {
    const { news } = after({}, [scan(10, '배달 준비 ')], [scan(10, ' 배달  준비', '서울중앙우체국')]);
    expect(news[1]).toEqual({ outcome: 'none' });
  });

  it.each<[string, Scan[][], string[]]>([
    ['배송중 begins at the first physical scan', [[RECEIVED]], ['접수 배송중 false']],
    ['printing moves nothing', [[scan(1, '운송장출력')]], ['운송장출력 null false']],
    ['several scans make one headline, the newest', [[RECEIVED, SENT, ARRIVED]], ['도착 배송중 false']],
    [
      'a failed attempt is flagged and stays 배송중',
      [[RECEIVED], [RECEIVED, MISSED]],
      ['접수 배송중 false', '미배달 배송중 true'],
    ],
    [
      'from nothing to delivered the order still sees 배송중',
      [[RECEIVED, SENT, OUT, DELIVERED]],
      ['접수 배송중 false', '배달완료 ( 배달 ) 배송완료 false'],
    ],
    ['a step that no scan shows is not invented', [[DELIVERED]], ['배달완료 ( 배달 ) 배송완료 false']],
    [
      'a scan after 배송완료 is flagged and moves nothing',
      [[RECEIVED], [RECEIVED, DELIVERED], [DELIVERED, scan(90, '도착')]],
      ['접수 배송중 false', '배달완료 ( 배달 ) 배송완료 false', '도착 null true'],
    ],
    [
      'a scan after 배송완료 in the same answer is flagged too',
      [[RECEIVED], [RECEIVED, DELIVERED, scan(90, '도착')]],
      ['접수 배송중 false', '배달완료 ( 배달 ) 배송완료 false', '도착 null true'],
    ],
    [
      'an earlier scan found after 배송완료 is only history',
      [
        [RECEIVED, DELIVERED],
        [RECEIVED, OUT, DELIVERED],
      ],
      ['접수 배송중 false', '배달완료 ( 배달 ) 배송완료 false'],
    ],
    [
      'an earlier scan found late is only history',
      [
        [RECEIVED, OUT],
        [RECEIVED, SENT, OUT],
      ],
      ['배달준비 배송중 false'],
    ],
    [
      '반송 is flagged and moves nothing',
      [[RECEIVED], [RECEIVED, scan(70, '반송')]],
      ['접수 배송중 false', '반송 null true'],
    ],
    [
      '반송 as the first news still lets 배송중 be told',
      [[RECEIVED, scan(70, '반송')]],
      ['접수 배송중 false', '반송 null true'],
    ],
    [
      'delivered after 반송 is told as ePost says it, flagged',
      [[RECEIVED, scan(55, '반송'), DELIVERED]],
      ['접수 배송중 false', '배달완료 ( 배달 ) 배송완료 true'],
    ],
    ['접수취소 is not 접수', [[scan(10, '접수취소')]], ['접수취소 null true']],
    [
      'an unknown word is told raw and moves nothing',
      [[RECEIVED], [RECEIVED, scan(25, '드론이륙')]],
      ['접수 배송중 false', '드론이륙 null false'],
    ],
    [
      'within one minute the later stage is the newer',
      [[scan(10, '발송'), scan(10, '접수')]],
      ['발송 배송중 false'],
    ],
  ])('%s', (_, answers, expected) => {
    expect(told(...answers)).toEqual(expected);
  });

  it('keeps the status under an unknown word, and counts the word once', () => {
    const { known, news } = after({}, [RECEIVED], [RECEIVED, scan(25, '드론이륙')], [scan(25, '드론이륙')]);
    expect(known.tracked).toMatchObject({
      status: 'collected',
      word: '접수',
      orderStatus: '배송중',
      scans: 2,
    });
    expect(known.scans?.at(-1)?.[1]).toBe('드론이륙');
    expect(news.map((item) => (item.outcome === 'none' ? 0 : item.unknownWords))).toEqual([0, 1, 0]);
  });

  it('ends with 배송완료 and with nothing else', () => {
    const ended = (scans: Scan[]) => {
      const news = whatIsNew({}, scans, NOW);
      return news.outcome !== 'none' && news.ended;
    };
    expect([ended([RECEIVED, DELIVERED]), ended([scan(70, '반송')]), ended([scan(5, '신청취소')])]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('says late-scan when only the history grows', () => {
    expect(after({}, [RECEIVED, OUT], [SENT]).news[1]).toMatchObject({ outcome: 'late-scan', tell: [] });
  });

  it('keeps the newest scans only, and does not take dropped ones for new', () => {
    const many = Array.from({ length: SCANS_KEPT + 20 }, (_, i) => scan(i, i % 2 ? '도착' : '발송'));
    const { known, news } = after({}, many, many);
    expect(known.scans).toHaveLength(SCANS_KEPT);
    expect(news[1]).toEqual({ outcome: 'none' });
  });

  it('passes over a scan without a time or a word', () => {
    expect(whatIsNew({}, [{ at: 'soon', office: '', word: '접수' }, scan(3, '  ')], NOW)).toEqual({
      outcome: 'none',
    });
  });
});

const WORDS = [
  '운송장출력',
  '접수',
  '집하완료',
  '발송',
  '도착',
  '배달준비',
  '미배달',
  '배달완료 (배달)',
  '반송',
  '접수취소',
  '새로운말',
  '인수완료',
];
const anyScan = fc
  .record({ minute: fc.nat(30), word: fc.constantFrom(...WORDS) })
  .map(({ minute, word }) => scan(minute, word));
const anyJourney = fc.uniqueArray(anyScan, { maxLength: 14, selector: ({ at, word }) => at + word });
const STAGE = { 배송중: 1, 배송완료: 2 } as const;
const stage = (order: '배송중' | '배송완료' | null | undefined) => (order ? STAGE[order] : 0);

describe('whatever the order of the answers', () => {
  const answersOf = anyJourney.chain((journey) =>
    fc.tuple(fc.constant(journey), fc.array(fc.shuffledSubarray(journey), { maxLength: 8 })),
  );

  it('the order never moves back and no step is told twice', () => {
    fc.assert(
      fc.property(answersOf, ([, answers]) => {
        let known: Known = {};
        let shown = 0;
        for (const answer of answers) {
          const news = whatIsNew(known, answer, NOW);
          if (news.outcome === 'none') continue;
          for (const line of news.tell) {
            if (line.orderStatus === null) continue;
            expect(stage(line.orderStatus)).toBeGreaterThanOrEqual(shown);
            if (shown === 2) expect.unreachable('told after the end');
            shown = stage(line.orderStatus);
          }
          expect(stage(news.tracked.orderStatus)).toBe(shown);
          expect(stage(news.tracked.orderStatus)).toBeGreaterThanOrEqual(stage(known.tracked?.orderStatus));
          expect(news.tracked.scans).toBeGreaterThan(known.tracked?.scans ?? 0);
          known = { tracked: news.tracked, scans: news.scans };
        }
      }),
      { numRuns: 5000 },
    );
  });

  it('the end is the same as from one full answer', () => {
    fc.assert(
      fc.property(answersOf, ([journey, answers]) => {
        const { known: piecewise } = after({}, ...answers, journey);
        const { known: atOnce } = after({}, journey);
        const result = ({ tracked, scans }: Known) => [
          tracked?.orderStatus,
          tracked?.status,
          tracked?.scans,
          scans,
        ];
        expect(result(piecewise)).toEqual(result(atOnce));
      }),
      { numRuns: 5000 },
    );
  });
});
