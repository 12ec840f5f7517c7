/** The one table of SMS texts (console.md 2.5). `{…}` is filled in; sender name and support number are settings. */
import { koreanDay } from '../shipment/korean-day.ts';

const TEXTS = {
  applied: '[{sender}] 우체국택배 자동화 신청을 받았습니다. {date}까지 결과를 알려드리겠습니다.',
  approved: '[{sender}] 우체국택배 자동화를 승인했습니다. 출고할 때 우체국(자동)을 선택해 주세요.',
  'hold.customer': '[{sender}] 우체국택배 승인보류: 우체국 홈페이지에서 고객번호 검증 후 다시 신청해 주세요.',
  'hold.approval': '[{sender}] 우체국택배 승인보류: 승인번호가 다릅니다. 확인 후 다시 신청해 주세요.',
  'hold.login': '[{sender}] 우체국택배 승인보류: 우체국 아이디, 비밀번호 확인 후 다시 신청해 주세요.',
  'hold.bizno': '[{sender}] 우체국택배 승인보류: 계약한 사업자번호와 다릅니다. 확인 후 다시 신청해 주세요.',
  'hold.contract':
    '[{sender}] 우체국택배 승인보류: 기업택배 계약이 확인되지 않습니다. 우체국에 확인해 주세요.',
  'hold.duplicate': '[{sender}] 우체국택배 승인보류: 다른 쇼핑몰에서 쓰는 고객번호입니다. 문의 {support}',
  'hold.two': '[{sender}] 우체국택배 승인보류: 고객번호, 승인번호 확인 후 다시 신청해 주세요.',
  'hold.multi': '[{sender}] 우체국택배 승인보류: {count}가지 확인이 필요합니다. 쇼핑몰 관리자에서 봐 주세요.',
  'hold.other': '[{sender}] 우체국택배 승인보류: 신청 내용 확인이 필요합니다. 문의 {support}',
  late: '[{sender}] 우체국택배 승인이 늦어 죄송합니다. {date}까지 처리합니다. 문의 {support}',
  stopped: '[{sender}] 우체국 로그인이 되지 않아 전송을 멈췄습니다. 비밀번호를 확인해 주세요.',
  txfail: '[{sender}] 출고 {count}건을 우체국에 전송하지 못했습니다. 쇼핑몰 관리자에서 확인해 주세요.',
  band: '[{sender}] 우체국 운송장번호가 {count}개 남았습니다. 관할 우체국에 추가를 요청해 주세요.',
  ended: '[{sender}] 우체국택배 자동화를 해지했습니다. 보낸 택배는 배송완료까지 갱신합니다.',
} as const;

/** One SMS is always one of these. */
export type TemplateKey = keyof typeof TEXTS;
export const TEMPLATE_KEYS = Object.keys(TEXTS) as TemplateKey[];

/** Settings that stand in the texts. */
export interface Wording {
  senderName: string;
  supportNumber: string;
}

/** Epoch ms for a day, told as the Korean one; a count above 99,999 is told as 99,999 (one more digit would not fit). */
interface Values {
  applied: { date: number };
  late: { date: number };
  'hold.multi': { count: number };
  txfail: { count: number };
  band: { count: number };
}
/** What a template needs besides the settings. */
export type ValuesOf<Key extends TemplateKey> = Key extends keyof Values ? [values: Values[Key]] : [];

/** Templates that need the settings only. */
export type PlainKey = Exclude<TemplateKey, keyof Values>;

const MOST = 99_999;

/** The text of a template, ready to be shown, edited or sent. */
export const messageText = <Key extends TemplateKey>(
  key: Key,
  wording: Wording,
  ...[values]: ValuesOf<Key>
): string => fill(TEXTS[key], wording, values ?? {});

/** The longest a template can become under these settings; it must fit into one SMS. */
export const longestText = (key: TemplateKey, wording: Wording): string =>
  fill(TEXTS[key], wording, { date: Date.UTC(2026, 11, 24), count: key === 'hold.multi' ? 7 : MOST });

const fill = (text: string, wording: Wording, { date, count }: { date?: number; count?: number }): string =>
  text
    .replace('{sender}', () => wording.senderName)
    .replace('{support}', () => wording.supportNumber)
    .replace('{date}', () => (date === undefined ? '' : dayWords(date)))
    .replace('{count}', () => Math.min(count ?? 0, MOST).toLocaleString('en-US'));

/** `11월 24일` */
const dayWords = (at: number): string => {
  const day = koreanDay(at);
  return `${Number(day.slice(4, 6))}월 ${Number(day.slice(6))}일`;
};
