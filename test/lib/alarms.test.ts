import { readdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { entries, type FunctionName } from '../../lib/parts/bundles.ts';
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

describe('alarms', () => {
  it.each(alarms)('%s says who is hurt, links what to do, and is sent somewhere', (_, alarm) => {
    const said = /^(Shops|Operators): .+ What to do: docs\/runbook\.md#([\w-]+)$/.exec(
      alarm.Properties['AlarmDescription'],
    );
    expect(said).not.toBeNull();
    expect(anchors).toContain(said![2]);
    expect(alarm.Properties['AlarmActions']).toEqual([{ Ref: resources('AWS::SNS::Topic')[0]![0] }]);
  });

  it('ring at the first dead letter of every queue and the first event in quarantine', () => {
    const parked = [
      'OnboardingWorkDeadLetters',
      'AdminJobsDeadLetters',
      'OrderEventsDeadLetters',
      'TransmissionQueueDeadLetters',
      'TrackingRoundsDeadLetters',
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
    for (const name of ['Door', 'Onboard', 'Allocate', 'Drain', 'Sync', 'Watch']) {
      expect(byName[`${name}Errors`]).toMatchObject({ MetricName: 'Errors', Threshold: 1 });
      expect(byName[`${name}Throttled`]).toMatchObject({ MetricName: 'Throttles' });
    }
  });

  it('ring when a scheduled function falls silent: no data is the fault', () => {
    const silent = Object.entries(byName).filter(([name]) => name.endsWith('Silent'));
    expect(silent.map(([name, alarm]) => [name, alarm['Period']])).toEqual([
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

  it('look only at figures of ours that the function really writes', () => {
    const watched = Object.values(byName).filter((alarm) => alarm['Namespace'] === 'EpostParcel');
    expect(watched.length).toBeGreaterThanOrEqual(7);
    for (const alarm of watched) {
      expect(alarm['Dimensions']).toEqual([
        { Name: 'service', Value: expect.stringMatching(/^(watch|drain)$/) },
      ]);
      expect(writtenBy(alarm['Dimensions'][0].Value)).toContain(`'${alarm['MetricName']}'`);
    }
  });

  it('look where the functions write', () => {
    for (const [, { Properties: p }] of resources('AWS::Lambda::Function')) {
      expect(p['Environment'].Variables).toMatchObject({ POWERTOOLS_METRICS_NAMESPACE: 'EpostParcel' });
    }
  });

  it('reach a mailbox when one is given', () => {
    expect(resources('AWS::SNS::Subscription')).toEqual([]);
    const [, mail] = resources(
      'AWS::SNS::Subscription',
      templateWith({ alarmEmail: 'ops@shop.example' }),
    )[0]!;
    expect(mail.Properties).toMatchObject({ Protocol: 'email', Endpoint: 'ops@shop.example' });
  });
});

/** Every name that the room of a function gives to `count` or `gauge`. */
function writtenBy(name: FunctionName): string[] {
  const room = new URL(`../../${dirname(entries[name])}/`, import.meta.url);
  const code = readdirSync(room).map((file) => readFileSync(new URL(file, room), 'utf8'));
  return code.flatMap((text) =>
    [...text.matchAll(/\b(?:count|gauge)\(\s*('\w+')/g)].map(([, metric]) => metric!),
  );
}
