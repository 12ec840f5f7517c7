import type { Booking, BookingCounts } from '../office/bookings.ts';
import type { ActiveFault, Fault, Faults } from '../faults.ts';
import type { JourneyName, JourneyPlan } from '../office/journeys.ts';
import type { Approval, StoppedArea } from '../office/registry.ts';
import type { CallCounts, Statistics } from '../statistics.ts';
import type { Switches } from '../switches.ts';
import { putSwitches } from '../switches.ts';
import type { World } from '../office/world.ts';

/** What the simulator knows of itself, as `GET /control/state` answers it. */
export interface SimulatorState extends BookingCounts, CallCounts {
  now: number;
  faults: ActiveFault[];
  switches: Switches;
}

/** The hands of the simulator; the same is offered over HTTP under /control. */
export interface SimulatorControl {
  /** Switches a fault on; answers its id. */
  setFault(fault: Fault): string;
  /** Switches one fault off; false when there is none of that id. */
  removeFault(id: string): boolean;
  clearFaults(): void;
  /** Puts all the switches given or none; answers what is wrong with one of them, or null. */
  putSwitches(wanted: Readonly<Record<string, unknown>>): string | null;
  /** The journey of one order number, or with '*' of every order that has none of its own. */
  setJourney(orderNo: string, plan: JourneyName | JourneyPlan): void;
  /**
   * Makes the scans of one parcel or of all show now, up to the last one whose word starts with `until` (to the
   * end without it). Told twice it changes nothing. Answers how many parcels got new scans.
   */
  playJourneys(which: 'all' | (string & {}), until?: string): number;
  /** Configures a contract customer: its approvals, or null for one ePost does not know. */
  setCustomer(custNo: string, approvals: readonly Approval[] | null): void;
  setMember(memberId: string, custNo: string | null): void;
  setStoppedAreas(areas: readonly StoppedArea[]): void;
  bookings(): Booking[];
  state(): SimulatorState;
  /** Forgets the counts of calls (not the bookings). */
  resetCounts(): void;
}

/** Builds the control over the world, its faults and its counts. */
export function createControl(world: World, faults: Faults, statistics: Statistics): SimulatorControl {
  return {
    setFault: faults.set,
    removeFault: faults.remove,
    clearFaults: faults.clear,
    putSwitches: (wanted) => putSwitches(world.switches, wanted),
    setJourney: world.setJourney,
    playJourneys: (which, until) => world.play(chosen(world, which), until),
    setCustomer: (custNo, approvals) => void world.registry.customers.set(custNo, approvals),
    setMember: (memberId, custNo) => void world.registry.members.set(memberId, custNo),
    setStoppedAreas: (areas) => {
      world.registry.stoppedAreas = [...areas];
    },
    bookings: () => world.bookings.all().map((booking) => ({ ...booking })),
    state: () => ({
      now: world.now(),
      ...world.bookings.counts(),
      ...statistics.snapshot(),
      faults: faults.list(),
      switches: { ...world.switches },
    }),
    resetCounts: statistics.reset,
  };
}

function chosen(world: World, which: string): Booking[] {
  if (which === 'all') return world.bookings.all();
  const booking = world.bookings.byNumber(which);
  return booking === undefined ? [] : [booking];
}
