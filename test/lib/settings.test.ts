import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSettings } from '../../lib/settings.ts';

const settings = (context: Record<string, unknown> = {}) => readSettings((key) => context[key]);

describe('settings', () => {
  it('are complete without any context', () => {
    expect(settings()).toEqual({
      stage: 'dev',
      drainMinutes: 2,
      trackingHours: 3,
      callsInFlight: 20,
      settleSeconds: 210,
      carrierTimeoutMs: 10_000,
      maxAttempts: 5,
      promiseMinutes: 20,
      release: 'canary',
      epostShipUrl: 'https://ship.epost.go.kr',
      bizTraceUrl: 'https://biz.epost.go.kr',
      dataGoKrUrl: 'http://openapi.epost.go.kr',
      trackingSource: 'biz',
      dailyQuota: 0,
      orderSource: 'shop.platform',
      supportNumber: '1544-3270',
      smsSenderName: '퍼스트몰',
      smsRegion: 'ap-northeast-1',
      smsSenderId: '',
      smsQuietHours: 'on',
      smsSwitchedOn: '',
      smsPriceMicroUsd: 30_000,
      smsSpendUsdPerDay: 10,
      consoleIdleMinutes: 30,
      consoleSessionHours: 9,
      consoleConcurrency: 10,
      version: '',
      retentionDays: 90,
      retentionDaysUnsent: 30,
    });
  });

  it('count calls of data.go.kr, which has a quota on every key, unless told otherwise', () => {
    expect(settings({ trackingSource: 'data-go-kr' }).dailyQuota).toBe(10_000);
    expect(settings({ trackingSource: 'data-go-kr', dailyQuota: 100_000 }).dailyQuota).toBe(100_000);
    expect(() => settings({ dataGoKrUrl: 'http://openapi.epost.go.kr.example.com' })).toThrow(
      'an https address',
    );
  });

  it('take numbers as text, as the command line gives them', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), (k) => {
        expect(settings({ callsInFlight: String(k) }).callsInFlight).toBe(k);
        expect(settings({ callsInFlight: k }).callsInFlight).toBe(k);
      }),
    );
  });

  it.each([
    ['stage', 'Prod!'],
    ['drainMinutes', '0'],
    ['drainMinutes', '2.5'],
    ['trackingHours', 13],
    ['callsInFlight', ''],
    ['callsInFlight', 'many'],
    ['maxAttempts', []],
    ['promiseMinutes', 1],
    ['epostShipUrl', 'http://ship.epost.go.kr'],
    ['trackingSource', 'scraper'],
    ['orderSource', 'aws.events'],
    ['platformAccount', '12345'],
    ['platformRoleArn', 'arn:aws:iam::123456789012:user/somebody'],
    ['supportNumber', 'call us'],
    ['smsRegion', 'Tokyo'],
    ['smsSenderId', '12345'],
    ['smsSenderName', ''],
    ['smsQuietHours', true],
    ['retentionDays', 0],
    ['consoleUrl', 'https://console.shop.example/'],
    ['consoleUrl', 'http://console.shop.example'],
    ['smsSwitchedOn', 'applied, approved'],
    ['consoleConcurrency', 0],
    ['alarmEmail', 'nobody'],
    ['release', 'slowly'],
    ['pagerUrl', 'http://pager.example'],
  ])('refuse %s = %j and name the key', (key, value) => {
    expect(() => settings({ [key]: value })).toThrow(`context "${key}" must be`);
  });

  it('take another issuer only with a client that it knows', () => {
    const oidcIssuer = 'https://id.shop.example';
    expect(() => settings({ oidcIssuer })).toThrow('"oidcClientId" must be set together with "oidcIssuer"');
    expect(settings({ oidcIssuer, oidcClientId: 'console' })).toMatchObject({ oidcIssuer });
    expect(() => settings({ oidcIssuer: 'http://id.shop.example', oidcClientId: 'console' })).toThrow(
      'an https address',
    );
  });

  it('allow plain http to a simulator on this machine only', () => {
    expect(settings({ epostShipUrl: 'http://127.0.0.1:4010/epost' }).epostShipUrl).toBe(
      'http://127.0.0.1:4010/epost',
    );
    expect(() => settings({ epostShipUrl: 'http://127.0.0.1.example.com/' })).toThrow('an https address');
  });
});
