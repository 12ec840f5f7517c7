/** P8 at every queue that feeds a function, through the deployed event sources: what fails comes back alone, and goes aside. */
import { beforeAll, describe, expect, it } from 'vitest';
import { prepareGround } from './ground.ts';
import { createTape } from './kernel/tape.ts';
import type { Ground } from './worker.ts';
import type { FaultPlan } from './world/trouble.ts';
import { createWorld, type World } from './world/world.ts';

const MINUTE = 60_000;
let ground: Ground;
beforeAll(async () => {
  ground = await prepareGround();
}, 2 * MINUTE);

/** Something each function has to do that needs nothing else to be there. */
const SOUND: Record<string, string> = {
  onboarding: '{"v":1,"kind":"due"}',
  tracking: '{"v":1}',
  'ledger-audit': '{"v":1}',
  jobs: '{"v":1,"jobId":"of-nobody"}',
};
const NONSENSE = '{"v":99}';

const worldWith = (plan?: FaultPlan): World =>
  createWorld({
    ...ground,
    tape: createTape(1, 0),
    seed: 1,
    coverage: new Map(),
    checks: () => [],
    broken: (promise, how) => expect.unreachable(`${promise}: ${how}`),
    note: () => undefined,
    profile: 'parcels',
    ...(plan && { plan }),
  });

const pass = async ({ agenda, functions }: World, ms: number): Promise<void> => {
  for (const end = agenda.now() + ms; agenda.step(end);) await functions.settle();
};
const bodies = ({ aws, names }: World, queue: string) =>
  aws.queues.messages(names.queue(queue)).map(({ body }) => body);

it('there is no other queue that feeds a function, but the orders’ own (test/order/poison)', () => {
  const { names } = worldWith();
  const fed = ground.deployment.sources.map(({ queue }) => names.short(queue)).toSorted();
  expect(fed).toEqual([...Object.keys(SOUND), 'order-events'].toSorted());
});

describe.each(Object.entries(SOUND))('the queue %s', (queue, sound) => {
  it('works on what is sound, and sets aside what nobody can read after five deliveries', async () => {
    const world = worldWith();
    for (const body of [sound, NONSENSE, sound]) world.aws.queues.send(world.names.queue(queue), body);
    world.wakeAll();
    await pass(world, MINUTE);
    expect(bodies(world, queue)).toEqual([NONSENSE]);
    await pass(world, 180 * MINUTE);
    expect(bodies(world, queue)).toEqual([]);
    const dead = world.aws.queues.messages(world.names.queue(`${queue}!`));
    expect(dead.map(({ body, received }) => [body, received])).toEqual([[NONSENSE, 5]]);
  });

  it('gets back the one message whose work broke off, and it is done then', async () => {
    const { entry } = ground.deployment.sources.find(
      (source) => worldWith().names.short(source.queue) === queue,
    )!;
    let failed = 0;
    const world = worldWith({
      arm: () => undefined,
      disarm: () => undefined,
      carrier: () => undefined,
      aws: (site) => (site.startsWith(`${entry} dynamodb`) && failed++ === 0 ? 'fail' : undefined),
    });
    for (const body of [sound, sound]) world.aws.queues.send(world.names.queue(queue), body);
    world.wakeAll();
    await pass(world, MINUTE);
    expect(bodies(world, queue)).toHaveLength(1);
    await pass(world, 60 * MINUTE);
    expect(bodies(world, queue)).toEqual([]);
    expect(bodies(world, `${queue}!`)).toEqual([]);
  });
});
