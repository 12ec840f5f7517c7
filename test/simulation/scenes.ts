/** Written scenes for the sweep: between them they make every call that each function can make. */
import type { Contract } from '../../functions/merchant/contract.ts';
import type { Command } from '../../functions/merchant/moves.ts';
import { orderOf } from './world/shop.ts';
import type { Profile } from './world/scenario.ts';
import { HOUR, MINUTE } from './world/scenario.ts';
import type { Script } from './run.ts';
import type { World } from './world/world.ts';

export interface Scene {
  name: string;
  /** whose calls are spoiled */
  entry: string;
  profile: Profile;
  script: Script;
}
type Deed = (world: World) => void;

const contract = (over: Partial<Contract> = {}): Deed => {
  const whole: Contract = {
    contractId: 'shop-0',
    status: 'active',
    companyName: '소담마켓',
    customerNo: '0011223300',
    approvalNo: '1011223300',
    officeSer: 'SODAM1',
    numbering: 'band',
    ...over,
  };
  return ({ operator }) => operator.order({ do: 'contract', contract: whole });
};
const numbers: Deed = ({ operator }) =>
  operator.order({
    do: 'import',
    contractId: 'shop-0',
    request: { kind: 'run', first: '6899910000001', last: '6899910000009' },
  });
const listed: Deed = ({ operator }) =>
  operator.order({
    do: 'import',
    contractId: 'shop-0',
    request: { kind: 'list', numbers: ['6899910000011', '6899910000013'] },
  });
const ships =
  (no = 0, zip = '04524'): Deed =>
  ({ shop }) =>
    shop.ship(orderOf('shop-0', no, zip));
const cancels =
  (no = 0): Deed =>
  ({ shop }) =>
    shop.cancel(`S-${no}`);
const after =
  (ms: number, deed: Deed): Deed =>
  (world) =>
    void world.agenda.in(ms, () => deed(world));
const all =
  (...deeds: Deed[]): Deed =>
  (world) =>
    deeds.forEach((deed) => deed(world));
/** The next call of this kind ends so. */
const ePost =
  (
    operation: World['carrier']['next'][number]['operation'],
    fault: World['carrier']['next'][number]['fault'],
  ): Deed =>
  ({ carrier }) =>
    void carrier.next.push({ operation, fault });
const suspended = contract({ status: 'suspended' });

const applies: Deed = ({ applicants }) => applicants.apply(0);
const decides =
  (command: Command): Deed =>
  ({ applicants }) =>
    applicants.decide(0, command);
const approve = decides({ do: 'approve', smsText: '[소담] 승인했습니다.' });
const hold = decides({
  do: 'hold',
  reasons: ['customer'],
  smsText: '[소담] 승인보류: 고객번호를 확인해 주세요.',
});
const numbersForApplicant: Deed = ({ operator }) =>
  operator.order({
    do: 'import',
    contractId: 'applicant-0',
    request: { kind: 'run', first: '6899950000001', last: '6899950000005' },
  });

const nothing: Deed = () => undefined;
const scene = (
  name: string,
  entry: string,
  before: Deed[],
  deed: Deed,
  profile: Profile = 'parcels',
  lastsMs = 0,
): Scene => ({
  name,
  entry,
  profile,
  script: { before, scene: deed, lastsMs },
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
    all(ships(0), ships(1), ships(2)),
  ),
  scene('what waited is served', 'allocate', [contract(), ships(0), ships(1, '12')], numbers),
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
  ),
  scene(
    'a parcel is followed to its door',
    'sync',
    [({ carrier }) => carrier.office.setJourney('*', 'quick'), ...booked],
    nothing,
    'tracking',
    13 * HOUR,
  ),
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
    [suspended, ships(0), contract(), numbers, ships(1)],
    ({ agenda }) => agenda.jump(130 * 24 * HOUR),
    'retention',
    28 * HOUR,
  ),
];
