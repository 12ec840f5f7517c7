import { posix } from 'node:path';

/** Source files by their path from the root of the repository. */
export type Sources = ReadonlyMap<string, string>;

/** One broken rule: the file and what it should not do. */
export interface Offence {
  readonly file: string;
  readonly what: string;
}

interface Import {
  readonly from: string;
  /** Erased when it runs. */
  readonly typeOnly: boolean;
}

type Rule = (file: string, text: string, imports: readonly Import[]) => string[];

/** Everything in `sources` that breaks a rule of the house. */
export function offences(sources: Sources): Offence[] {
  return [...sources].flatMap(([file, source]) => {
    const code = withoutComments(source);
    return rules.flatMap((rule) => rule(file, code, importsOf(code, file)).map((what) => ({ file, what })));
  });
}

/** What a file name promises. */
type Role = 'handler' | 'store' | 'client' | 'environment' | 'runtime' | 'plain';

function roleOf(file: string): Role {
  if (file.startsWith('functions/runtime/')) return pureRuntime.has(file) ? 'plain' : 'runtime';
  return (/\.(handler|store|client|environment)\.ts$/.exec(file)?.[1] as Role | undefined) ?? 'plain';
}

/** In the runtime room, yet without I/O, clock or dice. */
const pureRuntime = new Set(
  ['business-days', 'chunk', 'refill-pool'].map((name) => `functions/runtime/${name}.ts`),
);

/** What code of a role may load; types may be taken from anywhere but a handler. */
const mayLoad: Readonly<Record<Role, readonly Role[]>> = {
  handler: ['store', 'client', 'environment', 'runtime', 'plain'],
  store: ['store', 'client', 'runtime', 'plain'],
  client: ['client', 'runtime', 'plain'],
  environment: ['environment', 'runtime', 'plain'],
  runtime: ['runtime', 'client', 'plain'],
  plain: ['plain'],
};

/** Where files of a folder may reach at all, dynamic imports and types included. */
const reach: Readonly<Record<string, readonly string[]>> = {
  functions: ['functions'],
  lib: ['lib', 'functions'],
  bin: ['lib'],
  local: ['local', 'functions', 'bin', 'lib'],
};

