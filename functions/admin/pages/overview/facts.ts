/** What the overview is made of. A part that could not be read is undefined, and named in `unread`. */
import type { CarrierPause } from '../../../transmission/carrier-pause.ts';
import type { RunTally } from '../../../transmission/run-tally.store.ts';
import type { BandRow } from '../bands/band-row.ts';
import type { SyncHealth } from '../syncs/health.ts';
import type { CauseCount } from '../transmissions/causes.ts';

export interface Named {
  name: string;
}
export interface DueFact extends Named {
  applicationId: string;
  /** `11.23(월)` and `1영업일 지남` */
  day: string;
  words: string;
}
export interface Facts {
  /** epoch ms */
  now: number;
  /** undecided applications past their date, and of today; nearest date first */
  overdue?: DueFact[] | undefined;
  dueToday?: DueFact[] | undefined;
  /** refused or parked; `cut`: there are more than were counted */
  failed?: { count: number; cut: boolean; causes: CauseCount[] } | undefined;
  /** on their way to ePost; ages in ms */
  transmitting?:
    { unsent: number; pending: number; late: number; oldestAge: number; cut: boolean } | undefined;
  /** shops with numbers, most urgent first; `path`: the page of each */
  bands?: (BandRow & { path: string })[] | undefined;
  /** `health` is absent before the first round */
  sync?: { health?: SyncHealth; firstAt: number; asked: number; nextAt?: number | undefined } | undefined;
  /** shops that nothing is sent for */
  paused?: (Named & { why: string; href: string })[] | undefined;
  /** the carrier is left alone, for all */
  carrierPause?: Pick<CarrierPause, 'reason' | 'since' | 'until'> | undefined;
  smsFailed?: number | undefined;
  queues?: { name: string; label: string; waiting: number; keptMs: number }[] | undefined;
  missingYears?: number[] | undefined;
  /** long work that nobody has gone on with */
  stillJobs?: { jobId: string; title: string }[] | undefined;
  tallies?: readonly RunTally[] | undefined;
  /** parts that could not be read, Korean */
  unread: string[];
}
