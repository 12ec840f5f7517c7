/**
 * P23: every alarm of the template looks at a metric that a deployed function, or AWS for it, really writes; each rings
 * for a fault of its own, and none does on a normal day. An alarm that has no fault here fails.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FunctionName } from '../../lib/parts/bundles.ts';
import { nameOf, resources } from '../lib/template.ts';
import { isOf, keyOf, lookedBack, metricsOf, type Point, stateOf } from './alarm-state.ts';
import { ofAws } from './aws-metrics.ts';
import { widgetsOf } from './widgets.ts';
import { type Deployed, openDeployed, type Run } from './deployed.ts';
import { faults, healthy, otherDays } from './faults.ts';

const alarms = resources('AWS::CloudWatch::Alarm').map(
  ([id, { Properties }]) => [nameOf({ Ref: id }).replace('Alarms', ''), Properties] as const,
);
const ours = alarms.filter(([, alarm]) => metricsOf(alarm)[0]!.namespace === 'EpostParcel');
const ofAwsAlone = alarms.filter(([, alarm]) => metricsOf(alarm)[0]!.namespace.startsWith('AWS/'));

/** Minutes between two calls of a function, as its schedule or its callers have it. */
const EVERY: Partial<Record<FunctionName, number>> = { 'send-sms': 1, drain: 2, sync: 180, retain: 1_440 };
const NOW = Date.now();

/** The run as often as its schedule repeats it while the alarm looks back. */
const repeated = (points: readonly Point[], seconds: number): Point[] => {
  const service = points[0]?.dimensions['service'] as FunctionName | undefined;
  const every = ((service && EVERY[service]) ?? 5) * 60;
  const times = Math.max(1, Math.floor(seconds / every));
  return Array.from({ length: times }, (_, i) => NOW - i * every * 1000).flatMap((at) =>
    points.map((point) => ({ ...point, at })),
  );
};

let deployed: Deployed;
const day: Record<string, Run> = {};
const written = new Set<string>();

const runOf = async (scene: (at: Deployed) => Promise<Run>): Promise<Run> => {
  await deployed.clear();
  const run = await scene(deployed);
  for (const point of run.points) written.add(keyOf(point));
  return run;
};

beforeAll(async () => {
  deployed = await openDeployed();
  for (const [service, scene] of Object.entries(healthy)) day[service] = await runOf(scene);
}, 240_000);
afterAll(() => deployed.close());

describe('a normal day', () => {
  it.each(Object.keys(healthy))('of %s fails nowhere', (service) => {
    expect(day[service]?.error).toBeUndefined();
  });

  it.each(ours)('leaves %s quiet', (_, alarm) => {
    const points = Object.values(day).flatMap((run) => repeated(run.points, lookedBack(alarm)));
    expect(stateOf(alarm, points, NOW)).toBe('OK');
  });

  it.each(ofAwsAlone)('leaves %s quiet, by the figures of AWS', (_, alarm) => {
    expect(stateOf(alarm, repeated(ofAws('normal', NOW), lookedBack(alarm)), NOW)).toBe('OK');
  });
});

describe('each alarm', () => {
  it('is tried here, and nothing is tried that is no alarm', () => {
    expect(Object.keys(faults).toSorted()).toEqual(ours.map(([name]) => name).toSorted());
    expect(ours.length + ofAwsAlone.length).toBe(alarms.length);
  });

  it.each(ours)(
    '%s rings for a fault of its own in the deployed function',
    { timeout: 120_000 },
    async (name, alarm) => {
      const run = await runOf(faults[name]!);
      expect(stateOf(alarm, repeated(run.points, lookedBack(alarm)), NOW)).toBe('ALARM');
      if (alarm['TreatMissingData'] === 'breaching') return;
      const seen = metricsOf(alarm).filter((metric) => !run.points.some((point) => isOf(point, metric)));
      expect(seen).toEqual([]);
    },
  );

  it.each(ours)('%s looks where the deployed function writes', (_, alarm) => {
    for (const metric of metricsOf(alarm)) expect([...written]).toContain(keyOf(metric));
  });

  it.each(ofAwsAlone)(
    '%s rings for a function that fails, hangs, is refused or silent, a queue that fills',
    (_, alarm) => {
      expect(stateOf(alarm, repeated(ofAws('broken', NOW), lookedBack(alarm)), NOW)).toBe('ALARM');
    },
  );

  it.each(ofAwsAlone)('%s looks where AWS writes for something of ours', (_, alarm) => {
    const known = new Set(ofAws('normal', NOW).map(keyOf));
    for (const metric of metricsOf(alarm)) expect([...known]).toContain(keyOf(metric));
  });
});

describe('each picture of the dashboards', () => {
  const widgets = resources('AWS::CloudWatch::Dashboard').flatMap(([, { Properties: p }]) =>
    widgetsOf(p['DashboardBody']),
  );

  beforeAll(async () => {
    for (const scene of otherDays) await runOf(scene);
  }, 60_000);

  it.each(widgets)('$title shows what is really written', ({ metrics }) => {
    const known = new Set([...written, ...ofAws('normal', NOW).map(keyOf)]);
    expect(metrics.length).toBeGreaterThan(0);
    for (const metric of metrics) expect([...known]).toContain(keyOf(metric));
  });

  it('of the promises says what was promised, in Korean', () => {
    const [first] = resources('AWS::CloudWatch::Dashboard').filter(([id]) => id.includes('Promises'));
    const titles = widgetsOf(first![1].Properties['DashboardBody']).map(({ title }) => title);
    expect(titles).toHaveLength(8);
    expect(titles.filter((title) => title.includes('약속: '))).toHaveLength(7);
    expect(titles[0]).toContain('20분 이내');
  });
});
