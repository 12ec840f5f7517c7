import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildApp } from '../../bin/app.ts';
import { bundleFunctions, entries, type FunctionName } from '../../lib/parts/bundles.ts';
import { resources, templateWith } from './template.ts';

const names = Object.keys(entries) as FunctionName[];
/** P17 holds on the parcel's path. What is off it and larger says why, and has a budget of its own, in KB. */
const larger: Partial<Record<FunctionName, number>> = {
  // All that the drain has, and the applications and the calendar on top; nobody waits for its start.
  onboard: 480,
  // The encryption library brings big-number arithmetic and a second store for suites we do not use.
  'platform-api': 830,
  // Two fonts travel in it (700 KB as text), served once and kept by the browser, and some twenty pages.
  admin: 1_500,
};

describe('bundles', () => {
  let outdir: string;

  beforeAll(() => {
    outdir = mkdtempSync(join(tmpdir(), 'bundles-'));
    bundleFunctions(outdir);
  });
  afterAll(() => rmSync(outdir, { recursive: true, force: true }));

  it.each(names)('%s is one file within its budget (P17)', (name) => {
    expect(readdirSync(join(outdir, 'bundles', name))).toEqual(['index.mjs']);
    const budget = (larger[name] ?? 450) * 1024;
    expect(statSync(join(outdir, 'bundles', name, 'index.mjs')).size).toBeLessThanOrEqual(budget);
  });

  it.each(names)('%s starts from its bundle and the environment of the template alone', (name) => {
    const load = `import(${JSON.stringify(join(outdir, 'bundles', name, 'index.mjs'))}).then((m) => console.log(typeof m.handler))`;
    const said = execFileSync(process.execPath, ['-e', load], {
      cwd: outdir,
      env: environmentOf(name),
      encoding: 'utf8',
    });
    expect(said).toBe('function\n');
  });

  it('are built anew in the same bytes, so that a deploy without a change changes nothing', () => {
    const assets = () => {
      const again = mkdtempSync(join(tmpdir(), 'assembly-'));
      try {
        buildApp({ outdir: again }).synth();
        return readdirSync(again).filter((file) => file.startsWith('asset.'));
      } finally {
        rmSync(again, { recursive: true, force: true });
      }
    };
    const first = assets();
    expect(first).toHaveLength(names.length);
    expect(assets()).toEqual(first);
  });

  it('name the door that is missing', () => {
    const missing = { allocate: 'functions/nowhere/allocate.handler.ts' };
    expect(() => bundleFunctions(outdir, missing)).toThrow(
      'the entry functions/nowhere/allocate.handler.ts is missing',
    );
  });
});

/** The variables of a function in the template, with plain words where CloudFormation would fill in names. */
function environmentOf(name: FunctionName): Record<string, string> {
  const [, fn] = resources('AWS::Lambda::Function', templateWith()).find(
    ([, { Properties: p }]) => p['Environment'].Variables.POWERTOOLS_SERVICE_NAME === name,
  )!;
  const variables = Object.entries(fn.Properties['Environment'].Variables);
  const filled = variables.map(([key, value]) => [key, typeof value === 'string' ? value : standsFor(key)]);
  return {
    AWS_REGION: 'ap-northeast-2',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    ...Object.fromEntries(filled),
  };
}

/** What a deploy fills in, in the form that a door may look at while it starts. */
function standsFor(key: string): string {
  if (key === 'KEY_ID')
    return 'arn:aws:kms:ap-northeast-2:111122223333:key/11111111-2222-3333-4444-555555555555';
  if (key === 'FAILED_QUEUES') return '{}';
  return `https://example.com/${key}`;
}
