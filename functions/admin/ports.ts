/**
 * What pages and actions may use of the outside. Pages are plain files: they get stores and clients from here.
 * A page that needs another one adds it here (its type) and in `ports.store.ts` (its making).
 */
import type { Audit } from '../audit/audit.store.ts';
import type { Applications } from '../merchant/application.store.ts';
import type { Holidays, ReadCalendar } from '../merchant/holidays.store.ts';
import type { Outbox } from '../merchant/outbox.store.ts';
import type { SmsSettings } from '../notification/deserving.ts';
import type { Messages } from '../notification/messages.store.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Queue } from '../runtime/queue.client.ts';
import type { RunTallies } from '../transmission/run-tally.store.ts';
import type { ApplicationCounts } from './application-counts.store.ts';
import type { ParcelPorts } from './parcel-ports.ts';
import type { Viewers } from './viewers.store.ts';

export interface Ports extends ParcelPorts {
  clock: Clock;
  count: (name: string, value?: number) => void;
  /** a fresh id, for jobs and the like */
  newId: () => string;
  /** of the service, for sentences and SMS */
  support: { senderName: string; number: string };
  audit: Audit;
  applications: Applications;
  outbox: Outbox;
  calendar: ReadCalendar;
  holidays: Holidays;
  onboarding: Pick<Queue, 'send'>;
  jobs: Pick<Queue, 'send'>;
  transmission: Pick<Queue, 'send'>;
  tracking: Pick<Queue, 'send'>;
  messages: Messages;
  /** what SMS are worded with, and which are switched on besides the hold notices */
  sms: SmsSettings;
  /** what the drain runs of a day ended */
  tallies: Pick<RunTallies, 'ofDay'>;
  applicationCounts: ApplicationCounts;
  /** who has an application open */
  viewers: Viewers;
}
