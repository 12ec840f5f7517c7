/** What the scenes of the sweep are made of: single deeds of the platform, the people and ePost. */
import type { JobOrder } from '../../functions/admin/start-job.ts';
import type { Contract } from '../../functions/merchant/contract.ts';
import type { Command } from '../../functions/merchant/moves.ts';
import { orderOf } from './world/shop.ts';
import { MINUTE } from './world/scenario.ts';
import type { World } from './world/world.ts';

export type Deed = (world: World) => void;

export const contract = (over: Partial<Contract> = {}): Deed => {
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
export const numbers: Deed = ({ operator }) =>
  operator.order({
    do: 'import',
    contractId: 'shop-0',
    request: { kind: 'run', first: '6899910000001', last: '6899910000009' },
  });
export const listed: Deed = ({ operator }) =>
  operator.order({
    do: 'import',
    contractId: 'shop-0',
    request: { kind: 'list', numbers: ['6899910000011', '6899910000013'] },
  });
export const ships =
  (no = 0, zip = '04524'): Deed =>
  ({ shop }) =>
    shop.ship(orderOf('shop-0', no, zip));
export const cancels =
  (no = 0): Deed =>
  ({ shop }) =>
    shop.cancel(`S-${no}`);
export const after =
  (ms: number, deed: Deed): Deed =>
  (world) =>
    void world.agenda.in(ms, () => deed(world));
export const all =
  (...deeds: Deed[]): Deed =>
  (world) =>
    deeds.forEach((deed) => deed(world));
/** The next call of this kind ends so. */
export const ePost =
  (
    operation: World['carrier']['next'][number]['operation'],
    fault: World['carrier']['next'][number]['fault'],
  ): Deed =>
  ({ carrier }) =>
    void carrier.next.push({ operation, fault });
/** What we tell ourselves by this deed is lost on its way. */
export const deaf =
  (deed: Deed): Deed =>
  (world) => {
    world.scenario.deaf = true;
    deed(world);
    world.agenda.in(30_000, () => (world.scenario.deaf = false));
  };
/** A round begun by hand, with ePost in this state for its first minutes. */
export const begin =
  (queue: 'tracking' | 'ledger-audit', state?: World['carrier']['state']): Deed =>
  ({ aws, names, carrier, agenda, wakeAll }) => {
    carrier.state = state;
    agenda.in(5 * MINUTE, () => (carrier.state = undefined));
    aws.queues.send(names.queue(queue), '{"v":1}');
    wakeAll();
  };
export const dies =
  (queue: string, body: string): Deed =>
  ({ aws, names }) =>
    void aws.queues.send(names.queue(`${queue}!`), body);
export const job =
  (order: DistributiveOmit<JobOrder, 'title' | 'reason'>): Deed =>
  ({ operator }) =>
    operator.order({ do: 'start-job', job: { title: '다시 전송', reason: '점검', ...order } });
type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
export const suspended = contract({ status: 'suspended' });

export const applies: Deed = ({ applicants }) => applicants.apply(0);
const decides =
  (command: Command): Deed =>
  ({ applicants }) =>
    applicants.decide(0, command);
export const approve = decides({ do: 'approve', smsText: '[소담] 승인했습니다.' });
export const hold = decides({
  do: 'hold',
  reasons: ['customer'],
  smsText: '[소담] 승인보류: 고객번호를 확인해 주세요.',
});
export const numbersForApplicant: Deed = ({ operator }) =>
  operator.order({
    do: 'import',
    contractId: 'applicant-0',
    request: { kind: 'run', first: '6899950000001', last: '6899950000005' },
  });

export const nothing: Deed = () => undefined;
