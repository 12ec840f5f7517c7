import * as z from 'zod/mini';
import { present } from '../runtime/environment.ts';
import { SWITCHABLE } from './templates.ts';

/** What a function that words messages needs (the console, the platform's door, the onboarding work): spread it. */
export const wordingFields = {
  /** stands in brackets before every text */
  SMS_SENDER_NAME: present,
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
export type WordingEnvironment = z.input<typeof wordingEnvironment>;
