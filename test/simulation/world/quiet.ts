/** Whether nothing is left to be done by anybody. */
import { UNSENT_STATES } from '../../../functions/shipment/shipment.ts';
import type { World } from './world.ts';

const QUEUES = ['order-events', 'transmission', 'tracking', 'onboarding'] as const;

export const isQuiet = ({ aws, names, functions, operator, applicants }: World): boolean => {
  if (functions.running() > 0 || operator.busy() > 0 || applicants.busy() > 0 || aws.bus.waiting().length > 0)
    return false;
  if (QUEUES.some((queue) => aws.queues.messages(names.queue(queue)).length > 0)) return false;
  const items = (table: string) =>
    aws.dynamo.items(names.table(table)) as unknown as Record<string, { S?: string }>[];
  const unsent = (state: string | undefined) => (UNSENT_STATES as readonly string[]).includes(state ?? '');
  return (
    !items('shipments').some(({ state }) => unsent(state?.S)) &&
    !items('messages').some(({ state }) => ['pending', 'sending'].includes(state?.S ?? '')) &&
    !items('operations').some(({ pk }) => pk?.S?.startsWith('outbox') === true)
  );
};
