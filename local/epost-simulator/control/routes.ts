import type { IncomingMessage, ServerResponse } from 'node:http';
import { readBody } from '../wire/read-body.ts';
import type { SimulatorControl } from './control.ts';
import { readFault, readJourneyOrder } from './orders.ts';
import { controlPage } from './page.ts';

type Input = Readonly<Record<string, unknown>>;
type Answer = { status: number; json: unknown; notice?: string };
type Route = (input: Input, control: SimulatorControl) => Answer;

/** Forms of the page and JSON clients use the same routes. */
const routes: Record<string, Route> = {
  'POST /control/faults': addFault,
  'DELETE /control/faults': clearFaults,
  'POST /control/faults/clear': clearFaults,
  'POST /control/faults/remove': removeFault,
  'POST /control/journeys': orderJourney,
  'POST /control/switches': putSwitches,
  'POST /control/counts/reset': resetCounts,
  'GET /control/state': (_input, control) => ({ status: 200, json: control.state() }),
};

/**
 * Serves /control: a page for people, JSON for programs. A form is answered by a redirect back to the page, JSON
 * by JSON; what cannot be read is 400 with a sentence.
 */
export async function serveControl(
  request: IncomingMessage,
  response: ServerResponse<IncomingMessage>,
  url: URL,
  control: SimulatorControl,
): Promise<void> {
  const method = request.method ?? 'GET';
  if (method === 'GET' && url.pathname === '/') return redirect(response, '/control');
  if (method === 'GET' && url.pathname === '/control') {
    return sendPage(response, 200, controlPage(control.state()));
  }
  const route = routes[`${method} ${url.pathname}`];
  if (route === undefined) return sendJson(response, 404, { error: `nothing at ${method} ${url.pathname}` });
  if (method !== 'GET' && fromElsewhere(request)) {
    return sendJson(response, 403, { error: 'requests from another site are refused' });
  }
  const form = (request.headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded');
  const input = readInput(await readBody(request), form);
  const answer: Answer = input === null ? problem('the body is not JSON') : route(input, control);
  if (!form) return sendJson(response, answer.status, answer.json);
  if (answer.status < 400) return redirect(response, '/control');
  return sendPage(response, answer.status, controlPage(control.state(), answer.notice ?? ''));
}

function addFault(input: Input, control: SimulatorControl): Answer {
  const read = readFault(input);
  if (read.outcome === 'unreadable') return problem(read.problem);
  return { status: 201, json: { id: control.setFault(read.value) } };
}

function clearFaults(_input: Input, control: SimulatorControl): Answer {
  control.clearFaults();
  return { status: 200, json: { faults: [] } };
}

function removeFault(input: Input, control: SimulatorControl): Answer {
  return { status: 200, json: { removed: control.removeFault(String(input['id'] ?? '')) } };
}

function orderJourney(input: Input, control: SimulatorControl): Answer {
  const read = readJourneyOrder(input);
  if (read.outcome === 'unreadable') return problem(read.problem);
  const order = read.value;
  if (order.verb === 'play') {
    return { status: 200, json: { played: control.playJourneys(order.which, order.until) } };
  }
  control.setJourney(order.orderNo, order.plan);
  return { status: 200, json: { orderNo: order.orderNo, plan: order.plan } };
}

function putSwitches(input: Input, control: SimulatorControl): Answer {
  const wrong = control.putSwitches(input);
  if (wrong !== null) return problem(wrong);
  return { status: 200, json: { switches: control.state().switches } };
}

function resetCounts(_input: Input, control: SimulatorControl): Answer {
  control.resetCounts();
  return { status: 200, json: {} };
}

function problem(sentence: string): Answer {
  return { status: 400, json: { error: sentence }, notice: sentence };
}

/** A page of another site must not switch faults on through somebody's browser. */
function fromElsewhere(request: IncomingMessage): boolean {
  const { origin } = request.headers;
  return origin !== undefined && origin !== `http://${request.headers.host ?? ''}`;
}

function readInput(body: string, form: boolean): Input | null {
  if (form) return Object.fromEntries(new URLSearchParams(body));
  if (body === '') return {};
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? (value as Input) : null;
  } catch {
    return null;
  }
}

function redirect(response: ServerResponse, to: string): void {
  response.writeHead(303, { Location: to }).end();
}

function sendJson(response: ServerResponse, status: number, json: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8' }).end(JSON.stringify(json));
}

function sendPage(response: ServerResponse, status: number, page: string): void {
  response.writeHead(status, { 'Content-Type': 'text/html; charset=utf-8' }).end(page);
}
