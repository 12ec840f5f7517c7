/**
 * The contract between the console's machinery (door, session, layout, JSON, CSV) and its pages.
 * A page reads a model and draws it; an action changes something and says where to go. Both are listed in
 * `pages.ts`; nothing that is not listed there exists, and nothing is shown without a session and a role.
 */
import type { Child } from 'hono/jsx';
import type { Display } from './display.ts';
import type { Form, Parsed, Problem } from './form.ts';
import type { Ports } from './ports.ts';
import type { Role } from './role.ts';

export interface Operator {
  /** the issuer's subject: what the audit holds as `by.id` */
  id: string;
  name: string;
  role: Role;
}

/** One request, for what reads and changes. */
export interface Context {
  ports: Ports;
  /** epoch ms, the same for the whole request */
  now: number;
  operator: Operator;
  requestId: string;
  /** of the path, decoded: `/applications/:id` gives `id` */
  params: Readonly<Record<string, string>>;
  query: URLSearchParams;
  /** `csv` may read more than a screenful */
  as: 'page' | 'json' | 'csv';
}

/** Items of the rail; a page without one of its own belongs to another's. */
export type RailItem =
  | 'overview'
  | 'applications'
  | 'shipments'
  | 'transmissions'
  | 'syncs'
  | 'bands'
  | 'dlq'
  | 'messages'
  | 'audit'
  | 'holidays';
/** Something waits. */
export interface RailCount {
  /** 7, or a word: 부족 */
  shown: number | string;
  /** read after it: "건 처리 필요" */
  means: string;
  tone: 'bad' | 'warn';
}

export interface Notice {
  tone: 'ok' | 'info' | 'warn' | 'bad';
  /** Korean sentence */
  text: string;
  /** where to go on: "다음 신청 보기" */
  link?: { href: string; label: string };
}

/** One request, for what draws. Pure: drawing the same twice gives the same. */
export interface View {
  now: number;
  operator: Operator;
  requestId: string;
  /** path and query as asked */
  path: string;
  query: URLSearchParams;
  /** hidden field `_csrf` of every form: the Form component writes it */
  csrf: string;
  /** hidden field `_once` of every form, fresh with every page: the Form component writes it */
  formKey: string;
  /** what was wrong with the form just sent; [] on a fresh page */
  problems: readonly Problem[];
  /** what was typed, to fill the form again; undefined on a fresh page */
  typed?: Form;
  /** what an action had to show, by name; {} otherwise */
  shown: Readonly<Record<string, string>>;
  display: Display;
}

export type Read<Model> =
  | { outcome: 'found'; model: Model }
  | { outcome: 'not-found' }
  /** e.g. exactly one hit */
  | { outcome: 'redirect'; to: string };

export interface CsvTable {
  /** file name without suffix, ASCII */
  name: string;
  head: readonly string[];
  rows: readonly (readonly (string | number)[])[];
}

export interface Page<Model> {
  /** `/applications/:id`; the JSON twin is under `/api` with the same query, CSV with `?format=csv` */
  path: string;
  role: Role;
  /** which rail item is current */
  rail?: RailItem;
  /** of the browser tab and the printed head line */
  title(model: Model): string;
  crumbs?(model: Model): readonly { href: string; label: string }[];
  /** Plain data only: it is the JSON twin as well. Masked here already, not while drawing. */
  read(context: Context): Promise<Read<Model>>;
  /** What stands inside `main`, its `h1` included. */
  render(model: Model, view: View): Child;
  csv?(model: Model): CsvTable;
  /** seconds between refreshes of `[data-live]` regions; undefined: no more of them */
  refresh?: number | ((model: Model) => number | undefined);
  /** what the rail shows at this page's item; undefined: nothing waits. Remembered for some seconds. */
  waiting?(ports: Ports, now: number): Promise<RailCount | undefined>;
}

/** Asked before it is done; the same value draws the dialog and, without script, a page of its own. */
export interface Confirmation {
  /** a question, ≤ 20 characters or so */
  title: string;
  /** effects and what cannot be undone */
  body: readonly string[];
  /** text of the SMS that will go out */
  sms?: string;
  /** verb of the final button */
  submit: string;
  /** red final button */
  danger?: boolean;
  /** asks for 사유, required; handed to `perform` */
  asksReason?: boolean;
  /** must be typed to go on: 삭제 */
  phrase?: string;
}

export type ActionResult =
  /** 303 to a page, which shows the notice once */
  | { outcome: 'done'; to: string; notice: Notice }
  /** 422, the page again with what was typed; `shown`: a report too long for the summary */
  | { outcome: 'problems'; problems: Problem[]; shown?: Readonly<Record<string, string>> }
  /** 409, the page again, fresh, with this sentence; nothing was done */
  | { outcome: 'conflict'; message: string }
  /** 200, the page again: a revealed value, a regenerated text. Never in a URL, never stored */
  | { outcome: 'show'; shown: Readonly<Record<string, string>>; typed?: Form; notice?: Notice }
  | { outcome: 'not-found' };

export interface Action<Input> {
  /** POST here: `/applications/:id/decide` */
  path: string;
  /** never `view`: who only looks changes nothing */
  role: Exclude<Role, 'view'>;
  /** path of the page that is drawn again on problems, with this action's params */
  page: string;
  parse(form: Form, params: Readonly<Record<string, string>>): Parsed<Input>;
  /** undefined: no need to ask */
  confirm?(context: Context, input: Input): Promise<Confirmation | undefined>;
  /**
   * Does it. Called once per form however often it is sent: a second sending is answered "이미 처리했습니다." without
   * a call; after `problems`, `conflict`, `show` or an exception the form may be sent again.
   */
  perform(context: Context, input: Input, confirmed: { reason?: string }): Promise<ActionResult>;
}

/** For the registry, which holds pages of any model. */
// The model's type is known to its page alone.
// oxlint-disable-next-line typescript/no-explicit-any
export type AnyPage = Page<any>;
// oxlint-disable-next-line typescript/no-explicit-any
export type AnyAction = Action<any>;
export interface Registry {
  pages: readonly AnyPage[];
  actions: readonly AnyAction[];
}
