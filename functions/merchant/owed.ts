/** What a committed move owes others: events for the platform, work for the onboarding queue. */
import type { OutgoingEvent } from '../events.ts';
import type { Moved, OnboardWork } from './moves.ts';

export interface Owed {
  applicationId: string;
  version: number;
  at: number;
  events: OutgoingEvent[];
  work?: OnboardWork;
}

/** Undefined when there is nothing to tell. */
export const owedBy = ({ application, audit, events, work }: Moved): Owed | undefined => {
  if (events.length === 0 && work === undefined) return undefined;
  const { applicationId, version } = application;
  return { applicationId, version, at: audit.at, events, ...(work && { work }) };
};
