/**
 * `npm run mutate [-- allocation seed128 …] [--survivors] [--workers=1]`: changes the code of a group bit by bit and counts how many
 * of the changes some test notices. Exit code 1 when a group keeps less than its share. Long: half an hour and more.
 */
import { Stryker } from '@stryker-mutator/core';
import { type Group, groups } from './groups.ts';

/** of the mutants that could be built, in percent (reliability: P21) */
const NEEDED = 90;

type Results = Awaited<ReturnType<Stryker['runMutationTest']>>;

const run = async ({ name, mutate, tests }: Group): Promise<Results> => {
  process.env['MUTATION_TESTS'] = tests.join(' ');
  const stryker = new Stryker({
    testRunner: 'vitest',
    plugins: ['@stryker-mutator/vitest-runner'],
    vitest: { configFile: 'test/mutation/vitest.config.ts', related: false },
    coverageAnalysis: 'perTest',
    mutate: [...mutate],
    concurrency: Number(/^--workers=(\d+)$/m.exec(process.argv.slice(2).join('\n'))?.[1] ?? 2),
    timeoutMS: 60_000,
    reporters: ['progress-append-only'],
    logLevel: 'warn' as never,
    tempDirName: `.stryker-tmp/${name}`,
    ignorePatterns: ['cdk.out', 'docs', '.data'],
    // Stryker rewrites tsconfig.json with an API that TypeScript 7 no longer has; vitest does not need it.
    tsconfigFile: 'none.json',
  });
  return stryker.runMutationTest();
};

const KILLED = new Set(['Killed', 'Timeout']);
const ALIVE = new Set(['Survived', 'NoCoverage']);

const shareOf = (results: Results): { killed: number; all: number; share: number } => {
  const killed = results.filter(({ status }) => KILLED.has(status)).length;
  const all = killed + results.filter(({ status }) => ALIVE.has(status)).length;
  return { killed, all, share: all === 0 ? 0 : (100 * killed) / all };
};

const showSurvivors = (results: Results): void => {
  for (const { status, fileName, location, mutatorName, replacement } of results) {
    if (!ALIVE.has(status)) continue;
    const file = fileName.slice(fileName.indexOf('functions/'));
    const at = `${file}:${location.start.line}:${location.start.column}`;
    console.log(`  ${status} ${at} ${mutatorName} → ${replacement?.replaceAll(/\s+/g, ' ').slice(0, 100)}`);
  }
};

const asked = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const unknown = asked.filter((name) => !groups.some((group) => group.name === name));
if (unknown.length > 0) {
  console.error(
    `No such group: ${unknown.join(', ')}. There are ${groups.map(({ name }) => name).join(', ')}.`,
  );
  process.exit(2);
}
let kept = true;
for (const group of groups.filter(({ name }) => asked.length === 0 || asked.includes(name))) {
  const results = await run(group);
  const { killed, all, share } = shareOf(results);
  kept &&= share >= NEEDED;
  console.log(
    `${group.name}: ${share.toFixed(1)} % of ${all} mutants noticed (${killed}), needed ${NEEDED} %`,
  );
  if (process.argv.includes('--survivors')) showSurvivors(results);
}
process.exitCode = kept ? 0 : 1;
