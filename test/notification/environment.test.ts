import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { sendSmsEnvironment } from '../../functions/notification/send-sms.environment.ts';
import { smsSettings } from '../../functions/notification/sms-settings.ts';
import { wordingEnvironment } from '../../functions/notification/wording.environment.ts';

const wording = { SMS_SENDER_NAME: '퍼스트몰', SUPPORT_NUMBER: '1544-3270', SMS_SWITCHED_ON: '' };
const words = (over: object) => z.safeParse(wordingEnvironment, { ...wording, ...over });
const sending = (over: object) =>
  z.safeParse(sendSmsEnvironment, {
    MESSAGES_TABLE: 'messages',
    SMS_REGION: 'ap-northeast-1',
    SMS_SENDER_ID: '',
    SMS_QUIET_HOURS: 'on',
    SMS_PRICE_MICRO_USD: '35000',
    ...over,
  });

describe('the words of a deployment', () => {
  it('are the settings of the texts', () => {
    expect(
      smsSettings(z.parse(wordingEnvironment, { ...wording, SMS_SWITCHED_ON: 'approved,ended' })),
    ).toEqual({
      senderName: '퍼스트몰',
      supportNumber: '1544-3270',
      switchedOn: ['approved', 'ended'],
    });
    expect(words({})).toMatchObject({ success: true, data: { SMS_SWITCHED_ON: [] } });
  });

  it.each([
    ['a sender name with which some text is too long', { SMS_SENDER_NAME: '퍼스트몰스' }],
    ['a sender name no phone can show', { SMS_SENDER_NAME: '몰👍' }],
    ['a sender name that is an address', { SMS_SENDER_NAME: 'a.com' }],
    ['no sender name', { SMS_SENDER_NAME: '' }],
    ['no support number', { SUPPORT_NUMBER: '' }],
    ['a key that no text has', { SMS_SWITCHED_ON: 'approved,nonsense' }],
    ['a text that nothing orders', { SMS_SWITCHED_ON: 'band' }],
    ['a hold among what is switched', { SMS_SWITCHED_ON: 'hold.login' }],
  ])('are refused with %s', (_, over) => {
    expect(words(over).success).toBe(false);
  });
});

describe('the sender’s environment', () => {
  it.each([
    [{}, true],
    [{ SMS_SENDER_ID: 'FIRSTMALL' }, true],
    [{ SMS_SENDER_ID: '12345' }, false],
    [{ SMS_SENDER_ID: 'TOO-LONG-FOR-IT' }, false],
    [{ SMS_REGION: 'Seoul' }, false],
    [{ SMS_QUIET_HOURS: 'maybe' }, false],
    [{ SMS_PRICE_MICRO_USD: '0.03' }, false],
  ])('with %j is usable: %s', (over, usable) => {
    expect(sending(over).success).toBe(usable);
  });
});
