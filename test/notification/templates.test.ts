import { describe, expect, it } from 'vitest';
import { HOLD_REASONS } from '../../functions/merchant/application.ts';
import { holdTemplate } from '../../functions/merchant/decision.ts';
import { holdText, SWITCHABLE, textIfDeserved } from '../../functions/notification/deserving.ts';
import { checkSmsText } from '../../functions/notification/sms-text.ts';
import {
  longestText,
  messageText,
  TEMPLATE_KEYS,
  type TemplateKey,
} from '../../functions/notification/templates.ts';

const wording = { senderName: '퍼스트몰', supportNumber: '1544-3270' };
const LATE_ON_THE_24TH = Date.parse('2026-11-24T23:59:59+09:00');

describe('every text', () => {
  it.each(TEMPLATE_KEYS)('%s goes out as one SMS with its longest values', (key) => {
    const checked = checkSmsText(longestText(key, wording));
    expect(checked).toMatchObject({ outcome: 'fits', text: longestText(key, wording) });
    expect(checked.units).toBeLessThanOrEqual(60);
    expect(checked.bytes).toBeLessThanOrEqual(90);
  });

  // counted by another CP949 codec
  it.each<[TemplateKey, string, number, number]>([
    ['applied', messageText('applied', wording, { date: LATE_ON_THE_24TH }), 51, 86],
    ['approved', messageText('approved', wording), 49, 84],
    ['hold.customer', messageText('hold.customer', wording), 51, 88],
    ['hold.approval', messageText('hold.approval', wording), 47, 80],
    ['hold.login', messageText('hold.login', wording), 49, 83],
    ['hold.bizno', messageText('hold.bizno', wording), 52, 89],
    ['hold.contract', messageText('hold.contract', wording), 52, 90],
    ['hold.duplicate', messageText('hold.duplicate', wording), 52, 83],
    ['hold.two', messageText('hold.two', wording), 46, 78],
    ['hold.multi', messageText('hold.multi', wording, { count: 3 }), 50, 85],
    ['hold.other', messageText('hold.other', wording), 48, 75],
    ['late', messageText('late', wording, { date: LATE_ON_THE_24TH }), 56, 86],
    ['stopped', messageText('stopped', wording), 47, 81],
    ['txfail', messageText('txfail', wording, { count: 9999 }), 53, 88],
    ['band', messageText('band', wording, { count: 9999 }), 52, 86],
    ['ended', messageText('ended', wording), 46, 81],
  ])('%s is as long as it was counted elsewhere', (_, text, units, bytes) => {
    expect(checkSmsText(text)).toMatchObject({ units, bytes });
    expect(text).not.toMatch(/[{}·]/);
  });

  it('tells days as Korean ones and counts with their commas', () => {
    expect(messageText('late', wording, { date: LATE_ON_THE_24TH })).toBe(
      '[퍼스트몰] 우체국택배 승인이 늦어 죄송합니다. 11월 24일까지 처리합니다. 문의 1544-3270',
    );
    expect(messageText('txfail', wording, { count: 1204 })).toContain('출고 1,204건을');
    expect(messageText('txfail', wording, { count: 12_345_678 })).toContain('출고 99,999건을');
  });

  it('takes the settings as they are', () => {
    const text = messageText('hold.other', { senderName: '$&몰', supportNumber: '02-000-0000' });
    expect(text).toBe('[$&몰] 우체국택배 승인보류: 신청 내용 확인이 필요합니다. 문의 02-000-0000');
  });
});

describe('a hold', () => {
  it.each(HOLD_REASONS)('for %s alone has a text of its own', (reason) => {
    expect(holdText([reason, reason], wording)).toBe(longestText(holdTemplate([reason]), wording));
  });

  it('for several reasons says how many, but names the pair that comes together', () => {
    expect(holdText(['approval', 'customer'], wording)).toContain('고객번호, 승인번호 확인');
    expect(holdText(['login', 'bizno'], wording)).toContain('2가지 확인');
    expect(holdText([...HOLD_REASONS], wording)).toContain('7가지 확인');
  });

  it('without a reason proposes nothing', () => {
    expect(holdText([], wording)).toBe('');
  });
});

describe('any other event', () => {
  it.each(SWITCHABLE)('%s has a text only where it is switched on', (key) => {
    const value = { date: LATE_ON_THE_24TH, count: 3 };
    const ask = textIfDeserved as (...args: unknown[]) => string | undefined;
    expect(ask(key, { ...wording, switchedOn: [] }, value)).toBeUndefined();
    expect(ask(key, { ...wording, switchedOn: SWITCHABLE.filter((k) => k !== key) }, value)).toBeUndefined();
    expect(ask(key, { ...wording, switchedOn: [key] }, value)).toMatch(/^\[퍼스트몰\] \S/);
  });
});
