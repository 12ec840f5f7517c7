/** The people at the console: import and give back numbers, put contracts right, send again, twice where a click is double. */
import { type Job, standsStill } from '../../../functions/admin/job.ts';
import type { Contract } from '../../../functions/merchant/contract.ts';
import type { Shipment } from '../../../functions/shipment/shipment.ts';
import type { Agenda } from '../kernel/agenda.ts';
import type { Ended, Functions } from '../kernel/functions.ts';
import type { Tape } from '../kernel/tape.ts';
import type { OperatorOrder } from './operator.handler.ts';
import type { Scenario } from './scenario.ts';
import { MINUTE } from './scenario.ts';

export interface Operator {
  /** Orders something, tried again while it fails; `done` gets what the function answered. */
  order(order: OperatorOrder, done?: (answer: unknown) => void): void;
  /** Plans the deeds of a run. */
  open(scenario: Scenario): void;
  /** Before the calm: everything a runbook would have them do. */
  tidyUp(scenario: Scenario): void;
  /** Has what stands still sent once more: one, all of its cause, or as long work. */
  sendStandingAgain(): void;
  /** Long work whose message was lost is set going again, as its page offers; once all is well, contracts are active. */
  lookAround(): void;
  /** orders not yet carried out */
  busy(): number;
}

const FIRST = 6_899_900_000_000;
/** Room between the blocks of all contracts. */
const STRIDE = 1000;

