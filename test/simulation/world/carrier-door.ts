/** ePost in memory: the simulator's post office behind the product's real client, reached by calls that can go wrong. */
import type { TransportAnswer } from '../../../functions/epost/carrier-answer.ts';
import { decryptSeed128Hex } from '../../../functions/epost/seed128.ts';
import type { TransportRequest } from '../../../functions/epost/transport.client.ts';
import { openWorld, type World as Office } from '../../../local/epost-simulator/office/world.ts';
import { withOtherNumber } from '../../../local/epost-simulator/ship/insert-order.ts';
import { answerShipCall } from '../../../local/epost-simulator/ship/ship-door.ts';
import { answerBizTrace } from '../../../local/epost-simulator/trace/biz-trace.ts';
import { type Call, readCall } from '../../../local/epost-simulator/wire/call.ts';
import {
  isShipOperation,
  type Operation,
  operationAt,
} from '../../../local/epost-simulator/wire/operations.ts';
import { refuse, renderShipReply } from '../../../local/epost-simulator/wire/xml.ts';
import type { Agenda } from '../kernel/agenda.ts';
import type { Departures } from '../kernel/departures.ts';
import type { Sandbox } from '../kernel/sandbox.ts';
import type { Tape } from '../kernel/tape.ts';
import { AT_CARRIER, type CarrierFault, canMeetAtCarrier } from './carrier-faults.ts';
import { type Coverage, countHit } from './coverage.ts';
import type { Trouble } from './trouble.ts';

export const CARRIER_KEYS = {
  key: 'canary-auth-key-1f0c',
  securityKey: 'canary-security-77ab',
  traceKey: 'canary-trace-key-9d2e',
} as const;

export interface CarrierDoorOptions {
  agenda: Agenda;
  departures: Departures;
  tape: Tape;
  trouble: Trouble;
  coverage: Coverage;
  /** told after every call that was carried out */
  happened: (operation: Operation, office: Office) => void;
  crash: (sandbox: Sandbox) => void;
  note: (line: () => string) => void;
}
export interface Carrier {
  office: Office;
  ask(sandbox: Sandbox, request: TransportRequest): Promise<TransportAnswer>;
  /** nobody answers, its notice page does, or it does not know our key any more; undefined: it works */
  state: 'unreachable' | 'maintenance' | 'wrong-key' | undefined;
  /** what the next calls of an operation are to meet, in order */
  next: { operation: Operation; fault: CarrierFault }[];
  /** Works from now on, whatever was to be met. */
  recover(): void;
  /** calls carried out so far, by operation */
  done: Map<Operation, number>;
}

/** Longest time between a call and what it does, whatever became of its answer: settle times allow for it. */
const LATEST_MS = 90_000;
const NEVER = new Promise<never>(() => undefined);
const NOTICE =
  '<!DOCTYPE html><html lang="ko"><head><title>작업 안내</title></head><body>전산시스템 작업 안내</body></html>';

