/** `npm run sim`: the product under everything that can go wrong, seed by seed. */
import { parseArgs } from 'node:util';
import { BUGS } from './bugs.ts';
import { huntBug } from './hunt.ts';
import { doTasks, seedTasks } from './fleet.ts';
import { prepareGround } from './ground.ts';
import { coverageTable, shortOf } from './report.ts';
import { run, type RunResult } from './run.ts';
import { sweepAll } from './sweep-all.ts';
import { addRows, type Coverage } from './world/coverage.ts';
import { type Profile, PROFILES } from './world/scenario.ts';

const HELP = `The whole product, its real functions and the real AWS clients, over AWS and ePost in memory.

  npm run sim -- --seeds 1..10000     all of them on all cores, then the table of what met what; fails where a promise
                                      is broken, and from 10,000 runs on where something met too little
  npm run sim -- --replay 4711        one run as a timeline
  npm run sim -- --bugs               every fault put in on purpose, each looked for in 1,000 runs
  npm run sim -- --bug blind-resend   the same for one; with --seeds or --replay: those runs with the fault in
  npm run sim -- --sweep              every call of every function × every way it can fail, single and in pairs
  npm run sim -- --sweep single       only the single ones; with --scene NAME a scene, or those of a function
  --profile parcels|desk|tracking|applications|retention   only runs of this kind
`;

const { values } = parseArgs({
  options: {
    seeds: { type: 'string' },
    replay: { type: 'string' },
    bug: { type: 'string' },
    bugs: { type: 'boolean', default: false },
    sweep: { type: 'boolean', default: false },
    profile: { type: 'string' },
    scene: { type: 'string' },
    help: { type: 'boolean', short: 'h', default: false },
  },
  allowPositionals: true,
});
const profile = PROFILES.find((one): one is Profile => one === values.profile);
const only = profile === undefined ? {} : { profile };
const bug = BUGS.find(({ name }) => name === values.bug);
if (values.bug !== undefined && bug === undefined)
  throw new Error(`no such bug; there are: ${BUGS.map(({ name }) => name).join(', ')}`);

const replay = async (seed: number): Promise<boolean> => {
  const ground = await prepareGround(bug?.patches);
  const print = (line: string) => console.log(line);
  const { broken, hash, calls } = await run({ ...ground, seed, print, ...only });
  console.log(`seed ${seed}: ${calls} calls, state ${hash}`);
  for (const { promise, how, atMinute } of broken)
    console.log(`${promise} broken after ${atMinute} min: ${how}`);
  return broken.length === 0;
};

const seeds = async (text: string): Promise<boolean> => {
  const [from = 1, to = from] = text.split('..').map(Number);
  const ground = await prepareGround(bug?.patches);
  const began = Date.now();
  const coverage: Coverage = new Map();
  const bad: RunResult[] = [];
  let [done, calls] = [0, 0];
  const all = Array.from({ length: to - from + 1 }, (_, i) => from + i);
  await doTasks(ground, seedTasks(all, profile), (told) => {
    if (told.did !== 'seeds') return true;
    addRows(coverage, told.coverage);
    for (const result of told.results) {
      calls += result.calls;
      const [first] = result.broken;
      if (first === undefined) continue;
      bad.push(result);
      process.stderr.write(`\rseed ${result.seed}: ${first.promise} ${first.how}\n`);
    }
    done += told.results.length;
    process.stderr.write(`\r${done} of ${all.length} runs, ${bad.length} broken `);
    return true;
  });
  process.stderr.write('\n');
  console.log(coverageTable(coverage));
  const short = shortOf(coverage, done);
  for (const line of short) console.log(line);
  const seconds = Math.round((Date.now() - began) / 1000);
  console.log(
    `\n${done.toLocaleString('en')} runs, ${calls.toLocaleString('en')} calls, ${seconds} s: ${bad.length} with a broken promise, ${short.length} places × faults short of their share`,
  );
  for (const { seed, broken } of bad.toSorted((a, b) => a.seed - b.seed))
    console.log(`  seed ${seed}: ${broken[0]!.promise} ${broken[0]!.how}`);
  return bad.length === 0 && (done < 10_000 || profile !== undefined || short.length === 0);
};

const hunt = async (): Promise<boolean> => {
  let all = true;
  for (const one of bug === undefined ? BUGS : [bug]) {
    const found = await huntBug(one, 1000);
    all &&= found !== undefined;
    console.log(
      found === undefined
        ? `${one.name}: NOT CAUGHT in 1,000 runs`
        : `${one.name}: caught in run ${found.runs} (seed ${found.seed}): ${found.promise} ${found.how}`,
    );
  }
  return all;
};

if (values.help) console.log(HELP);
else {
  const well =
    values.replay !== undefined
      ? await replay(Number(values.replay))
      : values.sweep
        ? await sweepAll(!process.argv.includes('single'), values.scene)
        : values.bugs || (bug !== undefined && values.seeds === undefined)
          ? await hunt()
          : await seeds(values.seeds ?? '1..500');
  process.exitCode = well ? 0 : 1;
}