export const createOperator = (world: {
  agenda: Agenda;
  tape: Tape;
  functions: () => Functions;
  someShipments: () => string[];
  failedQueues: readonly string[];
  /** all of a table, as a person sees it in the console */
  look: <T>(table: string) => T[];
}): Operator => {
  const { agenda, tape } = world;
  let open = 0;
  let blocks = 0;
  let contracts: Scenario['contracts'] = [];
  const attempt = (order: OperatorOrder, done: (how: Ended) => void) => {
    if (!world.functions().invoke('operator', order, done)) agenda.in(MINUTE, () => attempt(order, done));
  };
  const order: Operator['order'] = (what, done = () => undefined) => {
    open += 1;
    const go = () =>
      attempt(what, (how) => {
        if (how.outcome !== 'done') return agenda.in(MINUTE, go);
        open -= 1;
        return done(how.value);
      });
    go();
    // A double click: the same order again while the first is under way.
    if (tape.chance(150)) {
      open += 1;
      agenda.in(tape.next(500), go);
    }
  };
  const importFor = (contractId: string, numbers: number) => {
    const first = FIRST + STRIDE * blocks++;
    const all = Array.from({ length: numbers }, (_, i) => String(first + i * 3));
    const request = tape.chance(300)
      ? { kind: 'list' as const, numbers: all }
      : { kind: 'run' as const, first: String(first), last: String(first + numbers - 1) };
    order({ do: 'import', contractId, request });
  };
  return {
    order,
    busy: () => open,
    sendStandingAgain,
    open: (scenario) => {
      for (const [i, { contractId, numbering, numbers }] of scenario.contracts.entries()) {
        const late = tape.chance(200) ? tape.next(15 * MINUTE) : 0;
        agenda.in(late, () => order({ do: 'contract', contract: contractOf(contractId, i, numbering) }));
        if (numbering === 'band')
          agenda.in(tape.chance(300) ? tape.next(20 * MINUTE) : 0, () => importFor(contractId, numbers));
        if (tape.chance(150)) planStop(contractId, i, numbering, scenario.troubledMs);
        if (tape.chance(150))
          agenda.in(tape.next(30 * MINUTE), () => order({ do: 'retire', contractId, block: 1 }));
        if (numbering === 'band' && tape.chance(300))
          agenda.in(tape.next(30 * MINUTE), () => importFor(contractId, 10));
      }
      const sometime = () => tape.next(scenario.troubledMs);
      const most = scenario.profile === 'desk' ? 10 : 3;
      for (const deed of [resendSome, sendStandingAgain])
        for (let i = tape.next(3); i > 0; i--) agenda.in(sometime(), deed);
      for (let i = tape.next(most); i > 0; i--) agenda.in(sometime(), beginLongWork);
      if (tape.chance(100)) agenda.in(sometime(), () => order({ do: 'lift-pause' }));
    },
    tidyUp: (scenario) => {
      contracts = scenario.contracts;
      for (const [i, { contractId, numbering }] of contracts.entries()) {
        if (numbering === 'band') importFor(contractId, 30);
        order({ do: 'contract', contract: contractOf(contractId, i, numbering) });
      }
      const causes = new Set(standing().map(({ state, refusal }) => `${state} ${refusal?.code}`));
      for (const cause of causes) {
        const [kind = '', code = ''] = cause.split(' ');
        if (MENDED.has(code)) order({ do: 'resend-all', cause: { kind: kind as Standing['state'], code } });
      }
    },
    lookAround: () => {
      // An earlier order to stop it may have been carried out after the last one.
      for (const { contractId, status } of world.look<Contract>('contracts')) {
        const i = contracts.findIndex((one) => one.contractId === contractId);
        if (i >= 0 && status !== 'active')
          order({ do: 'contract', contract: contractOf(contractId, i, contracts[i]!.numbering) });
      }
      for (const job of world.look<Job>('operations'))
        if (job.jobId !== undefined && standsStill(job, agenda.now()))
          order({ do: 'go-on', jobId: job.jobId });
    },
  };

  function planStop(contractId: string, i: number, numbering: Contract['numbering'], within: number) {
    const contract = contractOf(contractId, i, numbering);
    const at = tape.next(within);
    agenda.in(at, () => order({ do: 'contract', contract: { ...contract, status: 'suspended' } }));
    agenda.in(at + tape.next(30 * MINUTE), () => order({ do: 'contract', contract }));
  }
  function standing() {
    return world
      .look<Shipment>('shipments')
      .filter((one): one is Standing => one.state === 'refused' || one.state === 'parked');
  }
  function resendSome() {
    const ids = world.someShipments().filter(() => tape.chance(400));
    if (ids.length > 0) order({ do: 'resend', shipmentIds: ids });
    if (ids.length > 0 && tape.chance(300)) order({ do: 'check-one', shipmentId: ids[0]! });
  }
  function sendStandingAgain() {
    const all = standing();
    const [first] = all;
    if (first === undefined) return undefined;
    const { shipmentId, state: kind, refusal } = first;
    const how = tape.next(6);
    if (how === 0) return order({ do: 'resend', shipmentIds: [shipmentId] });
    if (how === 1)
      return order({ do: 'resend-all', cause: { kind, ...(refusal && { code: refusal.code }) } });
    return resendAsJob(all.map((one) => one.shipmentId));
  }
  function resendAsJob(ids: string[]) {
    order({ do: 'start-job', job: { title: '다시 전송', reason: '점검', kind: 'resend', ids } });
  }
  function beginLongWork() {
    if (tape.chance(300)) return resendAsJob(world.someShipments());
    const queue = world.failedQueues[tape.next(world.failedQueues.length)]!;
    const kind = tape.pick(['return-messages', 'move-messages'] as const);
    return order({ do: 'start-job', job: { title: '되돌리기', reason: '점검', kind, queue, total: 1 } });
  }
};

type Standing = Shipment & { state: 'refused' | 'parked' };
/** Refusals whose cause is gone once all is well. */
const MENDED = new Set(['ERR-123', 'ERR-511', 'ERR-222', 'ATTEMPTS']);

const contractOf = (contractId: string, no: number, numbering: Contract['numbering']): Contract => ({
  contractId,
  status: 'active',
  companyName: '소담마켓',
  customerNo: `001122330${no}`,
  approvalNo: `101122330${no}`,
  officeSer: 'SODAM1',
  numbering,
});
