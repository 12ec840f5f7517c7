/** The one table of SMS texts (console.md 2.5). `{…}` is filled in; sender name and support number are settings. */

/** Template keys; one SMS is always one of these. */
export const TEMPLATE_KEYS = [
  'applied',
  'approved',
  'hold.customer',
  'hold.approval',
  'hold.login',
  'hold.bizno',
  'hold.contract',
  'hold.duplicate',
  'hold.two',
  'hold.multi',
  'hold.other',
  'late',
  'stopped',
  'txfail',
  'band',
  'ended',
] as const;
export type TemplateKey = (typeof TEMPLATE_KEYS)[number];

/** R39 promises an SMS for a hold; every other one is sent only where it is switched on. */
export const SWITCHABLE = ['applied', 'approved', 'late', 'stopped', 'txfail', 'band', 'ended'] as const;
export type SwitchableKey = (typeof SWITCHABLE)[number];
