/** Who may do what to which object, at every address of the console as it is deployed. */
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routesOf } from '../../../functions/admin/app.tsx';
import { registry } from '../../../functions/admin/pages.ts';
import { allows, type Role, ROLES } from '../../../functions/admin/role.ts';
import { tablesOf } from '../../../local/demo/tables.ts';
import { crawl } from './crawl.ts';
import { type Deployed, openDeployed, visit, type Visitor } from './house.ts';

let house: Deployed;
let nobody: Visitor;
const people = {} as Record<Role, Visitor>;
/** real addresses of every page */
let addresses: Map<string, string[]>;

beforeAll(async () => {
  house = await openDeployed();
  nobody = await visit(house.console);
  for (const role of ROLES) people[role] = await visit(house.console, role);
  addresses = await crawl(people.manage, registry.pages, await shipmentsOf(house));
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
  const real = () =>
    method === 'GET'
      ? (addresses.get(pagePath) ?? []).map((at) => (twin ? `/api${at === '/' ? '' : at}` : at))
      : [];
  const ask = (who: Visitor, at: string, fields?: Record<string, string>) =>
    method === 'GET' ? who.get(at) : who.post(at, fields);
  const objects = () => [...real(), ...(path.includes(':') ? ODD.map((id) => filled(path, id)) : [])];

  it('tells a stranger nothing', async () => {
    for (const at of objects()) {
      const answer = await ask(nobody, at);
      expect([at, answer.status]).toEqual([at, method === 'GET' && !twin ? 302 : 401]);
      if (method === 'GET') expect((await answer.text()).length).toBeLessThan(100);
    }
  });

  it.each(ROLES)('serves %s as the role may', async (role) => {
    for (const at of objects()) {
      const answer = await ask(people[role], at, { _csrf: 'x' });
      const text = await answer.text();
      const may = allows(role, needs as Role);
      const forbidden =
        answer.status === 403 && (twin ? text.includes('forbidden') : text.includes(NOT_ALLOWED));
      expect([at, forbidden]).toEqual([at, !may]);
      expect(answer.status).toBeLessThan(500);
      if (may && real().includes(at))
        expect([at, [200, 303]]).toEqual([at, expect.arrayContaining([answer.status])]);
    }
  });

  it.runIf(path.includes(':'))('knows no object that is none, and breaks at none', async () => {
    const fields = { _confirmed: '1', _reason: '시험', _phrase: '삭제' };
    for (const id of ODD) {
      const answer = await ask(people.manage, filled(path, id), fields);
      expect([id, [400, 404, 409, 422].includes(answer.status) ? 'refused' : answer.status]).toEqual([
        id,
        'refused',
      ]);
    }
  });
});
