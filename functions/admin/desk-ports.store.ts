import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { createMessages } from '../notification/messages.store.ts';
import { smsSettings } from '../notification/sms-settings.ts';
import type { Clock } from '../runtime/clock.ts';
import { createRunTallies } from '../transmission/run-tally.store.ts';
import { createApplicationCounts } from './application-counts.store.ts';
import type { Ports } from './ports.ts';
import { createViewers } from './viewers.store.ts';

export type DeskSettings = Parameters<typeof smsSettings>[0] & {
  APPLICATIONS_TABLE: string;
  MESSAGES_TABLE: string;
  OPERATIONS_TABLE: string;
};
export type DeskPorts = Pick<Ports, 'messages' | 'sms' | 'tallies' | 'applicationCounts' | 'viewers'>;

/** What the overview and the review of applications use of the outside, over the real stores. */
export const createDeskPorts = (
  doc: DynamoDBDocumentClient,
  clock: Clock,
  settings: DeskSettings,
): DeskPorts => ({
  messages: createMessages(doc, settings.MESSAGES_TABLE),
  sms: smsSettings(settings),
  tallies: createRunTallies(doc, settings.OPERATIONS_TABLE),
  applicationCounts: createApplicationCounts(doc, settings.APPLICATIONS_TABLE, clock),
  viewers: createViewers(doc, settings.OPERATIONS_TABLE),
});
