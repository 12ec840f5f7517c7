import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { Call } from './call.ts';
import { matchFields } from './call.ts';
import type { Fault, Faults } from '../faults.ts';
import { drawDelay } from '../faults.ts';
import { isShipOperation } from './operations.ts';
import { answerShipCall } from '../ship/ship-door.ts';
import { withOtherNumber } from '../ship/insert-order.ts';
import { answerBizTrace } from '../trace/biz-trace.ts';
import type { DailyUse } from '../trace/data-go-kr.ts';
import { answerDataGoKr, combinedNotYet, domesticNotYet, gatewayError } from '../trace/data-go-kr.ts';
import type { World } from '../office/world.ts';
import { refuse, renderBareError, renderShipReply } from './xml.ts';

export interface CarrierDoor {
  world: World;
  faults: Faults;
  key: string;
  traceKey: string;
  /** Days' use of the data.go.kr quota. */
  used: DailyUse;
  random: () => number;
  /** Aborted when the simulator stops: nothing is booked after that. */
  stopping: AbortSignal;
}

interface Wire {
  status: number;
  type: string;
  body: string;
  location?: string;
}

const SILENCE_MS = 600_000;
const MAINTENANCE =
  '<!DOCTYPE html><html lang="ko"><head><meta charset="utf-8"><title>작업 안내</title></head>' +
  '<body><h1>전산시스템 작업 안내</h1><p>서비스가 일시 중단됩니다.</p></body></html>';

/**
 * Answers one carrier call with the faults switched on now. `finish` ends the call in the statistics. A slow call
 * is booked after its delay whether or not the caller still waits, as a real service would (late acceptance).
 */
export async function serveCall(
  door: CarrierDoor,
  call: Call,
  response: ServerResponse<IncomingMessage>,
  finish: () => void,
): Promise<void> {
  const { delayMs, fault } = door.faults.pick(call.operation, matchFields(call));
  if (delayMs > 0) await pause(delayMs, door.stopping);
  if (door.stopping.aborted) return;
  const early = beforeBooking(door, call, fault);
  const wire = early ?? afterBooking(fault, xml(answerCall(door, call, fault)));
  if (wire === 'silence') {
    await pause(drawDelay(fault?.delayMs, SILENCE_MS, door.random), door.stopping, response);
    finish();
    response.destroy();
    return;
  }
  finish();
  if (wire === 'reset') response.socket?.resetAndDestroy();
  else send(response, wire);
}

function beforeBooking(
  door: CarrierDoor,
  call: Call,
  fault: Fault | null,
): Wire | 'silence' | 'reset' | null {
  switch (fault?.kind) {
    case 'maintenance':
      return { status: 404, type: 'text/html', body: MAINTENANCE };
    case 'html-200':
      return { status: 200, type: 'text/html', body: MAINTENANCE };
    case 'http-500':
      return { status: 500, type: 'text/html', body: '<html><body>Internal Server Error</body></html>' };
    case 'redirect':
      return { status: 302, type: 'text/html', body: '', location: '/error.html' };
    case 'timeout-before':
      return 'silence';
    case 'reset-before':
      return 'reset';
    case 'error':
    case 'quota':
    case 'not-yet':
      return xml(chosenError(door, call, fault));
    default:
      return null;
  }
}

function afterBooking(fault: Fault | null, wire: Wire): Wire | 'silence' | 'reset' {
  switch (fault?.kind) {
    case 'timeout-after':
      return 'silence';
    case 'reset-after':
      return 'reset';
    case 'http-500-after':
      return { status: 500, type: 'text/html', body: '<html><body>Internal Server Error</body></html>' };
    case 'garbled':
      return { ...wire, body: wire.body.replaceAll('</', '<\u0000').replaceAll(']]>', ']>') };
    case 'truncated':
      return { ...wire, body: wire.body.slice(0, Math.floor(wire.body.length / 2)) };
    case 'oversize':
      return { ...wire, body: wire.body + ' '.repeat(2_000_000) };
    default:
      return wire;
  }
}

function answerCall(door: CarrierDoor, call: Call, fault: Fault | null): string {
  const { world } = door;
  const { operation } = call;
  if (isShipOperation(operation)) {
    const reply = answerShipCall(operation, call, world, door.key);
    return renderShipReply(
      fault?.kind === 'wrong-number' ? withOtherNumber(reply, world) : reply,
      world.switches,
    );
  }
  if (operation === 'trace') return answerBizTrace(call, world, door.traceKey);
  return answerDataGoKr(operation, call, world, door);
}

/** The error a fault asks for, in the shape of the operation it hit. */
function chosenError({ world }: CarrierDoor, { operation, parameters }: Call, fault: Fault): string {
  const usual = { quota: 'ERR-131', 'not-yet': 'ERR-001' } as Partial<Record<string, string>>;
  const code = usual[fault.kind] ?? fault.code ?? 'ERR-531';
  const message = fault.message ?? (code === 'ERR-001' ? '조회결과가 없습니다.' : '시스템 오류입니다.');
  if (isShipOperation(operation)) return renderShipReply(refuse(code, message), world.switches);
  if (operation === 'trace') return renderBareError(code, message, world.switches);
  if (code !== 'ERR-001') return gatewayError(code === '30' ? '30' : '22');
  return operation === 'domesticList'
    ? domesticNotYet(world)
    : combinedNotYet(parameters.get('rgist') ?? '', world);
}

function xml(body: string): Wire {
  return { status: 200, type: 'text/xml', body };
}

function send(response: ServerResponse<IncomingMessage>, wire: Wire): void {
  response.statusCode = wire.status;
  response.setHeader('Content-Type', `${wire.type}; charset=UTF-8`);
  if (wire.location !== undefined) response.setHeader('Location', wire.location);
  response.end(wire.body);
}

/** Waits real time; ends early when the simulator stops or, where a response is given, when its caller leaves. */
async function pause(ms: number, stopping: AbortSignal, response?: ServerResponse): Promise<void> {
  const gone = new AbortController();
  response?.once('close', () => gone.abort());
  if (response?.destroyed === true) gone.abort();
  try {
    await wait(ms, undefined, { signal: AbortSignal.any([stopping, gone.signal]) });
  } catch (error) {
    if (!stopping.aborted && !gone.signal.aborted) throw error;
  }
}
