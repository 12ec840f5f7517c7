import type { CarrierAnswer } from '../epost/carrier-answer.ts';
import type { ReadContract } from '../merchant/contract.store.ts';
import type { CarrierPause } from './carrier-pause.ts';
import type { Carrier } from './gate.ts';

export interface ProbePorts {
  carrier: Pick<Carrier, 'getApprNo' | 'getStoppedZip'>;
  contract: ReadContract;
}

/** Any zip will do: the question books nothing, and needs no security key. */
const PROBE_ZIP = '04524';

export type KeyCheck =
  | 'right'
  | 'wrong'
  | 'no-answer'
  /** none of the contracts exists any more */
  | 'nobody-to-ask';

/** One question, to see whether what opened the pause is over. */
export const isStillDown = async (
  ports: ProbePorts,
  pause: CarrierPause,
  lastGood: string | undefined,
): Promise<boolean> => {
  if (pause.reason === 'wrong-key')
    return KEY_STILL_BAD.has(await checkKey(ports, [lastGood, pause.contractId]));
  return !answered(await ports.carrier.getStoppedZip(PROBE_ZIP));
};

const KEY_STILL_BAD: ReadonlySet<KeyCheck> = new Set(['wrong', 'no-answer']);

/** Even a refusal in ePost's own words shows that ePost works. */
const answered = ({ outcome }: CarrierAnswer<unknown>): boolean => outcome === 'ok' || outcome === 'error';

/**
 * Whether our keys are right: asked with a contract that worked before, then with the one in doubt, because a
 * customer number that is wrong by itself shows like a wrong key.
 */
export const checkKey = async (
  { carrier, contract }: ProbePorts,
  contractIds: readonly (string | undefined)[],
): Promise<KeyCheck> => {
  let result: KeyCheck = 'nobody-to-ask';
  for (const contractId of new Set(contractIds)) {
    const found = contractId === undefined ? undefined : await contract(contractId);
    if (found === undefined) continue;
    const answer = await carrier.getApprNo(found.customerNo);
    if (answer.outcome === 'ok') return 'right';
    if (!answered(answer)) return 'no-answer';
    result = 'wrong';
  }
  return result;
};