const rules: readonly Rule[] = [
  function folders(file, _code, imports) {
    const allowed = reach[folder(file)];
    if (!allowed) return [];
    const outside = imports.filter(({ from }) => isOurs(from) && !allowed.includes(folder(from)));
    return outside.map(({ from }) => `reaches into ${folder(from)}/ (${from})`);
  },

  function libTakesTypes(file, _code, imports) {
    if (folder(file) !== 'lib') return [];
    const loaded = imports.filter(({ from, typeOnly }) => folder(from) === 'functions' && !typeOnly);
    return loaded.map(({ from }) => `takes more than types from ${from}`);
  },

  function functionsKnowNoCdk(file, _code, imports) {
    if (folder(file) !== 'functions') return [];
    return imports
      .filter(({ from }) => /^(aws-cdk-lib|constructs)/.test(from))
      .map(({ from }) => `imports ${from}`);
  },

  function direction(file, _code, imports) {
    if (folder(file) !== 'functions') return [];
    const role = roleOf(file);
    const ours = imports.filter(({ from }) => isOurs(from));
    return ours
      .filter(
        ({ from, typeOnly }) =>
          roleOf(from) === 'handler' || (!typeOnly && !mayLoad[role].includes(roleOf(from))),
      )
      .map(({ from }) => `a ${role} file loads the ${roleOf(from)} file ${from}`);
  },

  function runtimeKnowsNoParcels(file, _code, imports) {
    if (!file.startsWith('functions/runtime/')) return [];
    const rooms = imports.filter(({ from }) => /^functions\/(?!runtime\/|events\.ts$)/.test(from));
    return rooms.map(({ from }) => `the runtime room knows ${from}`);
  },

  function plainTouchesNothing(file, code, imports) {
    if (folder(file) !== 'functions' || !['plain', 'environment'].includes(roleOf(file))) return [];
    const loaded = imports.filter(({ from, typeOnly }) => !typeOnly && outside.test(from));
    return [
      ...loaded.map(({ from }) => `a plain file loads ${from}`),
      ...[...code.matchAll(impure)].map(([word]) => `a plain file uses ${word.trim()}`),
    ];
  },

  function oneReaderOfProcessEnv(file, code) {
    if (folder(file) !== 'functions' || file === 'functions/runtime/environment.ts') return [];
    return /\bprocess\s*\.\s*env\b/.test(code) ? ['reads process.env'] : [];
  },

  function importsAreNamed(file, code, imports) {
    const computed = /\bimport\s*\(\s*(?!['"])(?!\w+\s*:)/.test(code) && /^(functions|lib)\//.test(file);
    return [
      ...(computed ? ['imports a computed path'] : []),
      ...imports
        .filter(({ from }) => isOurs(from) && !/\.(tsx?|cjs|mjs|json|css|js|woff2)$/.test(from))
        .map(({ from }) => `${from} lacks .ts`),
    ];
  },

  function noBarrels(file, code) {
    const bare = code.replace(/\b(import|export)\b[^;]*?\bfrom\s*['"][^'"]+['"];?/g, '').trim();
    const barrel = /\bexport\b/.test(code) && bare === '';
    return barrel || /(^|\/)index\.ts$/.test(file) ? ['is a barrel'] : [];
  },

  function sizes(_file, code) {
    const lines = code.trimEnd().split('\n').length;
    return lines > 250 ? [`has ${lines} lines, more than 250`] : [];
  },
];

/** Packages through which a file touches the outside, the time or chance. */
const outside =
  /^(@aws-sdk\/|@aws-lambda-powertools\/|@middy\/|node:(fs|http|https|net|tls|dns|child_process|worker_threads|os|timers|process|perf_hooks)(\/|$)|undici)/;

/** Words by which it does so without an import. `new Date(x)` only reads what it is given. */
const impure =
  /\b(Date\.now|Math\.random|performance\.now|process\.\w+|console\.\w+|setTimeout|setInterval|setImmediate|fetch|randomUUID|randomBytes|randomInt|getRandomValues)\b(?=\s*\()|\bprocess\.(env|hrtime|stdout|stderr)\b|\bnew Date\(\s*\)/g;

/** Static and dynamic imports and re-exports; paths from the root for our own files. */
function importsOf(code: string, file: string): Import[] {
  const found = [
    ...code.matchAll(/\b(?:import|export)\s+(type\s+)?([^'";()]*?)\s*from\s*['"]([^'"]+)['"]/g),
  ].map(([, type, names, from]) => ({ from: from!, typeOnly: Boolean(type) || onlyTypes(names!) }));
  const bare = [...code.matchAll(/\bimport\s*\(?\s*['"]([^'"]+)['"]/g)].map(([, from]) => ({
    from: from!,
    typeOnly: false,
  }));
  return [...found, ...bare].map(({ from, typeOnly }) => ({
    from: from.startsWith('.') ? posix.join(posix.dirname(file), from) : from,
    typeOnly,
  }));
}

/** `{ type A, type B }`. */
function onlyTypes(names: string): boolean {
  const list = /^\{([^}]*)\}$/.exec(names.trim())?.[1];
  const parts = (list ?? '').split(',').filter((part) => part.trim());
  return parts.length > 0 && parts.every((part) => /^\s*type\s/.test(part));
}

/** Comments become blank, lines stay; a `//` inside a string with a scheme stays too. */
function withoutComments(source: string): string {
  return source
    .replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ' '))
    .replace(/(^|[\s;{}(,])\/\/[^\n]*/g, '$1');
}

function folder(file: string): string {
  return file.split('/', 1)[0]!;
}

function isOurs(from: string): boolean {
  return /^(bin|lib|functions|local|test|bench|scripts)\//.test(from);
}
