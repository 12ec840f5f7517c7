/** What the console is made of; handed in, so that it runs the same under Lambda and in a test. */
import type { Context as HonoContext } from 'hono';
import type { Assets } from './assets.ts';
import type { Once } from './door/once.store.ts';
import type { Limits, Session } from './door/session.ts';
import type { Sessions } from './door/session.store.ts';
import type { SignIn } from './door/sign-in.client.ts';
import type { Registry } from './page.ts';
import type { Ports } from './ports.ts';

export interface ConsoleParts {
  registry: Registry;
  ports: Ports;
  sessions: Sessions;
  once: Once;
  limits: Limits;
  signIn: SignIn;
  assets: Assets;
  stage: string;
  version: string;
  /** what operators type; undefined: the Function URL itself */
  origin?: string;
  /** origins the issuer may end its session at */
  logoutOrigins: readonly string[];
  /** whether the data are a demonstration */
  demo: () => Promise<boolean>;
  /** 32 fresh random bytes, base64url */
  random: () => string;
  /** a failure nobody expected; the error's message may quote input and is not to be logged */
  report: (error: unknown, requestId: string) => void;
}

/** One request, in the machinery. */
export interface Env {
  Bindings: { lambdaContext?: { awsRequestId: string } };
  Variables: {
    now: number;
    requestId: string;
    /** of the console, without a slash at the end */
    origin: string;
    session: Session | undefined;
  };
}
export type Req = HonoContext<Env>;
