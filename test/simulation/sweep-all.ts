/** The whole sweep over all cores, told scene by scene. */
import { doTasks } from './fleet.ts';
import { prepareGround } from './ground.ts';
import { SCENES } from './scenes.ts';
import type { Ground, Task } from './worker.ts';

export interface Swept {
  points: number;
  sites: Set<string>;
  /** what broke, with the scene and the faults that did it */
  broken: string[];
}

/** A scene's pairs take minutes: no core is to wait for the last one. */
const PARTS = 8;

/** @param only scenes of this function, or the scene of this name */
export const sweep = async (
  ground: Ground,
  pairs: boolean,
  say: (line: string) => void,
  only?: string,
): Promise<Swept> => {
  const all: Swept = { points: 0, sites: new Set(), broken: [] };
  const told = new Map<string, { parts: number; points: number; broken: number }>();
  const parts = pairs ? PARTS : 1;
  const scenes = SCENES.filter(({ name, entry }) => only === undefined || only === name || only === entry);
  const tasks = scenes.flatMap(({ name }) =>
    Array.from({ length: parts }, (_, part): Task => ({ do: 'sweep', scene: name, pairs, part, parts })),
  );
  await doTasks(ground, tasks, (done) => {
    if (done.did !== 'sweep') return true;
    const { scene, swept } = done;
    all.points += swept.points;
    for (const site of swept.sites) all.sites.add(site);
    all.broken.push(...swept.broken.map((line) => `${scene}: ${line}`));
    const sum = told.get(scene) ?? { parts: 0, points: 0, broken: 0 };
    sum.parts += 1;
    sum.points += swept.points;
    sum.broken += swept.broken.length;
    told.set(scene, sum);
    if (sum.parts === parts)
      say(`${scene}: ${swept.calls} calls, ${sum.points} points, ${sum.broken} broken`);
    return true;
  });
  return all;
};

/** Prints how many points there were; true when all of them ended well. */
export const sweepAll = async (pairs: boolean, only?: string): Promise<boolean> => {
  const say = (line: string) => console.log(line);
  const { points, sites, broken } = await sweep(await prepareGround(), pairs, say, only);
  for (const line of broken) console.log(`    ${line}`);
  console.log(
    `${points.toLocaleString('en')} points at ${sites.size} places, each played (100 %): ${broken.length} with a broken promise`,
  );
  return broken.length === 0;
};
