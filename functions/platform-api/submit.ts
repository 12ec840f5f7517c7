/** PUT /applications/{id}: a first submission, a repeat, or a correction. */
import type { Actor } from '../audit/audit.ts';
import type { Application, Submission } from '../merchant/application.ts';
import type { Applications } from '../merchant/application.store.ts';
import { contractIdOf } from '../merchant/contract.ts';
import { changedFields } from '../merchant/correction.ts';
import { decide, type DecidePorts, deliver, withRequest } from '../merchant/decide.ts';
import { newApplication } from '../merchant/new-application.ts';
import type { Seal } from '../merchant/seal.client.ts';
import type { ApplicationRequest } from './application-request.ts';
import { type Problem, problem } from './problem.ts';

export interface SubmitPorts extends DecidePorts {
  applications: Applications;
  seal: Seal['seal'];
  /** 고객센터, as merchants are told */
  supportNumber: string;
}
export type Submitted =
  | { outcome: 'created' | 'unchanged' | 'corrected'; application: Application }
  | { outcome: 'problem'; problem: Problem };

export const PLATFORM: Actor = { kind: 'merchant', id: 'platform', name: '쇼핑몰 플랫폼' };
const MAX_TRIES = 3;

/**
 * Takes an application in, once per id and revision. The second time: `unchanged`, whatever has become of it since;
 * an older revision arriving late is refused and undoes nothing. The password is sealed before anything is stored.
 */
export const submit = async (
  ports: SubmitPorts,
  applicationId: string,
  request: ApplicationRequest,
  requestId?: string,
): Promise<Submitted> => {
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    const known = await ports.applications.read(applicationId);
    const answer =
      known === undefined
        ? await create(ports, applicationId, request, requestId)
        : await again(ports, known, request, requestId);
    if (answer !== 'changed') return answer;
  }
  return busy;
};

const busy: Submitted = {
  outcome: 'problem',
  problem: problem(503, 'busy', '같은 신청을 다른 요청이 처리하고 있습니다. 같은 내용으로 다시 보내 주세요.'),
};

const create = async (
  ports: SubmitPorts,
  applicationId: string,
  request: ApplicationRequest,
  requestId?: string,
): Promise<Submitted | 'changed'> => {
  const calendar = await ports.calendar();
  const submission = await sealed(ports, request);
  const move = newApplication(applicationId, submission, PLATFORM, ports.clock(), calendar);
  if (move.outcome === 'refused') {
    ports.count('CalendarWithoutData');
    return failed(503, 'no-calendar', move.reason);
  }
  const moved = withRequest(move, requestId);
  const answer = await ports.applications.submit(moved);
  if (answer.outcome === 'changed') return 'changed';
  if (answer.outcome === 'duplicate') return duplicate(ports, answer.claim);
  await deliver(ports, moved);
  return { outcome: 'created', application: moved.application };
};

const again = async (
  ports: SubmitPorts,
  known: Application,
  request: ApplicationRequest,
  requestId?: string,
): Promise<Submitted | 'changed'> => {
  const differing = differences(known, request);
  if (request.revision < known.revision)
    return failed(
      409,
      'stale-revision',
      `이미 ${known.revision}차 정정까지 받았습니다. 지금 내용을 조회해 주세요.`,
      'revision',
    );
  if (request.revision === known.revision) {
    if (differing.length === 0) return { outcome: 'unchanged', application: known };
    return failed(
      409,
      'same-revision',
      `받은 내용과 다릅니다: ${differing.join(', ')}. 정정하려면 revision을 ${known.revision + 1}로 올려 다시 보내 주세요.`,
      'revision',
    );
  }
  if (known.status === 'terminated')
    return failed(409, 'terminated', '끝난 신청입니다. 새 신청 ID로 다시 신청해 주세요.', 'applicationId');
  const { applicationId, version } = known;
  const fields = await sealed(ports, request);
  const command = { do: 'correct', fields } as const;
  const answer = await decide(ports, {
    applicationId,
    command,
    actor: PLATFORM,
    version,
    ...(requestId !== undefined && { requestId }),
  });
  switch (answer.outcome) {
    case 'moved':
      return { outcome: 'corrected', application: answer.application };
    case 'refused':
      return failed(409, 'not-now', answer.reason);
    case 'duplicate':
      return duplicate(ports, answer.claim);
    default:
      return 'changed';
  }
};

/** Names only. The password is not compared: what is stored cannot be read here. */
const differences = (
  known: Application,
  { epostPassword: _password, ...request }: ApplicationRequest,
): string[] => [
  ...(known.shopId === request.shopId ? [] : ['shopId']),
  ...(known.sellerId === request.sellerId ? [] : ['sellerId']),
  ...changedFields(known, request),
];

const sealed = async (
  { seal }: SubmitPorts,
  { epostPassword, ...request }: ApplicationRequest,
): Promise<Submission> => ({
  ...request,
  ...(epostPassword !== undefined && {
    passwordSealed: await seal(contractIdOf(request), epostPassword),
  }),
});

/** A4 */
const duplicate = ({ supportNumber }: SubmitPorts, claim: 'businessNo' | 'shopId'): Submitted =>
  claim === 'businessNo'
    ? failed(
        409,
        'duplicate-business',
        `이 사업자등록번호로 이미 신청했거나 이용 중입니다. 사업자번호 하나에 계정 하나만 쓸 수 있습니다. 꼭 필요하면 고객센터 ${supportNumber}으로 문의해 주세요.`,
        'businessNo',
      )
    : failed(
        409,
        'duplicate-shop',
        '이 쇼핑몰(입점사)은 이미 신청했거나 이용 중입니다. 기존 신청을 정정하거나 취소해 주세요.',
        'shopId',
      );

const failed = (status: number, code: string, detail: string, field?: string): Submitted => ({
  outcome: 'problem',
  problem: problem(
    status,
    code,
    detail,
    field === undefined ? undefined : [{ field, rule: code, fix: detail }],
  ),
});
