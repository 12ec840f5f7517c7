/** Sends what is due, each message at most once. */
import type { Clock } from '../runtime/clock.ts';
import type { Claimed, Ending } from './message.ts';
import type { Messages } from './messages.store.ts';
import { allowedAt } from './quiet-hours.ts';
import { toRecipient } from './recipient.ts';
import type { Published, PublishSms } from './sms.client.ts';
import { checkSmsText } from './sms-text.ts';

export interface SendSmsPorts {
  messages: Pick<Messages, 'due' | 'silent' | 'claim' | 'postpone' | 'settle' | 'giveUp' | 'count'>;
  publish: PublishSms;
  clock: Clock;
  count: (name: string, value?: number) => void;
  gauge: (name: string, value: number, unit: 'Seconds' | 'Count') => void;
}
export interface SendSmsSettings {
  quietHours: boolean;
  priceMicroUsd: number;
  /** epoch ms: no new message is taken after it */
  stopAt: number;
}

/** Longer than an invocation can last: who holds a claim for so long is dead. */
export const SILENT_MS = 5 * 60_000;
/** What is certainly not out is tried 1, 2, 4, 8, 16 and 32 minutes later, then an operator must look. */
const MOST_TRIES = 7;
const FIRST_WAIT_MS = 60_000;

/**
 * The second time, or at the same time: a message is sent by whoever claims it first, and by nobody after that. An
 * invocation that dies between claim and ending leaves `sending`, which becomes `unknown` and stays so (P16).
 * @throws when the store cannot be reached; what was claimed then counts as unknown
 */
export const sendDue = async (ports: SendSmsPorts, settings: SendSmsSettings): Promise<void> => {
  await giveUpSilent(ports);
  const oldest = await (isQuiet(ports, settings) ? postponeDue(ports) : sendAll(ports, settings));
  ports.gauge('SmsOldestDueSeconds', oldest, 'Seconds');
  ports.gauge('SmsFailedOpen', await ports.messages.count('failed'), 'Count');
  ports.gauge('SmsUnknownOpen', await ports.messages.count('unknown'), 'Count');
  ports.count('SmsHeartbeat');
};

const giveUpSilent = async ({ messages, clock, count }: SendSmsPorts): Promise<void> => {
  for (const message of await messages.silent(clock() - SILENT_MS))
    if (await messages.giveUp(message)) count('SmsUnknown');
};

const isQuiet = ({ clock }: SendSmsPorts, { quietHours }: SendSmsSettings): boolean =>
  quietHours && allowedAt(clock()) > clock();

/** The record says when it will go, so the console can. */
const postponeDue = async ({ messages, clock }: SendSmsPorts): Promise<number> => {
  const now = clock();
  for await (const page of messages.due(now))
    for (const message of page) await messages.postpone(message, allowedAt(now));
  return 0;
};

/** Seconds by which the one that waited longest was late; those left for the next run count too. */
const sendAll = async (ports: SendSmsPorts, settings: SendSmsSettings): Promise<number> => {
  let oldest = 0;
  for await (const page of ports.messages.due(ports.clock()))
    for (const message of page) {
      const now = ports.clock();
      oldest = Math.max(oldest, Math.round((now - message.sendAt) / 1000));
      if (now >= settings.stopAt || isQuiet(ports, settings)) return oldest;
      const claimed = await ports.messages.claim(message.messageId, now);
      if (claimed !== undefined) await sendOne(ports, settings, claimed);
    }
  return oldest;
};

const sendOne = async (ports: SendSmsPorts, settings: SendSmsSettings, claimed: Claimed): Promise<void> => {
  const ending = await tryOnce(ports, settings, claimed);
  ports.count(METRICS[ending.state]);
  await ports.messages.settle(claimed, ending, ports.clock());
};

const METRICS: Record<Ending['state'], string> = {
  sent: 'SmsSent',
  failed: 'SmsFailed',
  unknown: 'SmsUnknown',
  pending: 'SmsPutBack',
};

/** Looked at once more: whatever wrote the row, nothing else than one SMS to a 010 mobile leaves. */
const tryOnce = async (
  ports: SendSmsPorts,
  { priceMicroUsd }: SendSmsSettings,
  { to, text, tries }: Claimed,
): Promise<Ending> => {
  const recipient = toRecipient(to);
  if (recipient.outcome === 'refused') return { state: 'failed', failure: 'recipient-refused' };
  const checked = checkSmsText(text);
  if (checked.outcome === 'refused') return { state: 'failed', failure: 'text-refused' };
  const published = await ports.publish(recipient.e164, checked.text);
  const paid = published.outcome === 'taken' || published.outcome === 'unknown';
  if (paid) ports.count('SmsSpendMicroUsd', priceMicroUsd);
  return endingOf(published, tries, ports.clock());
};

const endingOf = (published: Published, tries: number, now: number): Ending => {
  switch (published.outcome) {
    case 'taken':
      return { state: 'sent', providerId: published.providerId };
    case 'refused':
      return { state: 'failed', failure: published.code };
    case 'unknown':
      return { state: 'unknown', failure: published.code };
    case 'not-taken':
      return tries >= MOST_TRIES
        ? { state: 'failed', failure: published.code }
        : { state: 'pending', failure: published.code, sendAt: now + FIRST_WAIT_MS * 2 ** (tries - 1) };
  }
};
