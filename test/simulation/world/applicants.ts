/** Merchants who apply through the platform's door, and the operator who decides: again and again until it is settled. */
import type { Application } from '../../../functions/merchant/application.ts';
import { isSettled, REVIEW_CHECKS } from '../../../functions/merchant/application.ts';
import type { Command } from '../../../functions/merchant/moves.ts';
import type { Message } from '../../../functions/notification/message.ts';
import type { FakeAws } from '../aws/fake-aws.ts';
import { all } from '../checks/records.ts';
import type { Agenda } from '../kernel/agenda.ts';
import type { Ended, Functions } from '../kernel/functions.ts';
import type { Tape } from '../kernel/tape.ts';
import type { Carrier } from './carrier-door.ts';
import type { Names } from './names.ts';
import type { Operator } from './operator.ts';
import type { Scenario } from './scenario.ts';
import { HOUR, MINUTE } from './scenario.ts';

export interface Applicants {
  open(scenario: Scenario): void;
  /** Sends an application in, once. */
  apply(no: number): void;
  /** Has the operator decide on it, as it stands then. */
  decide(no: number, command: Command): void;
  /** Requests the platform has no answer to yet. */
  busy(): number;
}

/** Business numbers whose check digit is right; they belong to nobody here. A fourth applicant finds the first one there. */
const BUSINESS = ['0010000018', '0020000025', '0030000032'];

export const createApplicants = (world: {
  agenda: Agenda;
  tape: Tape;
  aws: FakeAws;
  names: Names;
  functions: () => Functions;
  operator: Operator;
  carrier: Carrier;
}): Applicants => {
  const { agenda, tape, aws, names, operator } = world;
  let open = 0;
  let requests = 0;
  /** A request of the platform, sent again until it is answered with something else than a fault of ours. */
  const request = (method: 'PUT' | 'GET' | 'DELETE', id: string, body?: object) => {
    open += 1;
    const event = eventOf(method, id, body, `request-${++requests}`);
    const again = () => agenda.in(MINUTE, attempt);
    const attempt = () => {
      const begun = world.functions().invoke('platform-api', event, (how) => {
        if (isAnswered(how)) open -= 1;
        else again();
      });
      if (!begun) again();
    };
    attempt();
    if (tape.chance(150))
      agenda.in(tape.next(3000), () => world.functions().invoke('platform-api', event, () => undefined));
  };
  /** What somebody applies with, and whether ePost knows of it. */
  const known = (no: number, toEpost: boolean) => {
    const custNo = `001122334${no}`;
    world.carrier.office.registry.members.set(`member${no}`, toEpost ? custNo : null);
    return { custNo, body: applicationOf(no, custNo) };
  };
  const read = (id: string) =>
    all<Application>(aws, names, 'applications').find((one) => one.applicationId === id);
  const plan = (no: number) => {
    const id = `A-${no}`;
    const { custNo, body } = known(no, !tape.chance(250));
    agenda.in(tape.next(20 * MINUTE), () => request('PUT', id, body));
    let revision = 1;
    const correct = () => {
      world.carrier.office.registry.members.set(`member${no}`, custNo);
      revision += 1;
      request('PUT', id, { ...body, revision, companyName: `소담마켓 ${revision}` });
    };
    if (tape.chance(250)) agenda.in(30 * MINUTE + tape.next(HOUR), correct);
    if (tape.chance(100)) agenda.in(tape.next(2 * HOUR), () => request('DELETE', id));
    if (tape.chance(200)) agenda.in(tape.next(HOUR), () => request('GET', id));
    look(id, correct, 0);
  };
  /** The operator looks at an application now and then, and does what its state asks for. */
  const look = (id: string, correct: () => void, times: number) => {
    if (times > 40) return;
    agenda.in((4 + tape.next(6)) * MINUTE, () => {
      const application = read(id);
      if (application !== undefined) deal(application, correct, times);
      look(id, correct, times + 1);
    });
  };
  const order = ({ applicationId, version }: Application, command: Command) =>
    operator.order({ do: 'decide', applicationId, version, command });
  const deal = (application: Application, correct: () => void, times: number) => {
    const { status } = application;
    const open_ = REVIEW_CHECKS.filter(
      (name) => !isSettled(application.checks.find((check) => check.name === name)),
    );
    if (status === 'applied' && tape.chance(200)) return order(application, { do: 'open' });
    if (status === 'reviewing') {
      if (times < 20 && tape.chance(300)) return order(application, hold);
      const [first] = open_;
      if (first === undefined) return order(application, { do: 'approve', smsText: '[소담] 승인했습니다.' });
      return order(application, { do: 'confirm-check', name: first, note: '전화로 확인' });
    }
    if (status === 'on-hold') return correct();
    if (status === 'linking' && application.numbering === 'band') {
      const pool = all<{ contractId: string; item: string; available?: number }>(aws, names, 'pools');
      const head = pool.find(
        ({ contractId, item }) => contractId === application.contractId && item === 'head',
      );
      if ((head?.available ?? 0) === 0) importFor(application);
      return undefined;
    }
    if (status === 'active' && tape.chance(100))
      return order(application, { do: 'suspend', reason: '점검', smsText: '[소담] 전송을 멈췄습니다.' });
    if (status === 'suspended') return order(application, { do: 'resume', reason: '점검 끝' });
    if (tape.chance(500)) resendSms();
    return undefined;
  };
  let blocks = 0;
  const importFor = ({ contractId }: Application) => {
    const first = 6_899_950_000_000 + 1000 * blocks++;
    const request_ = { kind: 'run' as const, first: String(first), last: String(first + 9) };
    operator.order({ do: 'import', contractId, request: request_ });
  };
  const resendSms = () => {
    const stuck = all<Message>(aws, names, 'messages').find(
      ({ state }) => state === 'failed' || state === 'unknown',
    );
    if (stuck !== undefined) operator.order({ do: 'resend-sms', messageId: stuck.messageId });
  };
  return {
    busy: () => open,
    apply: (no) => {
      request('PUT', `A-${no}`, known(no, true).body);
    },
    decide: (no, command) => {
      const application = read(`A-${no}`);
      if (application !== undefined) order(application, command);
    },
    open: (scenario) => {
      for (let no = 0; no < scenario.applications; no++) plan(no);
    },
  };
};

