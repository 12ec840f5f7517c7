import { randomBytes } from 'node:crypto';
import { handle, type LambdaEvent } from 'hono/aws-lambda';
import { busClient, documentClient, queueClient, secretsClient } from '../runtime/aws.ts';
import { systemClock as clock } from '../runtime/clock.ts';
import { readEnvironment } from '../runtime/environment.ts';
import { lambda } from '../runtime/lambda.ts';
import { count, logger } from '../runtime/observe.ts';
import { adminEnvironment } from './admin.environment.ts';
import { createConsole } from './app.tsx';
import { assets } from './bundled-assets.ts';
import { createOnce } from './door/once.store.ts';
import { createSessions } from './door/session.store.ts';
import { createSignIn } from './door/sign-in.client.ts';
import { createSignInSecretReader } from './door/sign-in-secret.client.ts';
import { registry } from './pages.ts';
import { createDemoReader, createPorts } from './ports.store.ts';

const settings = readEnvironment(adminEnvironment);
const doc = documentClient();
const logoutUrl = settings.OIDC_LOGOUT_URL || settings.OIDC_ISSUER;
const issuer = { issuer: settings.OIDC_ISSUER, clientId: settings.OIDC_CLIENT_ID };
const readSecret = createSignInSecretReader(secretsClient(), settings.OIDC_SECRET_ID, clock);
const limits = {
  idleMs: settings.SESSION_IDLE_MINUTES * 60_000,
  absoluteMs: settings.SESSION_HOURS * 3_600_000,
};
const app = createConsole({
  registry,
  ports: createPorts(settings, { doc, sqs: queueClient(), bus: busClient(), clock, count }),
  sessions: createSessions(doc, settings.SESSIONS_TABLE, limits),
  limits,
  once: createOnce(doc, settings.SESSIONS_TABLE, limits),
  signIn: createSignIn({ ...issuer, logoutUrl: settings.OIDC_LOGOUT_URL ?? '', readSecret }),
  assets,
  stage: settings.STAGE,
  version: settings.VERSION ?? '',
  ...(settings.CONSOLE_URL && { origin: new URL(settings.CONSOLE_URL).origin }),
  logoutOrigins: [new URL(logoutUrl).origin],
  demo: createDemoReader(doc, settings.OPERATIONS_TABLE, clock),
  random: () => randomBytes(32).toString('base64url'),
  report: (error, requestId) =>
    logger.error('console request failed', { error: (error as Error | undefined)?.name, requestId }),
});
const answer = handle(app);

/** The operators' console, behind its own Function URL. */
export const handler = lambda<LambdaEvent, Awaited<ReturnType<typeof answer>>>((event, context) =>
  answer(event, context as never),
);
