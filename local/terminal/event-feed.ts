import type { BusEvent } from '../cloud/events/event-shape.ts';
import type { Told } from './event-lines.ts';

export type Heard = Told & { source: string };

/** Every event on the bus, handed to whoever listens. */
export interface EventFeed {
  put(event: BusEvent): void;
  listen(listener: (event: Heard) => void): void;
  /** From here on events are handed on at once; until then they wait, so that `ready` is told before them. */
  open(): void;
}

export const createEventFeed = (): EventFeed => {
  const listeners: ((event: Heard) => void)[] = [];
  let early: Heard[] | undefined = [];
  const tell = (event: Heard) => {
    for (const listen of listeners) listen(event);
  };
  return {
    put: ({ source, detail, time, 'detail-type': detailType }) => {
      const heard = { source, detailType, detail, at: Date.parse(time) };
      if (early === undefined) tell(heard);
      else early.push(heard);
    },
    listen: (listener) => void listeners.push(listener),
    open: () => {
      const waited = early ?? [];
      early = undefined;
      for (const event of waited) tell(event);
    },
  };
};
