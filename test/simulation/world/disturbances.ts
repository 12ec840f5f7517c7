/** Trouble that no call causes: the clock jumps, ePost is away, queues show messages again. */
import type { FakeAws } from '../aws/fake-aws.ts';
import type { Agenda } from '../kernel/agenda.ts';
import type { Tape } from '../kernel/tape.ts';
import type { Carrier } from './carrier-door.ts';
import type { Names } from './names.ts';
import type { Scenario } from './scenario.ts';
import { MINUTE } from './scenario.ts';

export const planDisturbances = (world: {
  agenda: Agenda;
  tape: Tape;
  aws: FakeAws;
  names: Names;
  carrier: Carrier;
  scenario: Scenario;
  wakeAll: () => void;
  forgetMessages: () => void;
  note: (line: () => string) => void;
}): void => {
  const { agenda, tape, aws, names, carrier, scenario, note } = world;
  const sometime = () => tape.next(scenario.troubledMs);
  for (let i = 0; i < scenario.jumps; i++)
    agenda.in(sometime(), () => {
      const ms = tape.pick([5000, 40_000, 3 * MINUTE, 11 * MINUTE]);
      note(() => `the clock jumps ${ms / 1000} s`);
      agenda.jump(ms);
    });
  // Rounds are hours apart: some are begun by hand, to meet what happens between them.
  const followed = scenario.profile === 'tracking' || scenario.profile === 'retention';
  const beginRound = () => {
    if (!followed || tape.ended) return;
    aws.queues.send(names.queue('tracking'), '{"v":1}');
    world.wakeAll();
  };
  for (let i = tape.next(5); i > 0; i--) agenda.in(sometime(), beginRound);
  for (let i = 0; i < scenario.outages; i++)
    agenda.in(sometime(), () => {
      if (tape.ended) return;
      carrier.state = tape.pick(['unreachable', 'maintenance', 'wrong-key']);
      note(() => `ePost: ${carrier.state}`);
      beginRound();
      const longest = tape.pick([8 * MINUTE, scenario.troubledMs / 2]);
      agenda.in(2 * MINUTE + tape.next(longest), () => {
        carrier.state = undefined;
        note(() => 'ePost works again');
      });
    });
  // In a third of the runs none: only those show that no message is lost by us.
  const losses = scenario.profile !== 'applications' && tape.chance(670) ? 2 + tape.next(4) : 0;
  // Most when there is something to lose.
  for (let i = 0; i < losses; i++)
    agenda.in(tape.chance(800) ? tape.next(8 * MINUTE) : sometime(), () => {
      if (tape.ended) return;
      note(() => 'the messages of what is to be sent are lost');
      world.forgetMessages();
    });
  // Standard queues deliver at least once: a message shows before its time, or twice.
  const again = () => {
    if (tape.ended) return;
    const queue = names.queue(tape.pick(['order-events', 'transmission', 'onboarding', 'tracking']));
    const messages = aws.queues.messages(queue);
    const message = messages[tape.next(Math.max(1, messages.length))];
    if (message !== undefined) {
      if (tape.next(2) === 0) aws.queues.show(queue, message.messageId);
      else aws.queues.duplicate(queue, message.messageId);
      world.wakeAll();
    }
    agenda.in(MINUTE + tape.next(15 * MINUTE), again);
  };
  if (tape.chance(500)) agenda.in(MINUTE, again);
};
