/** The real doors as text: own code bundled, packages left out, only the carrier's HTTP exchanged. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { entries } from '../../../lib/parts/bundles.ts';

/** Code of each function as the body of a function (see `sandbox.ts` for its parameters). */
export type Bundles = Record<string, string>;

/** Source exchanged before it is built: a fault put into the product on purpose. */
export interface Patch {
  /** path from the root of the repository */
  file: string;
  find: string;
  put: string;
}

const root = join(import.meta.dirname, '..', '..', '..');
/** These keep time, print and read the environment, so they run inside the sandbox; every other package is pure. */
const INSIDE = /^(@middy\/|@aws-lambda-powertools\/)/;
const doors = { ...entries, operator: 'test/simulation/world/operator.handler.ts' };
/** Reached by people through a browser only; what its pages order is done by `operator`. */
const left = new Set(['admin']);

/** @throws when the text of a patch is not found exactly once, so that a fault put in on purpose is never lost */
export const bundleDoors = async (patches: readonly Patch[] = []): Promise<Bundles> => {
  const waiting = new Set(patches);
  const result = await build({
    absWorkingDir: root,
    entryPoints: Object.entries(doors)
      .filter(([name]) => !left.has(name))
      .map(([out, entry]) => ({ in: entry, out })),
    outdir: '/simulation',
    write: false,
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node24',
    charset: 'utf8',
    logLevel: 'warning',
    plugins: [packagesLeftOut, carrierExchanged, patched(patches, waiting)],
  });
  if (waiting.size > 0)
    throw new Error(`patched nowhere: ${[...waiting].map(({ file }) => file).join(', ')}`);
  return Object.fromEntries(
    result.outputFiles.map(({ path, text }) => [/([^/\\]+)\.js$/.exec(path)![1]!, withoutCopies(text)]),
  );
};

/** esbuild copies every export of a package at every import of it, for the sake of default imports, which we have none of. */
const withoutCopies = (code: string): string =>
  code.replace(/__toESM\((require\("[^"]+"\))(?:, 1)?\)/g, '$1');

const packagesLeftOut: Plugin = {
  name: 'packages left out',
  setup: ({ onResolve }) => {
    onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
      kind === 'entry-point' || INSIDE.test(path) ? undefined : { path, external: true },
    );
  },
};

/** HTTP to ePost becomes a call the simulation answers. */
const carrierExchanged: Plugin = {
  name: 'carrier exchanged',
  setup: ({ onLoad }) => {
    onLoad({ filter: /functions[/\\]epost[/\\]transport\.client\.ts$/ }, () => ({
      contents: 'export const createTransport = (options) => simulatedTransport(options);',
      loader: 'js',
    }));
  },
};

const patched = (patches: readonly Patch[], waiting: Set<Patch>): Plugin => ({
  name: 'patched',
  setup: ({ onLoad }) => {
    if (patches.length === 0) return;
    onLoad({ filter: /functions[/\\].*\.ts$/ }, async ({ path }) => {
      const mine = patches.filter(({ file }) => path === join(root, file));
      if (mine.length === 0) return undefined;
      let contents = await readFile(path, 'utf8');
      for (const patch of mine) {
        if (contents.split(patch.find).length !== 2)
          throw new Error(`${patch.file}: what a seeded fault replaces is not there exactly once`);
        contents = contents.replace(patch.find, () => patch.put);
        waiting.delete(patch);
      }
      return { contents, loader: 'ts' };
    });
  },
});
