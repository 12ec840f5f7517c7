/** The kill switch: an operator holds all transmission back, while numbers are given and parcels tracked. */
import type { Actor } from '../audit/audit.ts';
import type { Audit } from '../audit/audit.store.ts';
import { STOP_KEY } from './carrier-pause.store.ts';

export interface StopOrder {
  by: Actor;
  reason: string;
  now: number;
}
type Audited = Pick<Audit, 'commit'>;

/**
 * From the next look of the drain on, ten seconds at most into a running one, no call to ePost begins; calls under way
 * end. One audit row in the same transaction. The second time: the first stop stands, with its reason.
 */
export const stopTransmission = async (
  operations: string,
  audit: Audited,
  { by, reason, now }: StopOrder,
): Promise<{ outcome: 'stopped' | 'already-stopped' }> => {
  const answer = await audit.commit({ ...deed, at: now, by, what: 'transmission.paused', reason }, [
    {
      Put: {
        TableName: operations,
        Item: { ...STOP_KEY, at: now, by: by.name, reason },
        ConditionExpression: 'attribute_not_exists(pk)',
      },
    },
  ]);
  return { outcome: answer.outcome === 'written' ? 'stopped' : 'already-stopped' };
};

/** Only this ends it: no probe and no time does. The second time: `not-stopped`. */
export const resumeTransmission = async (
  operations: string,
  audit: Audited,
  { by, reason, now }: StopOrder,
): Promise<{ outcome: 'resumed' | 'not-stopped' }> => {
  const answer = await audit.commit({ ...deed, at: now, by, what: 'transmission.resumed', reason }, [
    { Delete: { TableName: operations, Key: STOP_KEY, ConditionExpression: 'attribute_exists(pk)' } },
  ]);
  return { outcome: answer.outcome === 'written' ? 'resumed' : 'not-stopped' };
};

const deed = { subject: 'queue#Transmission' } as const;
