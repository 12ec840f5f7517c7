/** Which events deserve an SMS: a hold always (R39), every other one only where it is switched on. */
import type { HoldReason } from '../merchant/application.ts';
import { holdTemplate } from '../merchant/decision.ts';
import { messageText, type PlainKey, type TemplateKey, type ValuesOf, type Wording } from './templates.ts';

/** Keys that a setting may switch on: those some decision orders. A further text is added here with its first order. */
export const SWITCHABLE = ['approved', 'stopped', 'ended'] as const satisfies readonly TemplateKey[];
export type SwitchableKey = (typeof SWITCHABLE)[number];

export interface SmsSettings extends Wording {
  switchedOn: readonly SwitchableKey[];
}

/** The text for an event, or undefined where its SMS is switched off: give it to the command as `smsText`. */
export const textIfDeserved = <Key extends SwitchableKey>(
  key: Key,
  settings: SmsSettings,
  ...values: ValuesOf<Key>
): string | undefined =>
  settings.switchedOn.includes(key) ? messageText<Key>(key, settings, ...values) : undefined;

/** The text proposed for a hold, which the operator may edit; empty while no reason is chosen. */
export const holdText = (reasons: readonly HoldReason[], wording: Wording): string => {
  const given = [...new Set(reasons)];
  if (given.length === 0) return '';
  const key = holdTemplate(given);
  if (key === 'hold.multi') return messageText(key, wording, { count: given.length });
  return messageText(key as PlainKey, wording);
};
