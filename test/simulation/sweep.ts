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
  const { broken } = await run({
    ...ground,
    seed: 1,
    length: 0,
    profile: scene.profile,
    plan,
    script: scene.script,
  });
  return { broken, sites: plan.sites };
};

/** All single faults of a scene. */
const singlesOf = (calls: number): Point[][] =>
  Array.from({ length: calls }, (_, call) => SWEPT.map((fault) => [{ call, fault }])).flat();

/**
 * All pairs of faults of a scene: the second at any call that is made after the first, however many a recovery adds.
 * @param callsAfter how many calls are made when only this first fault happens
 */
const pairsOf = (first: Point, callsAfter: number): Point[][] =>
  Array.from({ length: Math.max(0, callsAfter - first.call - 1) }, (_, i) => first.call + 1 + i).flatMap(
    (call) => SWEPT.map((fault) => [first, { call, fault }]),
  );

export const sceneCalled = (name: string): Scene => {
  const scene = SCENES.find((one) => one.name === name);
  if (scene === undefined) throw new Error(`no scene ${name}`);
  return scene;
};

export interface SceneSwept {
  calls: number;
  sites: string[];
  points: number;
  broken: string[];
}

/** A share of a scene, for one of several processes. */
export interface Share {
  part: number;
  parts: number;
}

/** One scene: every single fault of its calls; with `pairs`, every second one after each of them. */
export const sweepScene = async (
  ground: Ground,
  scene: Scene,
  pairs: boolean,
  { part, parts }: Share = { part: 0, parts: 1 },
): Promise<SceneSwept> => {
  const { sites, broken: plain } = await playPoints(ground, scene, []);
  const broken = plain.map(({ promise, how }) => `without any fault: ${promise} ${how}`);
  let points = 0;
  const play = async (some: Point[]): Promise<number> => {
    points += 1;
    const result = await playPoints(ground, scene, some);
    const where = some.map(({ call, fault }) => `call ${call} (${result.sites[call] ?? '?'}) ${fault}`);
    broken.push(
      ...result.broken.slice(0, 1).map(({ promise, how }) => `${where.join(', ')}: ${promise} ${how}`),
    );
    return result.sites.length;
  };
  for (const [no, single] of singlesOf(sites.length).entries()) {
    if (no % parts !== part) continue;
    const calls = await play(single);
    if (pairs) for (const pair of pairsOf(single[0]!, calls)) await play(pair);
  }
  return { calls: sites.length, sites: [...new Set(sites)], points, broken };
};
