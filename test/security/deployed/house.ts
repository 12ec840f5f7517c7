/** The whole product from its deployed bundles, in this process: what every function wrote and every event told. */
import type { BusEvent } from '../../../local/cloud/events/event-shape.ts';
import { DEMO_CONTRACTS } from '../../../local/demo/contracts.ts';
import { type House, openHouse } from '../../../local/demo/house.ts';
import { portsFrom } from '../../../local/terminal/ports.ts';
import { freePort } from '../../local/terminal/running.ts';

export interface Deployed extends House {
  /** as operators write it; the session's cookie belongs to it */
  console: string;
  /** lines of the functions' output, metrics included */
  lines: { line: string; by: string }[];
  events: BusEvent[];
}

/** Starts it with demonstration data; nothing but the test moves its clock. */
export const openDeployed = async (): Promise<Deployed> => {
  const lines: Deployed['lines'] = [];
  const events: BusEvent[] = [];
  const ports = portsFrom(await freePort());
  const house = await openHouse({
    ports,
    speed: 1,
    contracts: DEMO_CONTRACTS,
    further: [],
    demoData: true,
    onEvent: (event) => events.push(event),
    log: (line, by) => lines.push({ line, by }),
  });
  return Object.assign(house, { lines, events, console: `http://localhost:${ports.console}` });
};

export const PEOPLE = { view: 'local-viewer', review: 'local-reviewer', manage: 'local-manager' } as const;

export interface Visitor {
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  /** As a browser sends a form of the console, its token and a fresh key included. */
  post(path: string, fields?: Record<string, string | readonly string[]>): Promise<Response>;
}

/** A visitor without a session, or one who came in through the development issuer. */
export const visit = async (console: string, who?: keyof typeof PEOPLE): Promise<Visitor> => {
  const cookie = who === undefined ? '' : await signIn(console, who);
  const ask = (path: string, init: RequestInit) =>
    fetch(new URL(path, console), { redirect: 'manual', ...init, headers: { cookie, ...init.headers } });
  const get: Visitor['get'] = (path, headers = {}) => ask(path, { headers });
  const token =
    who && /name="_csrf" value="([^"]+)"/.exec(await (await get('/settings/display')).text())?.[1];
  let forms = 0;
  return {
    get,
    post: (path, fields = {}) =>
      ask(path, {
        method: 'POST',
        body: formOf({
          ...(token && { _csrf: token }),
          _once: `form-of-the-test-${who ?? 'nobody'}-${(forms += 1)}`.padEnd(24, '-'),
          ...fields,
        }),
        headers: { origin: console, 'sec-fetch-site': 'same-origin' },
      }),
  };
};

const formOf = (fields: Record<string, string | readonly string[]>): URLSearchParams =>
  new URLSearchParams(
    Object.entries(fields).flatMap(([name, values]) =>
      [values].flat().map((value): [string, string] => [name, value]),
    ),
  );

/** Begins long work, of parcels that nobody knows; answers where it is watched. */
export const beginJob = async (visitor: Visitor): Promise<string> => {
  const ids = Array.from({ length: 11 }, (_, i) => `nobody-${i}`);
  const answer = await visitor.post('/transmissions/resend', { ids, _confirmed: '1', _reason: '시험' });
  return answer.headers.get('location') ?? '';
};

const cookiesOf = (answer: Response): string =>
  answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');

const signIn = async (console: string, who: keyof typeof PEOPLE): Promise<string> => {
  const by = { redirect: 'manual' } as const;
  const left = await fetch(new URL('/auth/sign-in?to=/settings/display', console), by);
  const authorize = await fetch(`${left.headers.get('location')}&person=${PEOPLE[who]}`, by);
  const back = await fetch(authorize.headers.get('location') ?? '', {
    ...by,
    headers: { cookie: cookiesOf(left) },
  });
  if (back.status !== 303) throw new Error(`The sign-in of ${who} ended with ${back.status}`);
  return cookiesOf(back);
};
