import { shipBehaviours } from './ship/ship-behaviours.ts';
import type { Switches } from './switches.ts';
import { traceBehaviours } from './trace/trace-behaviours.ts';
import { wireBehaviours } from './wire/wire-behaviours.ts';

/**
 * How sure a behaviour is: `certain` by official text or two independent sources, `likely` by one class of
 * evidence, `unknown` where the simulator had to choose. Nothing here was tried against the live service.
 */
export type Sureness = 'certain' | 'likely' | 'unknown';

export interface Behaviour {
  id: string;
  sure: Sureness;
  /** What the simulator does, for people (Korean). */
  text: string;
  /** Where it comes from, or why this reading was chosen. */
  source: string;
  /** The switch that gives the other reading. */
  switch?: keyof Switches;
}

/** Every behaviour of the simulator with its label; the control page shows this table. */
export const behaviours: readonly Behaviour[] = [...wireBehaviours, ...shipBehaviours, ...traceBehaviours];
