import type { CarrierAnswer } from '../epost/carrier-answer.ts';

/** So many calls in a row without an answer, and it is not these parcels. */
const MISSES = 5;

/** Watches the answers of one run; says why the carrier is to be left alone, once there is reason to. */
export const createBreaker = () => {
  let misses = 0;
  return (outcome: CarrierAnswer<unknown>['outcome']): 'maintenance' | 'unreachable' | undefined => {
    switch (outcome) {
      case 'maintenance':
        return 'maintenance';
      case 'unreachable':
      case 'unknown':
        misses += 1;
        return misses >= MISSES ? 'unreachable' : undefined;
      case 'ok':
      case 'error':
        misses = 0;
        return undefined;
    }
  };
};
