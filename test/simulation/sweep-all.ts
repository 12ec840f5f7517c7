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

export const sweep = async (ground: Ground, pairs: boolean, say: (line: string) => void): Promise<Swept> => {
  const all: Swept = { points: 0, sites: new Set(), broken: [] };
  const tasks = SCENES.map(({ name }): Task => ({ do: 'sweep', scene: name, pairs }));
  await doTasks(ground, tasks, (told) => {
    if (told.did !== 'sweep') return true;
    const { scene, swept } = told;
    all.points += swept.points;
    for (const site of swept.sites) all.sites.add(site);
    all.broken.push(...swept.broken.map((line) => `${scene}: ${line}`));
    say(`${scene}: ${swept.calls} calls, ${swept.points} points, ${swept.broken.length} broken`);
    return true;
  });
  return all;
};

/** Prints how many points there were; true when all of them ended well. */
export const sweepAll = async (pairs: boolean): Promise<boolean> => {
  const { points, sites, broken } = await sweep(await prepareGround(), pairs, (line) => console.log(line));
  for (const line of broken) console.log(`    ${line}`);
  console.log(
    `${points.toLocaleString('en')} points at ${sites.size} places, each played (100 %): ${broken.length} with a broken promise`,
  );
  return broken.length === 0;
};
