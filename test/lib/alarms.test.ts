import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { nameOf, resources, templateWith } from './template.ts';

const alarms = resources('AWS::CloudWatch::Alarm');
const byName = Object.fromEntries(
  alarms.map(([id, alarm]) => [nameOf({ Ref: id }).replace('Alarms', ''), alarm.Properties]),
);
const runbook = readFileSync(new URL('../../docs/runbook.md', import.meta.url), 'utf8');
/** Headings as links reach them. */
const anchors = [...runbook.matchAll(/^##+ (.+)$/gm)].map(([, title]) =>
  title!.toLowerCase().replaceAll(' ', '-'),
);

const topics: Record<string, string> = { page: 'AlarmsPage', warn: 'AlarmsWarn' };

describe('alarms', () => {
  it.each(alarms)(
    '%s says how urgent it is and who is hurt, links what to do, and is sent where it says',
    (_, alarm) => {
      const said = /^\[(page|warn)\] (Shops|Operators): .+ What to do: docs\/runbook\.md#([\w-]+)$/.exec(
        alarm.Properties['AlarmDescription'],
      );
      expect(said).not.toBeNull();
      expect(anchors).toContain(said![3]);
      expect(alarm.Properties['AlarmActions'].map(nameOf)).toEqual([topics[said![1]!]]);
    },
  );

  it('ring at the first dead letter of every queue and the first event in quarantine', () => {
    const parked = [
      'OnboardingWorkDeadLetters',
      'AdminJobsDeadLetters',
      'OrderEventsDeadLetters',
      'TransmissionQueueDeadLetters',
      'TrackingRoundsDeadLetters',
      'LedgerWorkDeadLetters',
      'Quarantined',
    ];
    for (const name of parked) {
      expect(byName[name]).toMatchObject({
        MetricName: 'ApproximateNumberOfMessagesVisible',
        Threshold: 1,
        ComparisonOperator: 'GreaterThanOrEqualToThreshold',
        EvaluationPeriods: 1,
      });
    }
  });

  it('ring for every function that fails', () => {
    for (const [id] of resources('AWS::Lambda::Function')) {
      const name = /[A-Z][a-z]+(Sms)?$/.exec(nameOf({ Ref: id }))![0];
      expect(byName[`${name}Errors`]).toMatchObject({ MetricName: 'Errors', Threshold: 1 });
      expect(byName[`${name}Throttled`]).toMatchObject({ MetricName: 'Throttles' });
    }
  });

  it('ring when a scheduled function falls silent: no data is the fault', () => {
    const silent = Object.entries(byName).filter(([name]) => name.endsWith('Silent'));
    expect(silent.map(([name, alarm]) => [name, alarm['Period']])).toEqual([
      ['SendSmsSilent', 300],
      ['DrainSilent', 600],
      ['SyncSilent', 12_600],
      ['WatchSilent', 900],
    ]);
    for (const [, alarm] of silent) expect(alarm['TreatMissingData']).toBe('breaching');
  });

  it('ring at half of the promise and again when it is broken', () => {
    const risk = byName['PromiseAtRisk'];
    expect(risk).toMatchObject({
      Namespace: 'EpostParcel',
      Threshold: 600,
      ComparisonOperator: 'GreaterThanThreshold',
    });
    expect(byName['PromiseBroken']).toMatchObject({ Threshold: 1200 });
  });

  it('ring when work that must come to an end does not: no sign of life is the fault', () => {
    const missing = Object.entries(byName).filter(
      ([name]) => name.endsWith('Missing') && !name.startsWith('Cal'),
    );
    expect(
      missing.map(([name, { Period, EvaluationPeriods }]) => [name, Period * EvaluationPeriods]),
    ).toEqual([
      ['TrackingHeartbeatMissing', 6 * 3_600],
      ['DueWatchHeartbeatMissing', 900],
      ['ExpiryWatchHeartbeatMissing', 2 * 86_400],
      ['KeyHeartbeatMissing', 7 * 86_400],
      ['RetainHeartbeatMissing', 2 * 86_400],
      ['LedgerAuditHeartbeatMissing', 2 * 86_400],
    ]);
    for (const [, alarm] of missing) expect(alarm['TreatMissingData']).toBe('breaching');
  });

  it('look back no further than CloudWatch can: a day, or seven with periods of an hour and more', () => {
    for (const alarm of Object.values(byName).filter((one) => one['Period'])) {
      const back = alarm['Period'] * alarm['EvaluationPeriods'];
      expect(back).toBeLessThanOrEqual(alarm['Period'] >= 3_600 ? 7 * 86_400 : 86_400);
      expect(alarm['Period']).toBeLessThanOrEqual(86_400);
    }
  });

  it('ring when ePost does not know one number in twenty, once there are enough to say so', () => {
    const [share, part, whole] = byName['TrackingNotFound']!['Metrics'];
    expect(share.Expression).toBe('IF(whole >= 20, 100 * FILL(part, 0) / whole, 0)');
    expect([part, whole].map((one) => [one.Id, one.MetricStat.Metric.MetricName])).toEqual([
      ['part', 'TrackingNotFound'],
      ['whole', 'TrackingAsked'],
    ]);
    expect(byName['TrackingNotFound']).toMatchObject({ Threshold: 5, TreatMissingData: 'notBreaching' });
  });

  it("ring above the day's budget for messages", () => {
    const spend = (settings = {}) =>
      resources('AWS::CloudWatch::Alarm', templateWith(settings)).find(([id]) => id.includes('SmsSpend'))![1];
    expect(spend().Properties).toMatchObject({ Threshold: 10_000_000, Period: 86_400, Statistic: 'Sum' });
    expect(spend({ smsSpendUsdPerDay: '3' }).Properties['Threshold']).toBe(3_000_000);
  });

  it('look where the functions write', () => {
    for (const [, { Properties: p }] of resources('AWS::Lambda::Function')) {
      expect(p['Environment'].Variables).toMatchObject({ POWERTOOLS_METRICS_NAMESPACE: 'EpostParcel' });
    }
  });

  it('wake somebody only for what shops feel at once, or what would hide it', () => {
    const paging = Object.entries(byName).filter(([, one]) => one['AlarmDescription'].startsWith('[page]'));
    expect(paging.map(([name]) => name).toSorted()).toEqual([
      'DoubleBooking',
      'DrainSilent',
      'LedgerDamaged',
      'OrderEventsDeadLetters',
      'PoolEmpty',
      'PoolNearlyEmpty',
      'PromiseBroken',
      'TransmissionQueueDeadLetters',
      'WatchSilent',
    ]);
  });

  it('ring at four fifths of the time limit, but where work fills its time only when it is cut off again and again', () => {
    const slow = Object.entries(byName).filter(([name]) => name.endsWith('Slow'));
    expect(slow.map(([name, one]) => [name, one['Threshold'], one['EvaluationPeriods']]).toSorted()).toEqual([
      ['AllocateSlow', 24_000, 1],
      ['AuditSlow', 285_000, 3],
      ['ConsoleSlow', 12_000, 1],
      ['DoorSlow', 12_000, 1],
      ['DrainSlow', 104_500, 3],
      ['OnboardSlow', 240_000, 1],
      ['RetainSlow', 855_000, 3],
      ['SendSmsSlow', 52_250, 3],
      ['SyncSlow', 285_000, 3],
      ['WatchSlow', 48_000, 1],
      ['WorkerSlow', 240_000, 1],
    ]);
  });

  it('reach a mailbox and a pager when these are given, the pager only what cannot wait', () => {
    expect(resources('AWS::SNS::Subscription')).toEqual([]);
    const context = { alarmEmail: 'ops@shop.example', pagerUrl: 'https://pager.example/in' };
    const told = resources('AWS::SNS::Subscription', templateWith(context)).map(([, { Properties: p }]) => [
      nameOf(p['TopicArn']),
      p['Endpoint'],
    ]);
    expect(told.toSorted()).toEqual([
      ['AlarmsPage', 'https://pager.example/in'],
      ['AlarmsPage', 'ops@shop.example'],
      ['AlarmsWarn', 'ops@shop.example'],
    ]);
  });
});
