import * as z from 'zod/mini';
import { wordingFields } from '../notification/wording.environment.ts';
import { present, wholeNumber } from '../runtime/environment.ts';
import { failedQueues } from './failed-queues.environment.ts';

const LOCAL_HOSTS: readonly string[] = ['localhost', '127.0.0.1'];

/** Plain http is for one's own machine alone. */
const secureOrLocal = (text: string): boolean => {
  const url = URL.parse(text);
  if (url === null) return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && LOCAL_HOSTS.includes(url.hostname));
};
const url = z.string().check(z.refine(secureOrLocal, 'must be https, or http on localhost'));
const optionalUrl = z.union([z.literal(''), url]);

export const adminEnvironment = z.object({
  APPLICATIONS_TABLE: present,
  AUDIT_TABLE: present,
  MESSAGES_TABLE: present,
  SESSIONS_TABLE: present,
  CONTRACTS_TABLE: present,
  OPERATIONS_TABLE: present,
  POOLS_TABLE: present,
  LEDGER_TABLE: present,
  SHIPMENTS_TABLE: present,
  BUS_NAME: present,
  ONBOARDING_QUEUE_URL: present,
  JOBS_QUEUE_URL: present,
  TRANSMISSION_QUEUE_URL: present,
  TRACKING_QUEUE_URL: present,
  FAILED_QUEUES: failedQueues,
  /** tracking calls a KST day; 0 = the source has no quota */
  DAILY_QUOTA: wholeNumber(0, 100_000_000),
  /** which tracking service that quota is counted for */
  TRACKING_SOURCE: present,
  /** hours between two scheduled tracking rounds */
  TRACKING_HOURS: wholeNumber(1, 24),
  /** names the stage; `local`, `dev` and `prod` have Korean names of their own */
  STAGE: present,
  /** `iss` of the id tokens; its discovery document is read at the first sign-in */
  OIDC_ISSUER: url,
  OIDC_CLIENT_ID: present,
  /** secret with JSON {"cookieKey":"≥ 32 characters","clientSecret":"only where the issuer gave one"} */
  OIDC_SECRET_ID: present,
  /** where the issuer ends its own session; empty: what its discovery document says, if anything */
  OIDC_LOGOUT_URL: z.optional(optionalUrl),
  /** origin the operators see; empty: the Function URL's own */
  CONSOLE_URL: z.optional(optionalUrl),
  /** shown in the footer */
  VERSION: z.optional(z.string()),
  /** a session ends after this long without a request, and after this long in all */
  SESSION_IDLE_MINUTES: z._default(wholeNumber(5, 43_200), 30),
  SESSION_HOURS: z._default(wholeNumber(1, 720), 9),
  ...wordingFields,
});
/** What lib/ must set. */
export type AdminEnvironment = z.input<typeof adminEnvironment>;
/** What the handler reads. */
export type AdminSettings = z.infer<typeof adminEnvironment>;
