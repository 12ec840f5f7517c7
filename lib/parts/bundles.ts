import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type BuildOptions, buildSync } from 'esbuild';
import * as lambda from 'aws-cdk-lib/aws-lambda';

/** Every deployed function and the door it enters by. */
export const entries = {
  'platform-api': 'functions/platform-api/api.handler.ts',
  onboard: 'functions/merchant/onboard.handler.ts',
  allocate: 'functions/order/allocate.handler.ts',
  drain: 'functions/transmission/drain.handler.ts',
  sync: 'functions/tracking/sync.handler.ts',
  watch: 'functions/promise/watch.handler.ts',
  'send-sms': 'functions/notification/send-sms.handler.ts',
  'ledger-audit': 'functions/ledger-audit/ledger-audit.handler.ts',
  retain: 'functions/shipment/retain.handler.ts',
  admin: 'functions/admin/admin.handler.ts',
  jobs: 'functions/admin/jobs.handler.ts',
} as const;

export type FunctionName = keyof typeof entries;

/** Gives a function its code. */
export type CodeOf = (name: FunctionName) => lambda.Code;

/**
 * Reached by dynamic import only after credentials from the environment are missing, which never happens in Lambda:
 * leaving them out halves the cold start (46 ms instead of 85 ms for four clients).
 */
const neverReached = [
  ...['sso', 'ini', 'process', 'web-identity', 'http', 'login'].map(
    (name) => `@aws-sdk/credential-provider-${name}`,
  ),
  '@smithy/credential-provider-imds',
];

const root = join(import.meta.dirname, '..', '..');

/** How every function is bundled; the bench builds its baseline the same way. */
export const bundling = {
  absWorkingDir: root,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  minify: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  mainFields: ['module', 'main'],
  external: neverReached,
  jsx: 'automatic',
  jsxImportSource: 'hono/jsx',
  // What the console serves travels inside its bundle.
  loader: { '.css': 'text', '.asset.js': 'text', '.woff2': 'binary' },
  // Some libraries still ask for Node's own modules by `require`, which an ES module has to make for itself.
  banner: {
    js: "import{createRequire as makeRequire}from'node:module';const require=makeRequire(import.meta.url);",
  },
  legalComments: 'none',
  // Korean stays Korean: escaped it would take twice the bytes.
  charset: 'utf8',
  logLevel: 'warning',
} satisfies BuildOptions;

/**
 * Bundles all functions in one esbuild call (a process per function takes two to three times as long) into
 * `<outdir>/bundles/<function>/index.mjs` and answers with their code.
 * @throws Error naming the entry that is missing; esbuild's own error for code that does not build.
 */
export function bundleFunctions(outdir: string, doors: Readonly<Record<string, string>> = entries): CodeOf {
  const target = join(outdir, 'bundles');
  rmSync(target, { recursive: true, force: true });
  buildSync({
    ...bundling,
    entryPoints: Object.entries(doors).map(([name, entry]) => ({
      in: present(entry),
      out: `${name}/index`,
    })),
    outdir: target,
  });
  return (name) => lambda.Code.fromAsset(join(target, name));
}

/** Stands in where no bundle is wanted: template tests ask only what the template says. */
export function placeholderCode(): CodeOf {
  return (name) => lambda.Code.fromInline(`exports.handler = async () => '${name}';`);
}

function present(entry: string): string {
  if (existsSync(join(root, entry))) return entry;
  throw new Error(`cannot bundle: the entry ${entry} is missing (see lib/parts/bundles.ts)`);
}
