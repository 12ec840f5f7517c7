import type { Severity } from './alarm-topics.ts';

/** What the mail of an alarm begins with: how urgent it is, who is hurt, and where it is written what to do. */
export function describeAlarm(said: { severity: Severity; impact: string; runbook: string }): string {
  return `[${said.severity}] ${said.impact} What to do: docs/runbook.md#${said.runbook}`;
}
