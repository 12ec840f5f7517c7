import { App, Duration, Stack } from 'aws-cdk-lib';
import { describe, expect, it } from 'vitest';
import { placeholderCode } from '../../lib/parts/bundles.ts';
import { houseFunction } from '../../lib/parts/house-function.ts';
import { lend } from '../../lib/parts/loan.ts';
import { nameOf, resources, templateWith } from './template.ts';

const functions = resources('AWS::Lambda::Function');

describe('functions', () => {
  it('are the verbs of the product and nothing else', () => {
    expect(functions.map(([id]) => nameOf({ Ref: id })).toSorted()).toEqual([
      'AdminConsole',
      'AdminWorker',
      'LedgerAudit',
      'NotificationSendSms',
      'ObservabilityWatch',
      'OnboardingOnboard',
      'OrderAllocate',
      'PlatformApiDoor',
      'RetentionRetain',
      'TrackingSync',
      'TransmissionDrain',
    ]);
  });

  it.each(functions)('%s runs Node 24 on arm64 in 256 MB', (_, fn) => {
    expect(fn.Properties).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      MemorySize: 256,
      Handler: 'index.handler',
    });
  });

  it('have a role and a log group each, kept for a month', () => {
    const roles = functions.map(([, fn]) => nameOf(fn.Properties['Role']));
    const logs = functions.map(([, fn]) => fn.Properties['LoggingConfig'].LogGroup.Ref);
    expect(new Set(roles).size).toBe(functions.length);
    expect(new Set(logs).size).toBe(functions.length);
    for (const [, group] of resources('AWS::Logs::LogGroup'))
      expect(group.Properties['RetentionInDays']).toBe(30);
  });

  it('do not come into being without saying who is hurt when they fail', () => {
    const build = (errorImpact: string) =>
      houseFunction(new Stack(new App(), 'Any'), 'Careless', {
        entry: 'watch',
        codeOf: placeholderCode(),
        purpose: 'any',
        errorImpact,
        runbook: 'any',
        timeout: Duration.seconds(1),
        borrows: [],
        settings: {},
      });
    expect(() => build('  ')).toThrow('Careless: say who is hurt when it fails');
    expect(build('Shops: nothing works.').errorImpact).toBe('Shops: nothing works.');
  });

  it('get with each loan its variable and its permission', () => {
    const fn = houseFunction(new Stack(new App(), 'Any'), 'Borrower', {
      entry: 'watch',
      codeOf: placeholderCode(),
      purpose: 'any',
      errorImpact: 'Nobody.',
      runbook: 'any',
      timeout: Duration.seconds(1),
      borrows: [lend({ A_TABLE: 'a' }, ['dynamodb:GetItem'], ['arn:aws:dynamodb:::table/a'])],
      settings: { B_SECONDS: '5' },
    });
    expect(fn.variables).toEqual({ A_TABLE: 'a', B_SECONDS: '5' });
  });
});

describe('the drain', () => {
  const drain = (settings = {}) =>
    resources('AWS::Lambda::Function', templateWith(settings)).find(([id]) => id.includes('Drain'))![1]
      .Properties;

  it('is alone, ends before the next one starts, and stops taking work in time for the last call', () => {
    expect(drain()).toMatchObject({ ReservedConcurrentExecutions: 1, Timeout: 110 });
    expect(drain()['Environment'].Variables.DRAIN_SECONDS).toBe('95');
    expect(drain({ drainMinutes: '1', carrierTimeoutMs: '20000' })).toMatchObject({ Timeout: 50 });
  });

  it('waits before asking about an unknown outcome for longer than a drain and a call can last', () => {
    expect(drain()['Environment'].Variables.SETTLE_SECONDS).toBe('210');
    expect(() => templateWith({ settleSeconds: 119 })).toThrow('context "settleSeconds"');
    expect(drain({ drainMinutes: 5 })['Environment'].Variables.SETTLE_SECONDS).toBe('300');
  });
});

describe('schedules', () => {
  const schedules = (settings = {}) =>
    Object.fromEntries(
      resources('AWS::Scheduler::Schedule', templateWith(settings)).map(([, { Properties: p }]) => [
        [nameOf(p['Target'].Arn), kindOf(p['Target'].Input)].join(' ').trim(),
        [p['ScheduleExpression'], p['ScheduleExpressionTimezone']].join(' ').replace(' Etc/UTC', ''),
      ]),
    );
  const kindOf = (input?: string): string => (input ? (JSON.parse(input).kind ?? '') : '');

  it('drain every 2 minutes, track every 3 hours through the queue, watch parcels and due dates every 5 minutes', () => {
    expect(schedules()).toMatchObject({
      TransmissionDrain: 'rate(2 minutes)',
      TrackingRoundsQueue: 'rate(3 hours)',
      ObservabilityWatch: 'rate(5 minutes)',
    });
  });

  it('look at the ends of contracts each morning, and use the key twice a week, Korean time', () => {
    expect(schedules()).toMatchObject({
      'OnboardingWorkQueue due': 'rate(5 minutes)',
      'OnboardingWorkQueue expiry': 'cron(0 7 * * ? *) Asia/Seoul',
      'OnboardingWorkQueue heartbeat': 'cron(30 7 ? * MON,THU *) Asia/Seoul',
    });
  });

  it('follow the settings', () => {
    expect(schedules({ drainMinutes: '1', trackingHours: '1' })).toMatchObject({
      TransmissionDrain: 'rate(1 minute)',
      TrackingRoundsQueue: 'rate(1 hour)',
    });
  });

  it('send what is due each minute, and forget recipients each night, Korean time', () => {
    expect(schedules()).toMatchObject({
      NotificationSendSms: 'rate(1 minute)',
      RetentionRetain: 'cron(30 3 * * ? *) Asia/Seoul',
    });
  });

  it('do not repeat a missed call into the next one where that is near', () => {
    for (const [, config] of resources('AWS::Lambda::EventInvokeConfig')) {
      expect(config.Properties).toMatchObject({ MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 60 });
    }
    expect(resources('AWS::Lambda::EventInvokeConfig')).toHaveLength(3);
  });
});
