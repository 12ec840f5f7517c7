/** `npm run sim`: the product under everything that can go wrong, seed by seed. */
import { parseArgs } from 'node:util';
import { runSeeds } from './fleet.ts';
import { prepareGround } from './ground.ts';
import { coverageTable } from './report.ts';
import { run, type RunResult } from './run.ts';
import { addRows, type Coverage } from './world/coverage.ts';
import { type Profile, PROFILES } from './world/scenario.ts';

const HELP = `The whole product, its real functions and the real AWS clients, over AWS and ePost in memory.

  npm run sim -- --seeds 1..10000     runs them on all cores, then the table of what met what
  npm run sim -- --replay 4711        one run as a timeline
  --profile parcels|tracking|applications|retention   only runs of this kind
`;

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1..500' },
    replay: { type: 'string' },
    profile: { type: 'string' },
    help: { type: 'boolean', short: 'h', default: false },
  },
});
const profile = PROFILES.find((one): one is Profile => one === values.profile);

const replay = async (seed: number): Promise<void> => {
  const ground = await prepareGround();
  const print = (line: string) => console.log(line);
  const { broken, hash, calls } = await run({ ...ground, seed, print, ...(profile && { profile }) });
  console.log(`seed ${seed}: ${calls} calls, state ${hash}`);
  for (const { promise, how, atMinute } of broken)
    console.log(`${promise} broken after ${atMinute} min: ${how}`);
  process.exitCode = broken.length > 0 ? 1 : 0;
};

const seeds = async (from: number, to: number): Promise<void> => {
  const ground = await prepareGround();
  const began = Date.now();
  const coverage: Coverage = new Map();
  const bad: RunResult[] = [];
  let [done, calls] = [0, 0];
  const all = Array.from({ length: to - from + 1 }, (_, i) => from + i);
  await runSeeds(ground, all, { ...(profile && { profile }) }, ({ results, coverage: rows }) => {
    addRows(coverage, rows);
    for (const result of results) {
      calls += result.calls;
      if (result.broken.length > 0) bad.push(result);
    }
    done += results.length;
    process.stderr.write(`\r${done} of ${all.length} runs, ${bad.length} broken `);
    return true;
  });
  process.stderr.write('\n');
  console.log(coverageTable(coverage));
  const seconds = Math.round((Date.now() - began) / 1000);
  console.log(
    `\n${done} runs, ${calls.toLocaleString('en')} calls, ${seconds} s: ${bad.length} with a broken promise`,
  );
  for (const { seed, broken } of bad.toSorted((a, b) => a.seed - b.seed))
    console.log(`  seed ${seed}: ${broken[0]!.promise} ${broken[0]!.how}`);
  process.exitCode = bad.length > 0 ? 1 : 0;
};

if (values.help) console.log(HELP);
else if (values.replay !== undefined) await replay(Number(values.replay));
else {
  const [from, to] = values.seeds.split('..').map(Number);
  await seeds(from!, to ?? from!);
}
