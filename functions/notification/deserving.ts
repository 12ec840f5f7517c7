/** Which events deserve an SMS: a hold always (R39), every other one only where it is switched on. */
import type { HoldReason } from '../merchant/application.ts';
import { messageText, type PlainKey, type TemplateKey, type ValuesOf, type Wording } from './templates.ts';

/** Keys that a setting may switch on. */
export const SWITCHABLE = [
  'applied',
  'approved',
  'late',
  'stopped',
  'txfail',
  'band',
  'ended',
] as const satisfies readonly TemplateKey[];
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

/** Key of the text a set of hold reasons calls for. An empty set is nobody's hold: it reads as `other`. */
export const holdTemplate = (reasons: readonly HoldReason[]): TemplateKey => {
  const given = new Set(reasons);
  const [only = 'other'] = given;
  if (given.size <= 1) return `hold.${only}`;
  return given.size === 2 && given.has('customer') && given.has('approval') ? 'hold.two' : 'hold.multi';
};

/** The text proposed for a hold; the operator may edit it. */
export const holdText = (reasons: readonly HoldReason[], wording: Wording): string => {
  const key = holdTemplate(reasons);
  if (key === 'hold.multi') return messageText(key, wording, { count: new Set(reasons).size });
  return messageText(key as PlainKey, wording);
};