const hold: Command = {
  do: 'hold',
  reasons: ['customer'],
  note: '고객번호를 확인해 주세요.',
  smsText: '[소담] 승인보류: 고객번호를 확인해 주세요.',
};

/** A fault of ours is answered by sending again; anything else is an answer. */
const isAnswered = (how: Ended): boolean =>
  how.outcome === 'done' && (how.value as { statusCode: number }).statusCode < 500;

const applicationOf = (no: number, customerNo: string) => ({
  shopId: `applicant-${no}`,
  revision: 1,
  companyName: '소담마켓',
  businessNo: BUSINESS[no % BUSINESS.length],
  epostId: `member${no}`,
  epostPassword: `canary-password-${no}`,
  customerNo,
  approvalNo: `1${customerNo.slice(1)}`,
  numbering: no === 1 ? 'carrier-issued' : 'band',
  contact: { name: '카나리담당', mobile: `0107770900${no}` },
  site: {
    officeSer: `SODAM${no}`,
    name: '카나리 창고',
    zip: '04524',
    address1: '서울특별시 중구 카나리로 110',
    address2: '1층',
    tel: '02-000-0000',
    contact: '카나리담당',
  },
});

/** As a function URL hands it over. */
const eventOf = (method: string, id: string, body: object | undefined, requestId: string) => ({
  version: '2.0',
  routeKey: '$default',
  rawPath: `/applications/${id}`,
  rawQueryString: '',
  headers: { 'content-type': 'application/json', host: 'door.simulated' },
  requestContext: {
    domainName: 'door.simulated',
    requestId,
    http: {
      method,
      path: `/applications/${id}`,
      protocol: 'HTTP/1.1',
      sourceIp: '192.0.2.1',
      userAgent: 'platform',
    },
  },
  ...(body !== undefined && { body: JSON.stringify(body) }),
  isBase64Encoded: false,
});
