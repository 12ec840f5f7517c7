/** Carries what is on the bus to the rules' queues: each at least once, some late, some twice. */
import type { FakeAws } from '../aws/fake-aws.ts';
import type { BusEvent } from '../aws/bus.ts';
import type { Agenda } from '../kernel/agenda.ts';
import type { Tape } from '../kernel/tape.ts';

export interface Courier {
  /** Takes up what was put on the bus since. */
  collect(): void;
  replay(which: (event: BusEvent) => boolean): void;
}

const LATE_MS = 120_000;

export const createCourier = (options: {
  aws: FakeAws;
  agenda: Agenda;
  tape: Tape;
  arrived: (queue: string) => void;
  /** never arrives */
  lost: (event: BusEvent) => boolean;
}): Courier => {
  const { aws, agenda, tape, arrived } = options;
  const underWay = new Set<object>();
  const collect = () => {
    for (const delivery of aws.bus.waiting()) {
      if (underWay.has(delivery)) continue;
      if (options.lost(delivery.event)) {
        aws.bus.drop(delivery);
        continue;
      }
      underWay.add(delivery);
      const bring = (keep: boolean) => {
        aws.bus.deliver(delivery, keep);
        arrived(delivery.rule.queue);
      };
      const ms = 5 + (tape.chance(60) ? tape.next(LATE_MS) : 0);
      if (tape.chance(30)) agenda.in(ms, () => bring(true));
      agenda.in(ms + (tape.chance(100) ? tape.next(LATE_MS) : 0), () => {
        underWay.delete(delivery);
        bring(false);
      });
    }
  };
  return {
    collect,
    replay: (which) => {
      aws.bus.replay(aws.bus.events().filter(which), 'simulated');
      collect();
    },
  };
};
