/**
 * The product as it is deployed, from the outside: who may do what to which object at every address of the console, and
 * what neither door lets in or out. One house for all of it, for its start is what takes time.
 */
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routesOf } from '../../../functions/admin/app.tsx';
import { registry } from '../../../functions/admin/pages.ts';
import { allows, type Role, ROLES } from '../../../functions/admin/role.ts';
import { jumpOnce } from '../../../local/demo/pilot.ts';
import { tablesOf } from '../../../local/demo/tables.ts';
import { crawl } from './crawl.ts';
import { theMachineDoor } from './machine-door.ts';
import { nothingPersonal } from './nothing-personal.ts';
import { outputEncoding } from './output-encoding.ts';
import { beginJob, type Deployed, openDeployed, visit, type Visitor } from './house.ts';

let house: Deployed;
let nobody: Visitor;
const people = {} as Record<Role, Visitor>;
/** real addresses of every page */
let addresses: Map<string, string[]>;

beforeAll(async () => {
  house = await openDeployed();
  // A round of tracking, so that there is one to look at.
  await jumpOnce(house);
  nobody = await visit(house.console);
  for (const role of ROLES) people[role] = await visit(house.console, role);
  const starts = [...(await shipmentsOf(house)), await beginJob(people.manage)];
  addresses = await crawl(people.manage, registry.pages, starts);
});
afterAll(() => house.stop());

/** Shipments are found by their numbers; no list leads to them before something is searched. */
const shipmentsOf = async ({ clients, stack }: Deployed): Promise<string[]> => {
  const TableName = tablesOf(stack.outputs).shipments;
  const rows = await clients.doc.send(new ScanCommand({ TableName }));
  return (rows.Items ?? []).map((row) => `/shipments/${row['waybillNumber']}`);
};

const closed = routesOf(registry).filter(({ needs }) => needs !== 'open');
const NOT_ALLOWED = '이 작업을 할 권한이 없습니다';
/** Ids that are none, and texts that would be something else where a path is put together carelessly. */
const ODD = [
  'none',
  '0',
  '..%2F..%2Fsecret',
  '%00',
  '%3Cscript%3E',
  "'%20or%201=1",
  '%ED%95%9C',
  'x'.repeat(900),
  '%E0%A4%A',
];
const filled = (path: string, id: string) => path.replaceAll(/:\w+/g, () => id);

it('every page is reached by following links', () => {
  expect([...addresses].filter(([, found]) => found.length === 0)).toEqual([]);
});

describe.each(closed)('$method $path', ({ method, path, needs }) => {
  const twin = /^\/api(\/|$)/.test(path);
  const pagePath = twin ? path.slice(4) || '/' : path;
  /** addresses of objects that are there */
  const real = () => {
    const found = method === 'GET' ? (addresses.get(pagePath) ?? []) : [];
    return twin ? found.map((at) => `/api${at === '/' ? '' : at}`) : found;
  };
  const objects = () => [...real(), ...(path.includes(':') ? ODD.map((id) => filled(path, id)) : [])];
  const ask = (who: Visitor, at: string) => (method === 'GET' ? who.get(at) : who.post(at, { _csrf: 'x' }));

  it('tells a stranger nothing', async () => {
    for (const at of objects()) {
      const answer = await ask(nobody, at);
      expect([at, answer.status]).toEqual([at, method === 'GET' && !twin ? 302 : 401]);
      if (method === 'GET') expect((await answer.text()).length).toBeLessThan(100);
    }
  });

  it.each(ROLES)('serves %s as the role may', async (role) => {
    for (const at of objects()) {
      const answer = await ask(people[role], at);
      const text = await answer.text();
      const may = allows(role, needs as Role);
      const said = answer.status === 403 && text.includes(twin ? 'forbidden' : NOT_ALLOWED);
      expect([at, said]).toEqual([at, !may]);
      expect(answer.status).toBeLessThan(500);
      if (may && real().includes(at)) expect([200, 303]).toContain(answer.status);
    }
  });
});

describe.each(closed.filter(({ path }) => path.includes(':')))('$method $path', ({ method, path }) => {
  it('knows no object that is none, and breaks at none', async () => {
    const fields = { _confirmed: '1', _reason: '시험', _phrase: '삭제' };
    for (const id of ODD) {
      const at = filled(path, id);
      const answer = method === 'GET' ? await people.manage.get(at) : await people.manage.post(at, fields);
      expect({ at, status: answer.status }).toEqual({ at, status: expect.toBeOneOf([400, 404, 409, 422]) });
    }
  });
});

describe.each(routesOf(registry))('the answer of $method $path', ({ method, path }) => {
  it('carries the headers that protect it, whoever asks', async () => {
    const at = path === '/assets/*' ? '/assets/none.css' : filled(path, 'none');
    for (const who of [nobody, people.view]) {
      const { headers } = method === 'GET' ? await who.get(at) : await who.post(at, { _csrf: 'x' });
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy).toMatch(/^default-src 'none'; /);
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).toContain("base-uri 'none'");
      expect(policy).not.toMatch(/unsafe|\*|http:(?!\/\/localhost)|data:(?! *;)(?<!img-src 'self' data:)/);
      expect(Object.fromEntries(headers)).toMatchObject({
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'strict-transport-security': 'max-age=63072000; includeSubDomains',
        'referrer-policy': 'same-origin',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
      });
      for (const cookie of headers.getSetCookie()) expect(cookie).toMatch(/; HttpOnly; SameSite=Lax$/);
    }
  });
});

theMachineDoor(() => house);
outputEncoding(
  () => house,
  () => people.manage,
  () => [...addresses.values()].flat(),
);
nothingPersonal(
  () => house,
  () => people.manage,
);
