import type { Booking, BookingChange, Bookings } from './bookings.ts';
import { createBookings } from './bookings.ts';
import type { JourneyName, JourneyPlan, ShownScan } from './journeys.ts';
import { journeyPlans, playAhead, shownScans } from './journeys.ts';
import type { Journal } from './journal.ts';
import { openJournal } from './journal.ts';
import type { Numbers } from './numbers.ts';
import { createNumbers } from './numbers.ts';
import type { Registry } from './registry.ts';
import { createRegistry } from './registry.ts';
import type { Switches } from '../switches.ts';
import { defaultSwitches } from '../switches.ts';

/** Everything the simulated post office knows; the operations read and change it. */
export interface World {
  now(): number;
  switches: Switches;
  bookings: Bookings;
  numbers: Numbers;
  registry: Registry;
  /** Books and journals; the answer may be sent once this returns. */
  book(booking: Booking): void;
  change(booking: Booking, change: BookingChange): void;
  saveEntry(list: RegistryList, code: string, fields: Record<string, string>): void;
  setJourney(orderNo: string, plan: JourneyName | JourneyPlan): void;
  scans(booking: Booking): ShownScan[];
  /** Makes scans show now; answers how many parcels got new ones. */
  play(which: readonly Booking[], until?: string): number;
  close(): void;
}

type RegistryList = 'offices' | 'stores';

type Entry =
  | { kind: 'booked'; booking: Booking }
  | { kind: 'changed'; reqNo: string; change: BookingChange }
  | { kind: 'entry'; list: RegistryList; code: string; fields: Record<string, string> }
  | { kind: 'journey'; orderNo: string; plan: JourneyName | JourneyPlan };

/** Opens the world, read back from the journal where there is one. */
export function openWorld(options: { now: () => number; journalFile?: string; seed?: number }): World {
  const bookings = createBookings();
  const registry = createRegistry();
  const numbers = createNumbers(options.seed ?? 1, (regiNo) => bookings.byNumber(regiNo) !== undefined);
  const journeys = new Map<string, JourneyName | JourneyPlan>([['*', 'standard']]);
  const { now } = options;

  const apply = (entry: Entry) => {
    if (entry.kind === 'booked') {
      bookings.add(entry.booking);
      numbers.seen(entry.booking);
    } else if (entry.kind === 'changed') bookings.change(entry.reqNo, entry.change);
    else if (entry.kind === 'entry') registry[entry.list].set(entry.code, entry.fields);
    else journeys.set(entry.orderNo, entry.plan);
  };
  const journal: Journal<Entry> = openJournal(options.journalFile, apply);
  const record = (entry: Entry) => {
    journal.append(entry);
    apply(entry);
  };

  const planOf = ({ orderNo }: Booking): JourneyPlan => {
    const plan = journeys.get(orderNo) ?? journeys.get('*') ?? 'standard';
    return typeof plan === 'string' ? journeyPlans[plan] : plan;
  };
  const change = (booking: Booking, changed: BookingChange) =>
    record({ kind: 'changed', reqNo: booking.reqNo, change: changed });

  const playOne = (booking: Booking, until: string | undefined): boolean => {
    const played = playAhead(planOf(booking), booking.bookedAt, booking.played, now(), until);
    if (played.length <= booking.played.length) return false;
    change(booking, { played });
    return true;
  };

  return {
    now,
    switches: defaultSwitches(),
    bookings,
    numbers,
    registry,
    book: (booking) => record({ kind: 'booked', booking }),
    change,
    saveEntry: (list, code, fields) => record({ kind: 'entry', list, code, fields }),
    setJourney: (orderNo, plan) => record({ kind: 'journey', orderNo, plan }),
    scans: (booking) =>
      booking.state === 'live' ? shownScans(planOf(booking), booking.bookedAt, booking.played, now()) : [],
    play: (which, until) =>
      which.filter((booking) => booking.state === 'live' && !booking.test && playOne(booking, until)).length,
    close: () => journal.close(),
  };
}
