import * as z from 'zod/mini';
import { checkSmsText } from './sms-text.ts';
import { SWITCHABLE } from './deserving.ts';
import { longestText, TEMPLATE_KEYS } from './templates.ts';

const LONGEST_SUPPORT_NUMBER = '0000-000-0000';

/** A name with which some text would not fit into one SMS is a wrong deployment, found at cold start. */
const leavesRoom = (senderName: string): boolean =>
  TEMPLATE_KEYS.every((key) => {
    const text = longestText(key, { senderName, supportNumber: LONGEST_SUPPORT_NUMBER });
    return checkSmsText(text).outcome === 'fits';
  });

/** What a function that words messages needs (the console, the platform's door, the onboarding work): spread it. */
export const wordingFields = {
  /** stands in brackets before every text; at most 8 CP949 bytes, four syllables */
  SMS_SENDER_NAME: z
    .string()
    .check(z.minLength(1), z.refine(leavesRoom, 'is too long for one SMS, or cannot be sent')),
  /** digits and hyphens */
  SUPPORT_NUMBER: z.string().check(z.regex(/^[0-9-]{8,13}$/)),
  /** template keys sent besides the hold notices, with commas between them; empty: none */
  SMS_SWITCHED_ON: z.pipe(
    z.pipe(
      z.string(),
      z.transform((keys) => keys.split(',').filter((key) => key !== '')),
    ),
    z.array(z.enum(SWITCHABLE)),
  ),
};
export const wordingEnvironment = z.object(wordingFields);
/** As read; `lib/` states them as part of the function's own environment. */
export type WordingSettings = z.output<typeof wordingEnvironment>;
