/**
 * Calls that leave sandboxes at the same moment. How many turns of the event loop a client takes before its call is out depends
 * on what the process did before, so the order in which they are carried out is laid down here, not by who was faster.
 */
import type { Sandbox } from './sandbox.ts';

export interface Departure {
  sandbox: Sandbox;
  /** where it leaves */
  site: string;
  /** what tells two calls at one place apart */
  content: () => string;
  go: () => void;
}
export interface Departures {
  leave(departure: Departure): void;
  /** Carries out all that wait, once every function has come to rest. */
  flush(): void;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export const createDepartures = (): Departures => {
  let waiting: Departure[] = [];
  return {
    leave: (departure) => void waiting.push(departure),
    flush: () => {
      const all = waiting;
      waiting = [];
      if (all.length > 1)
        all.sort(
          (a, b) =>
            a.sandbox.id - b.sandbox.id || compare(a.site, b.site) || compare(a.content(), b.content()),
        );
      for (const { go } of all) go();
    },
  };
};
