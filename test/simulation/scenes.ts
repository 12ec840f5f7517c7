/** Written scenes for the sweep: between them they make every call that each function can make. */
import {
  type Deed,
  contract,
  numbers,
  listed,
  ships,
  cancels,
  after,
  all,
  ePost,
  deaf,
  begin,
  dies,
  job,
  suspended,
  applies,
  approve,
  hold,
  numbersForApplicant,
  nothing,
} from './deeds.ts';
import type { Profile } from './world/scenario.ts';
import { HOUR, MINUTE } from './world/scenario.ts';
import type { Script } from './run.ts';

export interface Scene {
  name: string;
  /** whose calls are spoiled */
  entry: string;
  profile: Profile;
  script: Script;
}
const scene = (
  name: string,
  entry: string,
  before: Deed[],
  deed: Deed,
  profile: Profile = 'parcels',
  timing: Pick<Script, 'armsAfterMs' | 'armedMs'> & { lastsMs?: number } = {},
): Scene => ({
  name,
  entry,
  profile,
  script: { before, scene: deed, lastsMs: 0, ...timing },
});
const ready = [contract(), numbers];
const booked = [...ready, ships()];

export const SCENES: readonly Scene[] = [
  scene('an order is numbered', 'allocate', ready, ships()),
  scene('an order is told twice', 'allocate', ready, all(ships(), ships(), after(3 * MINUTE, ships()))),
  scene(
    'numbers of a list, and then none',
    'allocate',
    [contract(), listed],
    all(ships(0), ships(1), ships(2), after(12 * MINUTE, numbers)),
    'parcels',
    { lastsMs: 13 * MINUTE },
  ),
  scene(
    'what waited is served',
    'allocate',
    [contract()],
    all(ships(0), ships(1, '12'), after(3 * MINUTE, numbers)),
    'parcels',
    { armsAfterMs: 2 * MINUTE, lastsMs: 4 * MINUTE },
  ),
  scene(
    'an order nobody can carry, corrected',
    'allocate',
    ready,
    all(ships(0, '12'), after(2 * MINUTE, ships(0))),
  ),
  scene('a cancellation before sending', 'allocate', ready, all(ships(), after(2000, cancels()))),
  scene('a cancellation after booking', 'allocate', booked, cancels()),
  scene('what nobody understands', 'allocate', ready, ({ shop }) => shop.talkNonsense()),
  scene('a parcel is booked', 'drain', ready, ships()),
  scene(
    'a parcel is booked, its answer lost',
    'drain',
    ready,
    all(ePost('InsertOrder', 'timeout-after'), ships()),
  ),
  scene('a parcel never arrived', 'drain', ready, all(ePost('InsertOrder', 'timeout-before'), ships())),
  scene('a parcel is refused', 'drain', ready, all(ePost('InsertOrder', 'ERR-322'), ships())),
  scene('a contract is refused', 'drain', ready, all(ePost('InsertOrder', 'ERR-222'), ships())),
  scene('a key is doubted', 'drain', ready, all(ePost('InsertOrder', 'ERR-511'), ships())),
  scene('a parcel is taken back', 'drain', booked, cancels()),
  scene('ePost is away', 'drain', ready, (world) => {
    world.carrier.state = 'maintenance';
    world.agenda.in(9 * MINUTE, () => (world.carrier.state = undefined));
    ships()(world);
  }),
  scene(
    'an order is sent again',
    'operator',
    [...ready, ePost('InsertOrder', 'ERR-322'), ships()],
    ({ operator }) => operator.order({ do: 'resend', shipmentIds: ['S-0'] }),
  ),
  scene(
    'all of a cause are sent again',
    'operator',
    [...ready, ePost('InsertOrder', 'ERR-322'), ships()],
    ({ operator }) => operator.order({ do: 'resend-all', cause: { kind: 'refused' } }),
  ),
  scene('numbers are imported', 'operator', [contract(), numbers], listed),
  scene('numbers are given back', 'operator', ready, ({ operator }) =>
    operator.order({ do: 'retire', contractId: 'shop-0', block: 1 }),
  ),
  scene('a contract is put', 'operator', [], contract()),
  scene(
    'the watch finds a straggler',
    'watch',
    ready,
    all(
      ships(),
      after(3000, (world) => world.forgetMessages()),
    ),
    'parcels',
    { armsAfterMs: 10 * MINUTE, lastsMs: 11 * MINUTE },
  ),
  scene(
    'the watch finds one that waits in vain',
    'watch',
    [contract()],
    all(ships(), after(MINUTE, deaf(numbers))),
    'parcels',
    { lastsMs: 3 * MINUTE },
  ),
  scene(
    'a parcel is followed to its door',
    'sync',
    [({ carrier }) => carrier.office.setJourney('*', 'quick'), ...booked],
    nothing,
    'tracking',
    { armsAfterMs: 6 * HOUR, lastsMs: 13 * HOUR },
  ),
  scene('a round while ePost is away', 'sync', [...booked], begin('tracking', 'maintenance'), 'tracking', {
    lastsMs: 12 * MINUTE,
  }),
  scene('a parcel is asked for by hand', 'sync', booked, ({ operator }) =>
    operator.order({ do: 'check-one', shipmentId: 'S-0' }),
  ),
  scene('an application comes in', 'platform-api', [], applies, 'applications'),
  scene('an application is checked', 'onboard', [], applies, 'applications'),
  scene(
    'an application is linked',
    'onboard',
    [applies],
    all(approve, after(4 * MINUTE, numbersForApplicant)),
    'applications',
  ),
  scene('an application is decided', 'operator', [applies], approve, 'applications'),
  scene('a hold is told', 'send-sms', [applies], hold, 'applications'),
  scene(
    'recipients are forgotten',
    'retain',
    [
      all(suspended, ships(0), after(2 * MINUTE, all(contract(), numbers, ships(1)))),
      ({ agenda }) => agenda.jump(130 * 24 * HOUR),
    ],
    nothing,
    'retention',
    { armedMs: 8 * HOUR, lastsMs: 28 * HOUR },
  ),
  scene('the ledgers are audited', 'ledger-audit', booked, begin('ledger-audit')),
  scene(
    'many are sent again',
    'jobs',
    [...ready, ePost('InsertOrder', 'ERR-222'), ships()],
    job({ kind: 'resend', ids: ['S-0', 'nobody'] }),
  ),
  scene(
    'dead letters are given back',
    'jobs',
    booked,
    all(
      dies('transmission', '{"v":1,"shipmentId":"S-0"}'),
      after(MINUTE, job({ kind: 'return-messages', queue: 'Transmission', total: 1 })),
    ),
  ),
  scene(
    'dead letters are moved',
    'jobs',
    booked,
    all(
      dies('transmission', '{"v":1,"shipmentId":"S-0"}'),
      after(MINUTE, job({ kind: 'move-messages', queue: 'Transmission', total: 1 })),
    ),
  ),
  scene(
    'long work is begun',
    'operator',
    [...ready, ePost('InsertOrder', 'ERR-322'), ships()],
    job({ kind: 'resend', ids: ['S-0'] }),
  ),
];
