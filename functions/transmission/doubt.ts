/**
 * A wrong security key shows as a missing field on every parcel. Verdicts that could be just that are held back
 * until an order is taken, or the key is checked, or enough of them say that it is not these parcels.
 */
import type { Refusal, Shipment } from '../shipment/shipment.ts';
import type { KeyCheck } from './probe.ts';

export interface Suspect {
  shipment: Shipment;
  refusal: Refusal;
  pauseContract: boolean;
}

/** The same code on so many shipments of so many contracts in a row is a fault of the whole. */
const SHIPMENTS = 3;
const CONTRACTS = 2;

export interface DoubtPorts<Held extends Suspect> {
  /** the run may still make calls */
  isOpen: () => boolean;
  /** whether our keys are right, given a contract whose order was refused */
  checkKey: (contractId: string) => Promise<KeyCheck>;
  /** the verdicts are true */
  speak: (held: Held) => Promise<void>;
  /** the verdicts say nothing about the parcels: their attempts are given back */
  drop: (held: Held, cause: string) => Promise<void>;
  /** opens the wrong-key pause */
  pause: (codes: string[], contractId: string) => void;
  /** a wrong-key pause has just been ended by a good check: no second one in this run */
  keyJustChecked: boolean;
  /** verdicts to hold before the key is checked anyway */
  most: number;
}

export interface Doubt<Held extends Suspect> {
  hold(suspect: Held): Promise<void>;
  /** ePost took an order: the key is right. */
  taken(): Promise<void>;
  /** No more answers will come. */
  end(): Promise<void>;
}

/** The doubt of one run. */
export const createDoubt = <Held extends Suspect>(ports: DoubtPorts<Held>): Doubt<Held> => {
  let held: Held[] = [];
  const takeAll = () => {
    const all = held;
    held = [];
    return all;
  };
  const judge = async (): Promise<void> => {
    const all = takeAll();
    const [first] = all;
    if (first === undefined) return;
    if (!ports.isOpen()) return inTurn(all, (one) => ports.drop(one, 'not-begun'));
    const key = await ports.checkKey(first.shipment.contractId);
    if (key === 'right') return inTurn(all, ports.speak);
    if (key === 'wrong') ports.pause(codesOf(all), first.shipment.contractId);
    return inTurn(all, (one) => ports.drop(one, key === 'wrong' ? 'wrong-key' : 'unreachable'));
  };
  return {
    hold: async (suspect) => {
      held.push(suspect);
      if (!ports.keyJustChecked && isSystemic(held, suspect.refusal.code)) {
        const all = takeAll();
        ports.pause(codesOf(all), suspect.shipment.contractId);
        return inTurn(all, (one) => ports.drop(one, 'wrong-key'));
      }
      if (held.length >= ports.most) await judge();
    },
    taken: () => inTurn(takeAll(), ports.speak),
    end: judge,
  };
};

const isSystemic = (held: readonly Suspect[], code: string): boolean => {
  const same = held.filter(({ refusal }) => refusal.code === code);
  return (
    same.length >= SHIPMENTS && new Set(same.map(({ shipment }) => shipment.contractId)).size >= CONTRACTS
  );
};

const codesOf = (held: readonly Suspect[]): string[] => [...new Set(held.map(({ refusal }) => refusal.code))];

const inTurn = async <T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> => {
  for (const item of items) await work(item);
};
