import { afterEach } from 'vitest';
import { encryptSeed128Hex } from '../../../functions/epost/seed128.ts';
import type { EpostSimulator, SimulatorOptions } from '../../../local/epost-simulator/simulator.ts';
import { startEpostSimulator } from '../../../local/epost-simulator/simulator.ts';

export const KEY = 'simulated-auth-key';
export const SECURITY_KEY = '1234567890abcdefghijkl';
export const TRACE_KEY = 'trace+key/=';
/** 2026-11-24 14:20 in Korea. */
export const START = Date.UTC(2026, 10, 24, 5, 20);
export const HOUR = 3_600_000;

export interface PostOffice extends EpostSimulator {
  clock: { now: number };
  /** Calls an encrypted operation with regData in the URL; answers the body. */
  call(operation: string, fields: Fields, search?: string): Promise<string>;
  get(path: string): Promise<Response>;
  trace(number: string, showRec?: 'Y' | 'N'): Promise<string>;
}

export type Fields = Readonly<Record<string, string>>;

const open: EpostSimulator[] = [];
afterEach(async () => {
  for (const office of open.splice(0)) await office.stop();
});

/** A simulator on a free port with a clock the test moves; stopped after the test. */
export async function openOffice(options: Partial<SimulatorOptions> = {}): Promise<PostOffice> {
  const clock = { now: START };
  const simulator = await startEpostSimulator({
    key: KEY,
    securityKey: SECURITY_KEY,
    traceKey: TRACE_KEY,
    now: () => clock.now,
    ...options,
  });
  open.push(simulator);
  const get = (path: string) => fetch(`${simulator.url}${path}`);
  return {
    ...simulator,
    clock,
    get,
    call: async (operation, fields, search = '') =>
      (await get(`/api.${operation}.jparcel?key=${KEY}&regData=${encode(fields)}${search}`)).text(),
    trace: async (number, showRec = 'Y') => {
      const query = `regkey=${encodeURIComponent(TRACE_KEY)}&target=trace&query=${number}&showRec=${showRec}`;
      return (await get(`/KpostPortal/openapi?${query}`)).text();
    },
  };
}

/** regData of fields, written with the security key given. */
export function encode(fields: Fields, securityKey = SECURITY_KEY): string {
  const plaintext = Object.entries(fields).map(([name, value]) => `${name}=${value}`);
  return encryptSeed128Hex(plaintext.join('&'), securityKey);
}

/** A complete InsertOrder; `undefined` in the changes leaves a field out. */
export function order(changes: Readonly<Record<string, string | undefined>> = {}): Fields {
  const fields = {
    custNo: '0011223344',
    apprNo: '1018680001',
    payType: '1',
    reqType: '1',
    officeSer: '06',
    weight: '2',
    volume: '60',
    microYn: 'N',
    orderNo: 'shipment-1',
    ordCompNm: '가상상점',
    recNm: '모수취',
    recZip: '01234',
    recAddr1: '서울 가상구 모의로 1',
    recAddr2: '101호',
    recMob: '01000000000',
    contCd: '029',
    goodsNm: '책',
    printYn: 'N',
    ...changes,
  };
  return Object.fromEntries(
    Object.entries(fields).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

/** The GetResInfo fields that ask for an order on a Korean day. */
export function question(orderNo = 'shipment-1', reqYmd = '20261124', reqType = '1'): Fields {
  return { custNo: '0011223344', reqType, orderNo, reqYmd };
}

/** The text of the first element with exactly this tag; null when it is absent. */
export function read(xml: string, tag: string): string | null {
  return readAll(xml, tag)[0] ?? null;
}

/** The texts of every element with exactly this tag, CDATA taken off. */
export function readAll(xml: string, tag: string): string[] {
  const found = xml.matchAll(
    new RegExp(`<${tag}/>|<${tag}>([^<]*(?:<!\\[CDATA\\[.*?\\]\\]>[^<]*)*)</${tag}>`, 'gs'),
  );
  return [...found].map((match) => (match[1] ?? '').replaceAll(/<!\[CDATA\[|\]\]>/g, ''));
}
