/** The people at the console: import and give back numbers, put contracts right, send again, twice where a click is double. */
import type { Contract } from '../../../functions/merchant/contract.ts';
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
}): Operator => {
  const { agenda, tape } = world;
  let open = 0;
  let blocks = 0;
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
      for (let i = tape.next(3); i > 0; i--) agenda.in(tape.next(scenario.troubledMs), resendSome);
      if (tape.chance(100)) agenda.in(tape.next(scenario.troubledMs), () => order({ do: 'lift-pause' }));
    },
    tidyUp: (scenario) => {
      for (const [i, { contractId, numbering }] of scenario.contracts.entries()) {
        if (numbering === 'band') importFor(contractId, 30);
        order({ do: 'contract', contract: contractOf(contractId, i, numbering) });
      }
      for (const kind of ['refused', 'parked'] as const) {
        for (const code of ['ERR-123', 'ERR-511', 'ERR-222', 'ATTEMPTS'])
          order({ do: 'resend-all', cause: { kind, code } });
      }
    },
  };

  function planStop(contractId: string, i: number, numbering: Contract['numbering'], within: number) {
    const contract = contractOf(contractId, i, numbering);
    const at = tape.next(within);
    agenda.in(at, () => order({ do: 'contract', contract: { ...contract, status: 'suspended' } }));
    agenda.in(at + tape.next(30 * MINUTE), () => order({ do: 'contract', contract }));
  }
  function resendSome() {
    const ids = world.someShipments().filter(() => tape.chance(400));
    if (ids.length > 0) order({ do: 'resend', shipmentIds: ids });
    if (ids.length > 0 && tape.chance(300)) order({ do: 'check-one', shipmentId: ids[0]! });
  }
};

const contractOf = (contractId: string, no: number, numbering: Contract['numbering']): Contract => ({
  contractId,
  status: 'active',
  companyName: '소담마켓',
  customerNo: `001122330${no}`,
  approvalNo: `101122330${no}`,
  officeSer: 'SODAM1',
  numbering,
});
