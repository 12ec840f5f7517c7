import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { describe, expect, it } from 'vitest';
import { offences } from './rules.ts';

const root = join(import.meta.dirname, '..', '..');
const folders = ['bin', 'lib', 'functions', 'local', 'test', 'bench', 'scripts'];

describe('the house', () => {
  const sources = new Map(
    folders.flatMap(filesIn).map((file) => [file, readFileSync(join(root, file), 'utf8')]),
  );

  it('is all seen', () => {
    expect([...sources.keys()]).toEqual(
      expect.arrayContaining(['bin/app.ts', 'lib/delivery-stack.ts', 'functions/events.ts']),
    );
  });

  it('keeps its own rules', () => {
    expect(offences(sources).map(({ file, what }) => `${file} ${what}`)).toEqual([]);
  });
});

describe('a rule notices', () => {
  it.each<[string, string, string, string | RegExp]>([
    [
      'functions that know the local cloud',
      'functions/a/b.handler.ts',
      `import x from '../../local/x.ts'`,
      /reaches into local/,
    ],
    [
      'functions that know it only when they run',
      'functions/a/b.client.ts',
      `await import('../../test/x.ts')`,
      /reaches into test/,
    ],
    [
      'functions that know the infrastructure',
      'functions/a/b.ts',
      `import type { X } from '../../lib/x.ts'`,
      /reaches into lib/,
    ],
    [
      'functions that know the CDK',
      'functions/a/b.ts',
      `import { App } from 'aws-cdk-lib'`,
      'imports aws-cdk-lib',
    ],
    [
      'infrastructure that knows the local cloud',
      'lib/a.ts',
      `export * from '../local/x.ts'`,
      /reaches into local/,
    ],
    [
      'infrastructure that loads code of functions',
      'lib/a.ts',
      `import { x } from '../functions/x.ts'`,
      /more than types/,
    ],
    [
      'a plain file that loads a store',
      'functions/a/b.ts',
      `import { x } from '../c/d.store.ts'`,
      /a plain file loads the store/,
    ],
    [
      'a plain file that loads a client',
      'functions/a/b.ts',
      `import { type A, x } from './d.client.ts'`,
      /loads the client/,
    ],
    [
      'a client that loads a store',
      'functions/a/b.client.ts',
      `import { x } from './d.store.ts'`,
      /loads the store/,
    ],
    [
      'anyone who loads a handler',
      'functions/a/b.handler.ts',
      `import type { X } from '../c/d.handler.ts'`,
      /loads the handler/,
    ],
    [
      'a runtime that knows parcels',
      'functions/runtime/a.ts',
      `import type { X } from '../shipment/x.ts'`,
      /the runtime room knows/,
    ],
    [
      'a plain file that calls AWS',
      'functions/a/b.ts',
      `import { SQSClient } from '@aws-sdk/client-sqs'`,
      /loads @aws-sdk/,
    ],
    [
      'a plain file that reads files',
      'functions/a/b.ts',
      `import { readFileSync } from 'node:fs'`,
      /loads node:fs/,
    ],
    ['a plain file that looks at the clock', 'functions/a/b.ts', `const at = Date.now()`, /uses Date.now/],
    ['a plain file that makes the present', 'functions/a/b.ts', `const at = new Date()`, /uses new Date\(\)/],
    ['a plain file that throws dice', 'functions/a/b.ts', `const id = randomUUID()`, /uses randomUUID/],
    ['a plain file that waits', 'functions/a/b.ts', `setTimeout(go, 5)`, /uses setTimeout/],
    ['a plain file that calls out', 'functions/a/b.ts', `await fetch(url)`, /uses fetch/],
    ['a second reader of the environment', 'functions/a/b.client.ts', `process.env.X`, 'reads process.env'],
    ['an import nobody can follow', 'functions/a/b.ts', `await import(name)`, 'imports a computed path'],
    ['an import without its suffix', 'local/a.ts', `import { x } from '${'.'}/x'`, 'local/x lacks .ts'],
    ['a barrel', 'functions/a/all.ts', `export * from './b.ts';\nexport { c } from './c.ts';`, 'is a barrel'],
    ['an index', 'functions/a/index.ts', `export const x = 1;`, 'is a barrel'],
    ['a file too long', 'functions/a/b.ts', 'x();\n'.repeat(251), /251 lines/],
  ])('%s', (_, file, text, what) => {
    const found = offences(new Map([[file, text]])).map((offence) => offence.what);
    expect(found).toContainEqual(expect.stringMatching(what));
  });

  it.each([
    ['types of a store in a plain file', 'functions/a/b.ts', `import type { X } from './d.store.ts'`],
    ['types among names', 'functions/a/b.ts', `import { type X, type Y } from '../runtime/clock.ts'`],
    ['a moment that was handed in', 'functions/a/b.ts', `new Date(at).toISOString()`],
    [
      'words in comments',
      'functions/a/b.ts',
      `// Date.now() is not used here\n/* fetch( */ export const x = 1;`,
    ],
    ['a hash', 'functions/a/b.ts', `import { createHash } from 'node:crypto'`],
    [
      'a handler that wires everything',
      'functions/a/b.handler.ts',
      `import { x } from './c.store.ts'; import { y } from '../runtime/aws.ts'`,
    ],
    ['the type of an environment', 'lib/a.ts', `import type { X } from '../functions/a/b.environment.ts'`],
  ])('nothing wrong with %s', (_, file, text) => {
    expect(offences(new Map([[file, text]]))).toEqual([]);
  });
});

function filesIn(folder: string): string[] {
  try {
    return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
      .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
