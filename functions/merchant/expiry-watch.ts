/** Watches over what dies quietly: contracts that end, and carrier keys that lapse after 30 idle days. */
import { runRefillPool } from '../runtime/refill-pool.ts';
import { koreanDay } from '../shipment/korean-day.ts';
import { type Application, type Check, EXPIRY_NOTICES, type ExpiryNotice } from './application.ts';
import { everyApplication } from './every-application.ts';
import { decide, SYSTEM } from './decide.ts';
import type { OnboardPorts } from './onboard.ts';
import { approvalExpiry, approvalIn } from './pre-check.ts';
import { saySame } from './review.ts';

const IN_USE = ['active', 'suspended'] as const;
const CALLS_IN_FLIGHT = 4;
const DAY_MS = 86_400_000;

/**
 * Asks ePost for the end of every contract in use and tells each merchant once at 30, 7 and 1 day before it.
 * The second time on a day: nothing new is written or told. A contract ePost does not answer for keeps its known end.
 */
export const watchExpiry = async (ports: OnboardPorts): Promise<void> => {
  const counts = new Map<ExpiryNotice, number>(EXPIRY_NOTICES.map((days) => [days, 0]));
  const each = everyApplication(ports.applications, IN_USE);
  await runRefillPool(
    CALLS_IN_FLIGHT,
    async () => (await each.next()).value as Application | undefined,
    async (application) => {
      const notice = await watchOne(ports, application);
      if (notice !== undefined) counts.set(notice, (counts.get(notice) ?? 0) + 1);
    },
  );
  for (const [days, contracts] of counts) ports.gauge(`ContractsExpiring${days}`, contracts, 'Count');
  ports.count('ExpiryWatchHeartbeat');
};

const watchOne = async (ports: OnboardPorts, application: Application): Promise<ExpiryNotice | undefined> => {
  const { applicationId, version } = application;
  const now = ports.clock();
  const answer = await ports.epost.getApprNo(application.customerNo);
  if (answer.outcome !== 'ok') ports.count('ExpiryUnanswered');
  const approval = approvalIn(answer, application.approvalNo);
  const end = approval?.expiresOn ?? application.approvalExpiresAt?.replaceAll('-', '');
  const notice = end === undefined ? undefined : noticeFor(end, now);
  if (approval === undefined) return notice;
  const checks: Check[] = [{ ...approvalExpiry(approval, koreanDay(now)), at: now }];
  const expiresAt = end && `${end.slice(0, 4)}-${end.slice(4, 6)}-${end.slice(6)}`;
  const renewed = expiresAt !== application.approvalExpiresAt;
  const tell = notice !== undefined && (renewed || notice < (application.expiryNotice ?? Infinity));
  if (!renewed && !tell && saySame(application.checks, checks)) return notice;
  const command = {
    do: 'checks' as const,
    checks,
    ...(expiresAt && { approvalExpiresAt: expiresAt }),
    ...(tell && { expiryNotice: notice }),
  };
  // Someone was first: tomorrow's watch sees it as it is then.
  await decide(ports, { applicationId, command, actor: SYSTEM, version });
  return notice;
};

/** The nearest notice an end date (yyyymmdd, KST) calls for; none once it is over. */
export const noticeFor = (end: string, now: number): ExpiryNotice | undefined => {
  const dayOf = (day: string) => Date.UTC(+day.slice(0, 4), +day.slice(4, 6) - 1, +day.slice(6)) / DAY_MS;
  const days = dayOf(end) - dayOf(koreanDay(now));
  if (days < 0) return undefined;
  return EXPIRY_NOTICES.toReversed().find((notice) => days <= notice);
};

/** Any zip code will do: it is being asked that keeps the key alive. */
const SOME_ZIP = '04524';

/**
 * Uses the carrier's key once, so that it does not lapse in a quiet month (30 idle days). Only ePost's own answer
 * counts as a sign of life; its silence or works fail this beat, and its alarm makes someone look.
 */
export const beatKeys = async (ports: Pick<OnboardPorts, 'epost' | 'count' | 'gauge'>): Promise<void> => {
  const answer = await ports.epost.getStoppedZip(SOME_ZIP);
  const alive = answer.outcome === 'ok';
  ports.count('KeyHeartbeat', alive ? 1 : 0);
  ports.gauge('KeyHeartbeatFailed', alive ? 0 : 1, 'Count');
};
