/** Whether nothing is left to be done by anybody. */
import { UNSENT_STATES } from '../../../functions/shipment/shipment.ts';
import type { World } from './world.ts';

const QUEUES = ['order-events', 'transmission', 'tracking', 'onboarding', 'jobs', 'ledger-audit'] as const;
type Wire = Record<string, { S?: string }>;

/** What there is still to do; undefined: everything has come to rest. */
export const unrest = (world: World): string | undefined => {
  const { aws, names, functions, operator, applicants, shop } = world;
  if (operator.busy() > 0) return 'an operator is at work';
  if (applicants.busy() + shop.planned() > 0) return 'the platform is at work';
  if (aws.bus.waiting().length > 0) return 'events are on their way';
  const queue = QUEUES.find((one) => aws.queues.messages(names.queue(one)).length > 0);
  if (queue !== undefined) return `${queue} holds messages`;
  const some = (table: string, is: (item: Wire) => boolean): Wire | undefined =>
    (aws.dynamo.items(names.table(table)) as unknown as Wire[]).find(is);
  const unsent = some('shipments', ({ state }) =>
    (UNSENT_STATES as readonly string[]).includes(state?.S ?? ''),
  );
  if (unsent !== undefined) return `${unsent['shipmentId']?.S} is ${unsent['state']?.S}`;
  if (some('messages', ({ state }) => ['pending', 'sending'].includes(state?.S ?? '')))
    return 'an SMS is to go out';
  if (some('operations', ({ jobId, endedAt }) => jobId !== undefined && endedAt === undefined))
    return 'a job has not ended';
  if (some('operations', ({ pk }) => pk?.S?.startsWith('outbox') === true)) return 'something is to be told';
  return functions.running() > 0 ? 'a function runs' : undefined;
};

export const isQuiet = (world: World): boolean => unrest(world) === undefined;
