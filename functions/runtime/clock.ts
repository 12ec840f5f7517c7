/** Current time in epoch ms; handed in, so that decisions stay testable. */
export type Clock = () => number;

export const systemClock: Clock = () => Date.now();
