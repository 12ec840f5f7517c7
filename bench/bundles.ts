/**
 * P16, P17: how big each deployed bundle is, and what a fresh process spends on loading it, against a bundle
 * that holds only the AWS SDK clients and commands which the function uses.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buildSync } from 'esbuild';
import { buildApp } from '../bin/app.ts';
import { bundling, entries, type FunctionName } from '../lib/parts/bundles.ts';
import { type Figure, progress } from './report.ts';

const ROUNDS = 21;

export const benchBundles = async (): Promise<Figure[]> => {
  const folder = mkdtempSync(path.join(tmpdir(), 'bench-bundles-'));
  try {
    process.env['CDK_VALIDATION'] = 'false';
    buildApp({ outdir: folder }).synth();
    const environments = environmentsOf(folder);
    return (Object.keys(entries) as FunctionName[]).flatMap((name) => {
      const bundle = path.join(folder, 'bundles', name, 'index.mjs');
      const environment = environments.get(name) ?? {};
      const sdk = buildBaseline(folder, name);
      return [
        {
          id: 'P16',
          what: `${name}: CPU time of loading ÷ its SDK clients alone`,
          value: ratio(name, bundle, sdk, environment),
          budget: { most: 1.25 },
        },
        {
          id: 'P17',
          what: `${name}: bundle in KB, minified`,
          value: statSync(bundle).size / 1024,
          budget: { most: 450 },
          digits: 0,
        },
      ];
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
};

/** Each function's variables as deployed; what only the deployment knows is any text. */
const environmentsOf = (folder: string): Map<string, NodeJS.ProcessEnv> => {
  const file = readdirSync(folder).find((name) => name.endsWith('.template.json'));
  const template = JSON.parse(readFileSync(path.join(folder, file ?? ''), 'utf8')) as {
    Resources: Record<string, { Properties?: { Environment?: { Variables?: Record<string, unknown> } } }>;
  };
  const known = new Map<string, NodeJS.ProcessEnv>();
  for (const { Properties } of Object.values(template.Resources)) {
    const variables = Properties?.Environment?.Variables;
    if (variables === undefined) continue;
    const texts = Object.entries(variables).map(([key, value]) => [key, resolved(value)]);
    known.set(String(variables['POWERTOOLS_SERVICE_NAME']), {
      ...(Object.fromEntries(texts) as NodeJS.ProcessEnv),
      AWS_REGION: 'ap-northeast-2',
      AWS_ACCESS_KEY_ID: 'x',
      AWS_SECRET_ACCESS_KEY: 'x',
    });
  }
  return known;
};

const ANY_KEY = 'arn:aws:kms:ap-northeast-2:000000000000:key/00000000-0000-0000-0000-000000000000';

/** What only the deployment knows is an address or the name of a key, which every schema takes. */
const resolved = (value: unknown): string => {
  if (typeof value === 'string') return value;
  const { 'Fn::Join': join, 'Fn::GetAtt': attribute } = value as {
    'Fn::Join'?: [string, unknown[]];
    'Fn::GetAtt'?: [string, string];
  };
  if (join !== undefined) return join[1].map(resolved).join(join[0]);
  return attribute?.[1] === 'Arn' ? ANY_KEY : 'https://x.example';
};

/** A function that only imports what ours imports from AWS, and makes the same clients. */
const buildBaseline = (folder: string, name: FunctionName): string => {
  const { metafile } = buildSync({
    ...bundling,
    entryPoints: [entries[name]],
    metafile: true,
    write: false,
    outdir: folder,
  });
  const imports = new Map<string, Set<string>>();
  for (const source of Object.keys(metafile.inputs).filter((input) => input.startsWith('functions/'))) {
    const text = readFileSync(path.join(bundling.absWorkingDir, source), 'utf8');
    for (const [, names = '', from = ''] of text.matchAll(/^import \{([^}]+)\} from '(@aws-sdk\/[^']+)'/gm)) {
      const values = names
        .split(',')
        .map((one) => one.trim())
        .filter((one) => one !== '' && !one.startsWith('type '));
      imports.set(from, new Set([...(imports.get(from) ?? []), ...values]));
    }
  }
  const all = [...imports.values()].flatMap((names) => [...names]);
  const clients = all.filter((one) => /^(DynamoDB|SQS|SNS|EventBridge|SecretsManager|KMS)Client$/.test(one));
  const contents = [
    ...[...imports].map(([from, names]) => `import { ${[...names].join(', ')} } from '${from}';`),
    `globalThis.used = [${all.join(', ')}];`,
    ...clients.map((client) => `new ${client}({});`),
  ].join('\n');
  const outfile = path.join(folder, 'sdk', name, 'index.mjs');
  const { outExtension: _extension, ...same } = bundling;
  buildSync({ ...same, stdin: { contents, resolveDir: bundling.absWorkingDir }, outfile });
  return outfile;
};

/** Median of paired ratios, in turn first and second: what else the machine does weighs on both alike. */
const ratio = (name: string, bundle: string, sdk: string, environment: NodeJS.ProcessEnv): number => {
  const ratios: number[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const bundleFirst = round % 2 === 0;
    const first = cpuMs(bundleFirst ? bundle : sdk, environment);
    const second = cpuMs(bundleFirst ? sdk : bundle, environment);
    if (round > 0) ratios.push(bundleFirst ? first / second : second / first);
    progress(`P16 ${name}: ${round} of ${ROUNDS}`);
  }
  return ratios.toSorted((a, b) => a - b)[Math.floor(ratios.length / 2)]!;
};

/** User and system time of a whole process that loads one bundle and ends. */
const cpuMs = (file: string, env: NodeJS.ProcessEnv): number => {
  const script = `import(${JSON.stringify(file)}).then(() => {
    const used = process.resourceUsage();
    console.log((used.userCPUTime + used.systemCPUTime) / 1000);
    process.exit();
  });`;
  const run = spawnSync(process.execPath, ['-e', script], { encoding: 'utf8', env });
  const figure = Number(run.stdout.trim().split('\n').at(-1));
  if (run.status !== 0 || !Number.isFinite(figure)) throw new Error(`${file} does not load: ${run.stderr}`);
  return figure;
};
