/** Whether a scheduled call would find anything to do, by the tables: most of a day's calls would not. */
import type { Application } from '../../../functions/merchant/application.ts';
import { UNSENT_STATES } from '../../../functions/shipment/shipment.ts';
import type { FakeAws } from '../aws/fake-aws.ts';
import type { Names } from './names.ts';
import type { Scenario } from './scenario.ts';

interface Looked {
  aws: FakeAws;
  names: Names;
  scenario: Scenario;
  now: () => number;
}
type Wire = Record<string, { S?: string; N?: string }>;

const some = ({ aws, names }: Looked, table: string, is: (item: Wire) => boolean): boolean =>
  (aws.dynamo.items(names.table(table)) as unknown as Wire[]).some(is);

const UNDECIDED: readonly Application['status'][] = ['applied', 'reviewing', 'linking'];

/** @param name of the schedule in the template */
export const worthwhile = (name: string, world: Looked): boolean => {
  const { aws, names, scenario } = world;
  if (name.startsWith('TransmissionDrain'))
    return (
      aws.queues.messages(names.queue('transmission')).length > 0 ||
      some(world, 'operations', ({ pk, sk }) => pk?.S === 'carrier' && sk?.S === 'pause')
    );
  if (name.startsWith('ObservabilityWatch'))
    return some(world, 'shipments', ({ state }) =>
      (UNSENT_STATES as readonly string[]).includes(state?.S ?? ''),
    );
  if (name.startsWith('NotificationSend'))
    return some(world, 'messages', ({ state }) => ['pending', 'sending'].includes(state?.S ?? ''));
  if (name.startsWith('Onboardingdue'))
    return (
      some(world, 'operations', ({ pk }) => pk?.S?.startsWith('outbox') === true) ||
      some(world, 'applications', ({ status }) => UNDECIDED.includes(status?.S as Application['status']))
    );
  if (name.startsWith('TrackingRound'))
    return scenario.profile === 'tracking' || scenario.profile === 'retention';
  if (name.startsWith('Retention')) return scenario.profile === 'retention';
  // Once a day or less.
  return scenario.profile !== 'parcels' && scenario.profile !== 'desk';
};
