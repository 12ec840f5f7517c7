import { Duration } from 'aws-cdk-lib';
import { count, type Figure, level } from './parts/figure.ts';
import type { Settings } from './settings.ts';

/** What is owed to merchants who apply. */
export function applicationFigures(): Figure[] {
  return [
    {
      ...level('ApplicationsOverdue', 'onboard', 'ApplicationsOverdue'),
      impact: 'Shops: an application was not decided within the promised 3 business days.',
      runbook: 'applications-overdue',
    },
    {
      ...level('ApplicationsDueToday', 'onboard', 'ApplicationsDueToday'),
      impact: 'Shops: an application must be decided today, or the promised 3 business days are over.',
      runbook: 'applications-due-today',
    },
    {
      ...level('CalendarYearMissing', 'onboard', 'CalendarYearMissing'),
      impact:
        'Shops: holidays of a year are not known, so due dates cannot be counted and applications wait.',
      runbook: 'holidays-missing',
    },
    {
      ...level('KeyHeartbeatFailed', 'onboard', 'KeyHeartbeatFailed'),
      impact:
        'Shops: ePost did not answer to our key; a key that lies idle for 30 days lapses for everybody.',
      runbook: 'key-heartbeat',
    },
    {
      ...count('PlatformRequestFailed', 'platform-api', 'PlatformRequestFailed'),
      impact: 'Shops: the platform was answered with an error of ours and must send the application again.',
      runbook: 'platform-api-failing',
    },
  ];
}

/** What merchants are told. */
export function messageFigures({ smsSpendUsdPerDay }: Settings): Figure[] {
  return [
    {
      ...count('SmsFailed', 'send-sms', 'SmsFailed'),
      impact: 'Shops: a merchant was not told of a decision; the SMS was refused for good.',
      runbook: 'sms-failed',
    },
    {
      ...count('SmsUnknown', 'send-sms', 'SmsUnknown'),
      impact:
        'Shops: nobody knows whether a merchant was told of a decision; it is not sent again by itself.',
      runbook: 'sms-failed',
    },
    {
      ...level('SmsLate', 'send-sms', 'SmsOldestDueSeconds'),
      above: 15 * 60,
      impact: 'Shops: messages that are due are not going out.',
      runbook: 'sms-late',
    },
    {
      ...count('SmsSpend', 'send-sms', 'SmsSpendMicroUsd'),
      above: smsSpendUsdPerDay * 1_000_000,
      period: Duration.days(1),
      impact: `Operators: messages cost more than ${smsSpendUsdPerDay} US dollars in a day; SNS stops at its own limit.`,
      runbook: 'sms-spend',
    },
  ];
}
