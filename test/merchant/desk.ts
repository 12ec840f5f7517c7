/** Applications written to a real engine, each of its own shop and business. */
import { createAudit } from '../../functions/audit/audit.store.ts';
import { createApplications } from '../../functions/merchant/application.store.ts';
import type { Application } from '../../functions/merchant/application.ts';
import { type Command, decideMove, type Moved } from '../../functions/merchant/moves.ts';
import { newApplication } from '../../functions/merchant/new-application.ts';
import { createCalendar } from '../../functions/runtime/business-days.ts';
import { aSubmission, KIM, passed, PLATFORM } from '../support/applications.ts';
import { T0 } from '../support/builders.ts';
import { startTables } from '../support/dynamo.ts';

const calendar = createCalendar();
let count = 0;

export const fresh = (over: Parameters<typeof aSubmission>[0] = {}) => {
  count += 1;
  const digits = String(count).padStart(10, '0');
  const submission = aSubmission({
    shopId: `shop-${count}`,
    businessNo: digits,
    customerNo: digits,
    ...over,
  });
  return { id: `A-${count}`, submission };
};

/** The move that begins an application, not yet written. */
export const opened = ({ id, submission } = fresh()): Moved => {
  const move = newApplication(id, submission, PLATFORM, T0, calendar);
  if (move.outcome === 'refused') throw new Error(move.reason);
  return move;
};

/** A move decided, not yet written. */
export const decided = (before: Application, command: Command, actor = KIM): Moved => {
  const move = decideMove(before, command, actor, T0, calendar);
  if (move.outcome === 'refused') throw new Error(move.reason);
  return move;
};

export const openDesk = async () => {
  const world = await startTables();
  const applications = createApplications(world.doc, world.tables);
  const audit = createAudit(world.doc, world.tables);
  const submitted = async (given = fresh()): Promise<Application> => {
    const move = opened(given);
    const answer = await applications.submit(move);
    if (answer.outcome !== 'written') throw new Error(`submission: ${answer.outcome}`);
    return move.application;
  };
  const doMove = async (before: Application, command: Command): Promise<Application> => {
    const move = decided(before, command);
    const answer = await applications.move(before, move);
    if (answer.outcome !== 'written') throw new Error(`${command.do}: ${answer.outcome}`);
    return move.application;
  };
  return {
    ...world,
    applications,
    submitted,
    doMove,
    /** An application whose checks have all passed. */
    reviewed: async () => doMove(await submitted(), { do: 'checks', checks: passed() }),
    /** What the audit says of an application, oldest first. */
    auditOf: async (id: string) => (await audit.of(`application#${id}`)).map(({ what }) => what).toReversed(),
  };
};
export type Desk = Awaited<ReturnType<typeof openDesk>>;
