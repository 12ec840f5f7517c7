/** Every call of every function × every way it can go wrong, one at a time and two at a time, each to a good end. */
import type { Bundles } from './deployment/bundles.ts';
import type { Deployment } from './deployment/deployment.ts';
import { run } from './run.ts';
import { SCENES, type Scene } from './scenes.ts';
import { type AwsCall, type AwsFault, SWEPT, type SweptFault } from './world/call-site.ts';
import type { CarrierFault } from './world/carrier-faults.ts';
import type { FaultPlan } from './world/trouble.ts';

/** The same five at ePost: refused a connection, no answer although done, the two deaths, and a fault of its own. */
const AT_CARRIER: Record<SweptFault, CarrierFault> = {
  fail: 'unreachable',
  lost: 'timeout-after',
  'crash-before': 'crash-before',
  'crash-after': 'crash-after',
  throttle: 'ERR-531',
};
/** The trace has no error of that kind of its own. */
const AT_TRACE: CarrierFault = 'http-500';

/** A fault at the n-th call that is counted. */
interface Point {
  call: number;
  fault: SweptFault;
}
interface Ground {
  deployment: Deployment;
  bundles: Bundles;
}

interface Counted extends FaultPlan {
  sites: string[];
}

/** Counts the calls of one function from the moment the scene begins, and spoils those at the given places. */
const planOf = (entry: string, points: readonly Point[]): Counted => {
  let armed = false;
  const plan: Counted = {
    sites: [],
    arm: () => {
      armed = true;
    },
    disarm: () => {
      armed = false;
    },
    aws: (site: string, _call: AwsCall): AwsFault | undefined => at(site),
    carrier: (site: string, kinds: readonly CarrierFault[]): CarrierFault | undefined => {
      const fault = at(site);
      if (fault === undefined) return undefined;
      const kind = AT_CARRIER[fault];
      return kinds.includes(kind) ? kind : AT_TRACE;
    },
  };
  const at = (site: string): SweptFault | undefined => {
    if (!armed || !site.startsWith(`${entry} `)) return undefined;
    const place = plan.sites.push(site) - 1;
    return points.find(({ call }) => call === place)?.fault;
  };
  return plan;
};

/** Plays a scene with faults at these points. */
const playPoints = async (ground: Ground, scene: Scene, points: readonly Point[]) => {
  const plan = planOf(scene.entry, points);
  const { broken, hash } = await run({
    ...ground,
    seed: 1,
    length: 0,
    profile: scene.profile,
    plan,
    script: scene.script,
  });
  return { broken, hash, sites: plan.sites };
};
type Played = Awaited<ReturnType<typeof playPoints>>;

export const sceneCalled = (name: string): Scene => {
  const scene = SCENES.find((one) => one.name === name);
  if (scene === undefined) throw new Error(`no scene ${name}`);
  return scene;
};

/** What came of one fault: with `sites`, the places of all calls that were made then, the pairs that begin with it are known. */
export interface Single extends Point {
  site: string;
  hash: string;
  sites: string[];
}
export interface SceneSwept {
  points: number;
  broken: string[];
}

const told = (some: readonly Point[], { broken, sites }: Played): string[] => {
  const where = some.map(({ call, fault }) => `call ${call} (${sites[call] ?? '?'}) ${fault}`);
  return broken.slice(0, 1).map(({ promise, how }) => `${where.join(', ')}: ${promise} ${how}`);
};

/** One scene: every single fault of its calls. */
export const sweepSingles = async (
  ground: Ground,
  scene: Scene,
): Promise<SceneSwept & { singles: Single[] }> => {
  const plain = await playPoints(ground, scene, []);
  const broken = plain.broken.map(({ promise, how }) => `without any fault: ${promise} ${how}`);
  const singles: Single[] = [];
  for (const [call, site] of plain.sites.entries())
    for (const fault of SWEPT) {
      const played = await playPoints(ground, scene, [{ call, fault }]);
      broken.push(...told([{ call, fault }], played));
      singles.push({ call, fault, site, hash: played.hash, sites: played.sites });
    }
  return { points: singles.length, broken, singles };
};

/** Every second fault after each of these first ones, but for those that are alike to another at their place. */
export const sweepPairs = async (
  ground: Ground,
  scene: Scene,
  firsts: readonly Single[],
  alike: Alike,
): Promise<SceneSwept> => {
  const broken: string[] = [];
  let points = 0;
  for (const { call, fault, sites } of firsts)
    for (let second = call + 1; second < sites.length; second++)
      for (const next of SWEPT) {
        if (alike[sites[second]!]?.includes(next)) continue;
        const pair = [
          { call, fault },
          { call: second, fault: next },
        ];
        points += 1;
        broken.push(...told(pair, await playPoints(ground, scene, pair)));
      }
  return { points, broken };
};

/** Faults that need not be played at a place, because another one stands for them. */
export type Alike = Record<string, SweptFault[]>;

/**
 * Where two faults at one call led to the very same run, to the last call, write and moment, the product does not tell them
 * apart, and pairs are played with the first of them only: a refused read is a lost read. Alike at a place is what was alike at
 * every call there.
 */
export const alikeIn = (singles: readonly Single[]): Alike => {
  const byCall = Map.groupBy(singles, ({ call }) => call);
  const standIn = (one: Single): SweptFault | undefined =>
    byCall.get(one.call)!.find(({ hash, fault }) => hash === one.hash && isBefore(fault, one.fault))?.fault;
  const places = Map.groupBy(singles, ({ site }) => site);
  return Object.fromEntries(
    [...places].map(([site, all]) => [
      site,
      SWEPT.filter((fault) => {
        const standIns = new Set(all.filter((one) => one.fault === fault).map(standIn));
        return standIns.size === 1 && !standIns.has(undefined);
      }),
    ]),
  );
};

const isBefore = (one: SweptFault, other: SweptFault): boolean => SWEPT.indexOf(one) < SWEPT.indexOf(other);
