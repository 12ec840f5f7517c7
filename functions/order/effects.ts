import type { OutgoingEvent } from '../events.ts';

/** What a decision owes the outside: done after the commit, before the message that caused it is let go. */
export interface Effects {
  events: OutgoingEvent[];
  /** shipment ids for the transmission queue */
  transmit: string[];
}

export const noEffects = (): Effects => ({ events: [], transmit: [] });

export const joinEffects = (parts: readonly Effects[]): Effects => ({
  events: parts.flatMap((part) => part.events),
  transmit: [...new Set(parts.flatMap((part) => part.transmit))],
});
