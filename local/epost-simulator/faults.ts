import type { Operation } from './wire/operations.ts';

/** Every way a call can go wrong, and whether the order is booked all the same. */
export const faultKinds = {
  slow: '느린 응답 (delayMs만큼 늦게 처리하고 답합니다)',
  maintenance: '작업 안내 페이지 (HTML, 404)',
  'html-200': '작업 안내 페이지 (HTML, 200)',
  'timeout-before': '접수하지 않고 응답도 없음',
  'timeout-after': '접수하고 응답 없음',
  'reset-before': '접수하지 않고 연결 끊김',
  'reset-after': '접수하고 연결 끊김',
  'http-500': 'HTTP 500, 접수하지 않음',
  'http-500-after': 'HTTP 500, 접수함',
  garbled: '접수하고 깨진 XML',
  truncated: '접수하고 잘린 XML',
  oversize: '접수하고 2MB 응답',
  redirect: '오류 페이지로 302 이동, 접수하지 않음',
  'wrong-number': '보낸 번호와 다른 운송장번호로 응답',
  error: '지정한 오류 코드로 응답 (code, message)',
  quota: '호출 한도 초과·부하 (ERR-131 또는 data.go.kr 22)',
  'not-yet': '조회결과 없음 (ERR-001)',
} as const;

export type FaultKind = keyof typeof faultKinds;

/** A fault to switch on. `match` compares decoded request fields; trace numbers are matched as `regiNo`. */
export interface Fault {
  kind: FaultKind;
  operation?: Operation;
  /** 0 to 1, default 1. */
  probability?: number;
  /** How many calls it hits before it switches itself off; default: until cleared. */
  times?: number;
  match?: Readonly<Record<string, string>>;
  /** Real milliseconds: of delay for `slow` (a pair draws between the two), of silence for the timeouts. */
  delayMs?: number | readonly [number, number];
  code?: string;
  message?: string;
}

export interface ActiveFault extends Fault {
  id: string;
  hits: number;
}

export interface Faults {
  set(fault: Fault): string;
  remove(id: string): boolean;
  clear(): void;
  list(): ActiveFault[];
  /** The delay and the first other fault that hit this call; draws and counts down as it does so. */
  pick(operation: Operation, fields: ReadonlyMap<string, string>): { delayMs: number; fault: Fault | null };
}

/** Holds the faults switched on now. `random` answers 0 ≤ x < 1 and decides probabilities and delay ranges. */
export function createFaults(random: () => number): Faults {
  let active: ActiveFault[] = [];
  let next = 1;

  const hits = (fault: ActiveFault, operation: Operation, fields: ReadonlyMap<string, string>) => {
    if (fault.operation !== undefined && fault.operation !== operation) return false;
    if (fault.times !== undefined && fault.hits >= fault.times) return false;
    for (const [name, value] of Object.entries(fault.match ?? {})) {
      if (fields.get(name) !== value) return false;
    }
    return fault.probability === undefined || random() < fault.probability;
  };

  return {
    set: (fault) => {
      const id = `f${next++}`;
      active.push({ ...fault, id, hits: 0 });
      return id;
    },
    remove: (id) => {
      const before = active.length;
      active = active.filter((fault) => fault.id !== id);
      return active.length < before;
    },
    clear: () => {
      active = [];
    },
    list: () => active.map((fault) => ({ ...fault })),
    pick: (operation, fields) => {
      let delayMs = 0;
      let chosen: Fault | null = null;
      for (const fault of active) {
        if (chosen !== null && fault.kind !== 'slow') continue;
        if (!hits(fault, operation, fields)) continue;
        fault.hits += 1;
        if (fault.kind === 'slow') delayMs += drawDelay(fault.delayMs, 1_000, random);
        else chosen = fault;
      }
      active = active.filter((fault) => fault.times === undefined || fault.hits < fault.times);
      return { delayMs, fault: chosen };
    },
  };
}

/** One delay in ms: the number itself, a draw from the pair, or the fallback. */
export function drawDelay(delay: Fault['delayMs'], fallback: number, random: () => number): number {
  if (delay === undefined) return fallback;
  if (typeof delay === 'number') return delay;
  return Math.round(delay[0] + random() * (delay[1] - delay[0]));
}

/** A repeatable stream of numbers 0 ≤ x < 1 (mulberry32), so that a run can be told again by its seed. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
