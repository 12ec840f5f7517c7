/** The whole sweep over all cores, told scene by scene. */
import { chunk } from '../../functions/runtime/chunk.ts';
import { doTasks } from './fleet.ts';
import { prepareGround } from './ground.ts';
import { SCENES } from './scenes.ts';
import { type Alike, alikeIn, type Single } from './sweep.ts';
import type { Ground, Task, Told } from './worker.ts';

export interface Swept {
  points: number;
  sites: Set<string>;
  /** what broke, with the scene and the faults that did it */
  broken: string[];
}
type Say = (line: string) => void;

/** First faults of one task: no core is to wait for the last scene. */
const FIRSTS = 4;

/** @param only scenes of this function, or the scene of this name */
export const sweep = async (ground: Ground, pairs: boolean, say: Say, only?: string): Promise<Swept> => {
  const all: Swept = { points: 0, sites: new Set(), broken: [] };
  const add = ({ scene, points, broken }: Exclude<Told, { did: 'seeds' }>) => {
    all.points += points;
    all.broken.push(...broken.map((line) => `${scene}: ${line}`));
    for (const line of broken) say(`${scene}: ${line}`);
  };
  const begun: { scene: string; singles: Single[] }[] = [];
  const scenes = SCENES.filter(({ name, entry }) => only === undefined || only === name || only === entry);
  await doTasks(
    ground,
    scenes.map(({ name }): Task => ({ do: 'singles', scene: name })),
    (told) => {
      if (told.did !== 'singles') return true;
      add(told);
      begun.push(told);
      for (const { site } of told.singles) all.sites.add(site);
      say(`${told.scene}: ${told.points} single faults, ${told.broken.length} broken`);
      return true;
    },
  );
  if (pairs) await sweepAllPairs(ground, begun, add, say);
  return all;
};

const sweepAllPairs = async (
  ground: Ground,
  begun: readonly { scene: string; singles: Single[] }[],
  add: (told: Extract<Told, { did: 'pairs' }>) => void,
  say: Say,
): Promise<void> => {
  const left = new Map<string, { tasks: number; points: number; broken: number }>();
  const tasks = begun.flatMap(({ scene, singles }) => {
    const alike = alikeIn(singles);
    const parts = chunk(firstsOf(singles, alike), FIRSTS);
    left.set(scene, { tasks: parts.length, points: 0, broken: 0 });
    return parts.map((firsts): Task => ({ do: 'pairs', scene, firsts, alike }));
  });
  await doTasks(ground, tasks, (told) => {
    if (told.did !== 'pairs') return true;
    add(told);
    const sum = left.get(told.scene)!;
    sum.tasks -= 1;
    sum.points += told.points;
    sum.broken += told.broken.length;
    if (sum.tasks === 0) say(`${told.scene}: ${sum.points} pairs, ${sum.broken} broken`);
    return true;
  });
};

const firstsOf = (singles: readonly Single[], alike: Alike): Single[] =>
  singles.filter(({ site, fault }) => !alike[site]?.includes(fault));

/** Prints how many points there were; true when all of them ended well. */
export const sweepAll = async (pairs: boolean, only?: string): Promise<boolean> => {
  const say = (line: string) => console.log(line);
  const { points, sites, broken } = await sweep(await prepareGround(), pairs, say, only);
  console.log(
    `${points.toLocaleString('en')} points at ${sites.size} places, each played (100 %): ${broken.length} with a broken promise`,
  );
  return broken.length === 0;
};
