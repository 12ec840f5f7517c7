/** What happened to a shipment, newest first, as its record tells it. */
import type { AuditRow } from '../../../audit/audit.ts';
import { readStatusWord } from '../../../epost/status-words.ts';
import type { Shipment } from '../../../shipment/shipment.ts';
import { maskBody, waybillNumber } from '../../mask.ts';
import { span } from '../../time.ts';
import { causeWords, refusalWords, waitingWords } from '../cause-words.ts';

export interface HistoryItem {
  title: string;
  by: string;
  at: number;
  kind?: 'now' | 'bad' | 'sys';
  text?: string;
  more?: { label: string; content: string };
}
export interface HistorySources {
  shipment: Shipment;
  shop: string;
  /** 2번째 대역 68999-0010-0001 ~ 68999-0019-9999 */
  block?: string;
  audit: readonly AuditRow[];
}

export const historyOf = (sources: HistorySources): HistoryItem[] => {
  const { shipment } = sources;
  const items = [
    ...shipped(sources),
    ...numbered(sources),
    ...attempts(shipment),
    ...scans(shipment),
    ...cancelled(shipment),
    ...sources.audit.flatMap(operators),
  ];
  // Of the same moment the later kind stands on top: what follows from what.
  const newestFirst = items
    .map((item, i) => ({ item, i }))
    .toSorted((a, b) => b.item.at - a.item.at || b.i - a.i);
  return newestFirst.map(({ item }, i) =>
    i === 0 && item.kind !== 'bad' ? { ...item, kind: 'now' as const } : item,
  );
};

const shipped = ({ shipment, shop }: HistorySources): HistoryItem[] => [
  {
    title: '출고완료',
    by: `판매자 · ${shop}`,
    at: shipment.receivedAt,
    kind: 'sys',
    text:
      shipment.state === 'waiting'
        ? `운송장번호를 기다립니다. ${waitingWords(shipment.waitingFor ?? '')}`
        : '배송방법 우체국(자동)',
  },
];

const numbered = ({ shipment, shop, block }: HistorySources): HistoryItem[] => {
  const { allocatedAt, waybillNumber: number, booking } = shipment;
  const drawn = booking !== undefined && booking.at === allocatedAt;
  const given: HistoryItem[] =
    allocatedAt === undefined || number === undefined
      ? []
      : [
          {
            title: '운송장번호 발급',
            by: drawn ? '우체국' : '시스템',
            at: allocatedAt,
            kind: 'sys',
            text: drawn ? '우체국이 접수하며 정한 번호입니다.' : (block ?? `${shop} 대역`),
          },
        ];
  const replaced = (shipment.formerNumbers ?? []).map((former): HistoryItem => ({
    title: '운송장번호 변경',
    by: '우체국',
    at: former.until,
    kind: 'sys',
    text: `앞의 번호 ${waybillNumber(former.number)}. ${former.reason}`,
  }));
  return [...given, ...replaced];
};

/** The record keeps the last attempt and how many there were. */
const attempts = (shipment: Shipment): HistoryItem[] => {
  const { attempt, attemptAt, cause, state, refusal, booking, deadline } = shipment;
  const nth = `시스템 · ${Math.max(1, attempt)}차 시도`;
  const items: HistoryItem[] = [];
  const open = state === 'sending' || state === 'unknown' || state === 'retrying';
  if (open && attemptAt !== undefined)
    items.push({
      title: state === 'sending' ? '전송 시도' : '전송 결과 미확인',
      by: nth,
      at: attemptAt,
      ...(state !== 'sending' && { kind: 'bad' as const }),
      text: attemptText(state, cause),
    });
  if (refusal !== undefined)
    items.push({
      title: state === 'parked' ? '확인 필요' : '전송실패',
      by: nth,
      at: refusal.at,
      kind: 'bad',
      text: `${refusalWords(refusal)}: ${refusal.reason}`,
      more: answer({ code: refusal.code, field: refusal.field, mustAct: refusal.mustAct, attempt }),
    });
  if (booking !== undefined)
    items.push({
      title: '전송완료',
      by: nth,
      at: booking.at,
      text: bookedText(booking, attemptAt, booking.at > deadline),
      more: answer({
        regiNo: shipment.waybillNumber,
        reqNo: booking.reqNo,
        resNo: booking.resNo,
        ...(booking.postOffice !== undefined && { postOffice: booking.postOffice }),
        ...(booking.feeWon !== undefined && { feeWon: booking.feeWon }),
      }),
    });
  return items;
};

