/** A day on which much has to be put right: refusals, letters nobody could work on, rounds begun by hand. */
import type { FakeAws } from '../aws/fake-aws.ts';
import type { DeployedSchedule } from '../deployment/deployment.ts';
import type { Agenda } from '../kernel/agenda.ts';
import type { Tape } from '../kernel/tape.ts';
import type { Carrier } from './carrier-door.ts';
import type { CarrierFault } from './carrier-faults.ts';
import type { Names } from './names.ts';
import type { Operator } from './operator.ts';
import type { Scenario } from './scenario.ts';
import { MINUTE } from './scenario.ts';

const QUEUES: Record<string, string> = { 'ledger-audit': 'ledger-audit', sync: 'tracking' };

export const planDesk = (world: {
  agenda: Agenda;
  tape: Tape;
  aws: FakeAws;
  names: Names;
  carrier: Carrier;
  scenario: Scenario;
  schedules: readonly DeployedSchedule[];
  operator: Operator;
  wakeAll: () => void;
  note: (line: () => string) => void;
}): void => {
  const { agenda, tape, aws, names, carrier, scenario, note } = world;
  const sometimes = (most: number, deed: () => void, within = scenario.troubledMs) => {
    for (let i = 1 + tape.next(most); i > 0; i--)
      agenda.in(tape.next(tape.chance(500) ? within : scenario.troubledMs), () => {
        if (!tape.ended) deed();
      });
  };
  const dies = (queue: string, body: string | undefined) => {
    if (body === undefined) return;
    note(() => `a message of ${queue} was set aside`);
    aws.queues.send(names.queue(`${queue}!`), body);
  };
  const spoil = () => {
    const fault = tape.pick<CarrierFault>(['ERR-222', 'ERR-222', 'ERR-322', 'ERR-511', 'ERR-511', 'ERR-123']);
    carrier.next.push({ operation: 'InsertOrder', fault });
  };
  // Most are there when the orders of the day go out; what is sent again may be refused again.
  sometimes(8, spoil, 6 * MINUTE);
  sometimes(10, () => {
    const queue = tape.pick([
      'transmission',
      'order-events',
      'tracking',
      'onboarding',
      'jobs',
      'ledger-audit',
    ]);
    const told = aws.bus.events().filter(({ source }) => source === 'shop.platform');
    const event = told[tape.next(Math.max(1, told.length))];
    const ofAQueue: Record<typeof queue, string | undefined> = {
      transmission: `{"v":1,"shipmentId":"S-${tape.next(scenario.shipments)}"}`,
      'order-events': event && JSON.stringify(event),
      tracking: '{"v":1}',
      onboarding: '{"v":1,"kind":"due"}',
      jobs: '{"v":1,"jobId":"of-nobody"}',
      'ledger-audit': '{"v":1}',
    };
    dies(queue, ofAQueue[queue]);
  });
  const look = () => {
    if (tape.ended) return;
    if (tape.chance(600)) spoil();
    world.operator.sendStandingAgain();
    agenda.in((3 + tape.next(6)) * MINUTE, look);
  };
  agenda.in(4 * MINUTE, look);
  // A schedule is started by hand as well; what hands on its work for want of time is started most.
  const all = world.schedules.flatMap(({ target }) => ('queue' in target ? [target] : []));
  const slow = all.filter(({ queue }) => names.short(queue) === QUEUES[scenario.sluggish ?? '']);
  const ofQueues = slow.length > 0 ? slow : all;
  sometimes(slow.length > 0 ? 10 : 4, () => {
    const { queue, body } = ofQueues[tape.next(ofQueues.length)]!;
    note(() => `somebody begins a round on ${names.short(queue)}`);
    aws.queues.send(queue, body);
    world.wakeAll();
  });
};