export const createCarrier = (options: CarrierDoorOptions): Carrier => {
  const { agenda, tape, note } = options;
  // Its clock is not ours; the product asks for both days within a quarter of an hour around midnight.
  const skew = tape.pick([0, 0, -4000, 30_000, -300_000, 240_000]);
  const lag = { ms: 0 };
  const office = openWorld({ now: () => agenda.now() + skew - lag.ms, seed: 1 });
  // Nobody knows whether it refuses a number twice, so it does not.
  office.switches.repeatedNumber = 'accept';
  const carrier: Carrier = {
    office,
    state: undefined,
    next: [],
    done: new Map(),
    recover: () => {
      carrier.state = undefined;
      carrier.next.length = 0;
    },
    ask: (sandbox, request) => {
      if (sandbox.state === 'dead') return NEVER;
      const operation = operationAt(request.url.pathname);
      if (operation === null) throw new Error(`ePost has nothing at ${request.url.pathname}`);
      const site = `${sandbox.entry} epost ${operation}`;
      sandbox.awaited += 1;
      return new Promise((resolve) => {
        const go = () => depart({ sandbox, request, operation }, site, resolve);
        options.departures.leave({ sandbox, site, content: () => `${request.url.href} ${request.body}`, go });
      });
    },
  };

  const depart = (
    { sandbox, request, operation }: Omit<Asked, 'fault'>,
    site: string,
    resolve: (answer: TransportAnswer) => void,
  ): void => {
    const kinds = AT_CARRIER.filter((kind) => canMeetAtCarrier(kind, operation));
    const fault = options.trouble.forCarrier(site, kinds) ?? due(operation) ?? carrier.state;
    countHit(options.coverage, site, fault ?? 'ok');
    note(
      () => `${sandbox.entry}/${sandbox.id} epost ${operation}${fault === undefined ? '' : ` (${fault})`}`,
    );
    if (fault === 'crash-before') agenda.in(0, () => options.crash(sandbox));
    else exchange({ sandbox, request, operation, fault }, resolve);
  };

  const due = (operation: Operation): CarrierFault | undefined => {
    const at = carrier.next.findIndex((one) => one.operation === operation);
    return at < 0 ? undefined : carrier.next.splice(at, 1)[0]?.fault;
  };
  const exchange = (asked: Asked, resolve: (answer: TransportAnswer) => void) => {
    const { sandbox, request, fault } = asked;
    let answered = false;
    const answer = (ms: number, given: TransportAnswer) =>
      agenda.in(ms, () =>
        sandbox.deliver(() => {
          if (answered) return;
          answered = true;
          sandbox.awaited -= 1;
          resolve(given);
        }),
      );
    const { timeoutMs } = request;
    answer(timeoutMs, { outcome: 'unknown', why: 'timeout' });
    const ended = refusedEarly(fault, timeoutMs);
    if (ended !== undefined) return answer(ended.ms, ended.answer);
    const late = fault === 'late' ? timeoutMs + tape.next(LATEST_MS - timeoutMs) : undefined;
    const there = late ?? 20 + tape.next(150) + (fault === 'slow' ? tape.next(timeoutMs) : 0);
    // What is on its way arrives although our side stands still.
    return agenda.onItsWay(there, () => {
      const body = perform(asked);
      if (fault === 'crash-after') return options.crash(sandbox);
      const given = answerOf(fault, body);
      if (given !== undefined) answer(10 + tape.next(300), given);
      return undefined;
    });
  };

  const perform = ({ operation, request, fault }: Asked): string => {
    const securityKey = fault === 'wrong-key' ? 'another-key-than-ours' : CARRIER_KEYS.securityKey;
    const call = readCall(operation, request.url.searchParams, request.body ?? '', (hex) =>
      decryptSeed128Hex(hex, securityKey),
    );
    if (fault === 'old-answer') lag.ms = 3_600_000 * (1 + tape.next(8));
    const body = isShipOperation(operation) ? ship(operation, call, fault) : trace(call, fault);
    lag.ms = 0;
    carrier.done.set(operation, (carrier.done.get(operation) ?? 0) + 1);
    options.happened(operation, office);
    return body;
  };
  const ship = (
    operation: Parameters<typeof answerShipCall>[0],
    call: Call,
    fault: CarrierFault | undefined,
  ) => {
    const code = fault?.startsWith('ERR-') ? fault : undefined;
    if (code !== undefined) return renderShipReply(refuse(code, '모의 오류입니다.'), office.switches);
    // A number it draws itself nobody could compare with anything.
    const reply = answerShipCall(operation, call, office, CARRIER_KEYS.key);
    return renderShipReply(
      fault === 'other-number' && (call.fields.get('regiNo') ?? '') !== ''
        ? withOtherNumber(reply, office)
        : reply,
      office.switches,
    );
  };
  const trace = (call: Call, fault: CarrierFault | undefined): string => {
    const body = answerBizTrace(call, office, CARRIER_KEYS.traceKey);
    return fault === 'shuffled' ? shuffled(body, tape) : body;
  };
  return carrier;
};

interface Asked {
  sandbox: Sandbox;
  request: TransportRequest;
  operation: Operation;
  fault: CarrierFault | undefined;
}

/** Endings without anything done. */
const refusedEarly = (
  fault: CarrierFault | undefined,
  timeoutMs: number,
): { ms: number; answer: TransportAnswer } | undefined => {
  switch (fault) {
    case 'unreachable':
      return { ms: 30, answer: { outcome: 'unreachable', why: 'ECONNREFUSED' } };
    case 'timeout-before':
      return { ms: timeoutMs, answer: { outcome: 'unknown', why: 'timeout' } };
    case 'reset-before':
      return { ms: 90, answer: { outcome: 'unknown', why: 'reset' } };
    case 'redirect':
      return { ms: 90, answer: { outcome: 'unknown', why: 'redirect' } };
    case 'http-500':
      return { ms: 90, answer: page(500, '<html><body>Internal Server Error</body></html>') };
    case 'maintenance':
      return { ms: 90, answer: page(404, NOTICE) };
    case 'html-200':
      return { ms: 90, answer: page(200, NOTICE) };
    default:
      return undefined;
  }
};

/** What comes back of a call that was carried out; undefined: nothing does. */
const answerOf = (fault: CarrierFault | undefined, body: string): TransportAnswer | undefined => {
  switch (fault) {
    case 'timeout-after':
    case 'late':
      return undefined;
    case 'reset-after':
      return { outcome: 'unknown', why: 'reset' };
    case 'http-500-after':
      return page(500, '<html><body>Internal Server Error</body></html>');
    case 'garbled':
      return page(200, body.replaceAll('</', '<\u0000').replaceAll(']]>', ']>'));
    case 'truncated':
      return page(200, body.slice(0, Math.floor(body.length / 2)));
    default:
      return page(200, body);
  }
};

const page = (status: number, body: string): TransportAnswer => ({ outcome: 'answered', status, body });

/** The same scans in another order. */
const shuffled = (body: string, tape: Tape): string => {
  const items = body.match(/<item>.*?<\/item>/gs) ?? [];
  const order = items.map((item) => ({ item, at: tape.next(1000) })).toSorted((a, b) => a.at - b.at);
  const [first] = items;
  if (first === undefined) return body;
  const start = body.indexOf(first);
  return (
    body.slice(0, start) + order.map(({ item }) => item).join('') + body.slice(start + items.join('').length)
  );
};
