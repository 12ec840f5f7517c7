/** What the onboarding queue asks for: a pre-check, the link work, and the watches over all of them. */
import type { EpostClient } from '../epost/epost.client.ts';
import type { Queue } from '../runtime/queue.client.ts';
import type { Application } from './application.ts';
import type { Applications } from './application.store.ts';
import { decide, type DecidePorts, SYSTEM } from './decide.ts';
import { watchDue } from './due-watch.ts';
import { everyApplication } from './every-application.ts';
import { beatKeys, watchExpiry } from './expiry-watch.ts';
import { runLinkSteps } from './link-steps.ts';
import type { Command } from './moves.ts';
import type { OnboardMessage } from './onboard-message.ts';
import type { Outbox } from './outbox.store.ts';
import { preCheck } from './pre-check.ts';
import { saySame } from './review.ts';

export interface OnboardPorts extends Omit<DecidePorts, 'outbox'> {
  applications: Applications;
  outbox: Outbox;
  epost: EpostClient;
  /** numbers left in a contract's pool */
  available: (contractId: string) => Promise<number>;
  /** the onboarding queue itself */
  queue: Pick<Queue, 'send'>;
  gauge: (name: string, value: number, unit: 'Seconds' | 'Count') => void;
}
/** Somebody else may change an application while ePost is being asked about it. */
const MAX_TRIES = 3;

/**
 * Does one message. The second time: a check that says the same changes nothing, a link that is done is left alone.
 * @throws when a store fails or an application keeps changing; the message comes back
 */
export const onboard = async (ports: OnboardPorts, message: OnboardMessage): Promise<void> => {
  if ('detail' in message) return linkWaiting(ports, message.detail.contractId);
  switch (message.kind) {
    case 'check':
      return untilSettled(ports, message.applicationId, checkCommand);
    case 'link':
      return untilSettled(ports, message.applicationId, linkCommand);
    case 'due':
      return watchDue(ports);
    case 'expiry':
      return watchExpiry(ports);
    case 'heartbeat':
      return beatKeys(ports);
  }
};

type Work = (ports: OnboardPorts, application: Application) => Promise<Command | undefined>;

/** The findings are about the version that was read: on another one they are found again. */
const untilSettled = async (ports: OnboardPorts, applicationId: string, work: Work): Promise<void> => {
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    const application = await ports.applications.read(applicationId);
    if (application === undefined) return;
    const command = await work(ports, application);
    if (command === undefined) return;
    const { version } = application;
    const answer = await decide(ports, { applicationId, command, actor: SYSTEM, version });
    if (answer.outcome !== 'changed') return;
  }
  throw new Error(`Application ${applicationId} keeps changing`);
};

const checkCommand: Work = async (ports, application) => {
  if (application.status === 'terminated') return undefined;
  const found = await preCheck(
    { epost: ports.epost, sharers: ports.applications.sharers },
    application,
    ports.clock(),
  );
  const nothingNew =
    application.status !== 'applied' &&
    found.approvalExpiresAt === application.approvalExpiresAt &&
    saySame(application.checks, found.checks);
  return nothingNew ? undefined : { do: 'checks', ...found };
};

const linkCommand: Work = async (ports, application) => {
  if (application.status !== 'linking') return undefined;
  const answer = await runLinkSteps(ports, application, ports.clock());
  switch (answer.outcome) {
    case 'linked':
      return { do: 'linked', checks: answer.checks };
    case 'failed':
      return { do: 'link-failed', why: answer.why, checks: answer.checks };
    case 'not-yet': {
      const known = application.linkProblem === answer.why && saySame(application.checks, answer.checks);
      return known ? undefined : { do: 'checks', checks: answer.checks, linkProblem: answer.why };
    }
  }
};

/** Numbers came in: what waited for them goes on. */
const linkWaiting = async (ports: OnboardPorts, contractId: string): Promise<void> => {
  for await (const application of everyApplication(ports.applications, ['linking']))
    if (application.contractId === contractId)
      await untilSettled(ports, application.applicationId, linkCommand);
};