const attemptText = (state: string, cause: string | undefined): string => {
  if (state === 'sending') return '우체국에 보내고 답을 기다립니다.';
  const why = causeWords(cause ?? 'timeout');
  return state === 'unknown'
    ? `${why}. 우체국에 접수 여부를 물은 뒤, 접수되지 않았으면 자동으로 다시 보냅니다.`
    : `${why}. 자동으로 다시 보냅니다.`;
};

const bookedText = (
  { at, postOffice, feeWon }: NonNullable<Shipment['booking']>,
  attemptAt: number | undefined,
  late: boolean,
): string =>
  [
    '우체국이 출고정보를 받았습니다.',
    attemptAt !== undefined && at > attemptAt ? `보내고 ${span(at - attemptAt)} 뒤에 확인했습니다.` : '',
    postOffice === undefined ? '' : `접수 우체국 ${postOffice}.`,
    feeWon === undefined ? '' : `예상 요금 ${feeWon.toLocaleString('ko')}원.`,
    late ? '약속한 20분을 넘겼습니다.' : '',
  ]
    .filter(Boolean)
    .join(' ');

const answer = (value: object): NonNullable<HistoryItem['more']> => ({
  label: '응답 내용 보기',
  content: JSON.stringify(maskBody(value), null, 2),
});

const scans = ({ scans: seen = [], tracked }: Shipment): HistoryItem[] => {
  let order: string | null = null;
  const items = seen.map(([at, word, office]): HistoryItem => {
    const reading = readStatusWord(word);
    const turns = reading.orderStatus !== null && reading.orderStatus !== order && order !== '배송완료';
    if (turns) order = reading.orderStatus;
    return {
      title: word,
      by: office === '' ? '우체국' : `우체국 · ${office}`,
      at,
      ...(reading.flagged && { kind: 'bad' as const }),
      ...(turns && {
        text: `주문서의 배송상태가 ${order}으로 바뀌는 변화입니다.`.replace('배송완료으로', '배송완료로'),
      }),
    };
  });
  if (tracked?.orderStatus)
    items.push({
      title: '주문서 반영',
      by: '시스템 · 배송상태 갱신',
      at: tracked.changedAt,
      kind: 'sys',
      text: `마지막 변화(${tracked.word})를 확인했고, 주문서의 배송상태는 ${tracked.orderStatus}입니다.`,
    });
  return items;
};

const cancelled = ({ cancel, cancelRefused: no, state }: Shipment): HistoryItem[] => {
  const items: HistoryItem[] = [];
  if (no !== undefined)
    items.push({
      title: '취소 거절',
      by: '우체국 또는 시스템',
      at: no.at,
      kind: 'sys',
      text: `사유: ${no.reason}`,
    });
  if (cancel !== undefined)
    items.push({
      title: state === 'cancelled' ? '출고취소' : '취소 요청',
      by: '판매자 또는 운영자',
      at: cancel.at,
      kind: 'sys',
      ...(cancel.reason !== undefined && { text: `사유: ${cancel.reason}` }),
    });
  return items;
};

const DEEDS: Readonly<Record<string, string>> = {
  'shipment.resent': '다시 전송',
  'shipment.cancel-requested': '취소 요청',
  'shipment.check-requested': '배송상태 확인 요청',
  'personal-data.revealed': '받는 분 전체 보기',
};
const operators = ({ what, by, at, reason }: AuditRow): HistoryItem[] => {
  const title = DEEDS[what];
  return title === undefined
    ? []
    : [
        {
          title,
          by: `운영자 · ${by.name}`,
          at,
          kind: 'sys',
          ...(reason !== undefined && { text: `사유: ${reason}` }),
        },
      ];
};
