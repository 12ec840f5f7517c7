/** ePost's error codes per operation: the manual's tables, and what clients in use have met. */
import type { Operation, Refusal } from './refusal.ts';

export type Meaning = Pick<Refusal, 'class' | 'mustAct' | 'reason'>;

const merchant = (reason: string): Meaning => ({ class: 'recipient-data', mustAct: 'merchant', reason });
const order = (reason: string): Meaning => ({ class: 'our-request', mustAct: 'merchant', reason });
const contract = (reason: string): Meaning => ({ class: 'contract', mustAct: 'operator', reason });
const request = (reason: string): Meaning => ({ class: 'our-request', mustAct: 'developer', reason });
const notFound = (reason: string): Meaning => ({ class: 'not-found', mustAct: 'nobody', reason });
const alreadyThere = (reason: string): Meaning => ({ class: 'already-there', mustAct: 'nobody', reason });

/** For codes that no table of the operation names: by the manual's scheme alone. */
export const GENERIC = {
  system: {
    class: 'system',
    mustAct: 'nobody',
    reason: '우체국 시스템 오류입니다. 잠시 후 자동으로 다시 시도합니다.',
  },
  key: contract('우체국 인증키가 등록되지 않았거나 만료되었습니다. 인증키를 확인해 주세요.'),
  missing: request('요청의 필수 항목이 빠졌거나 보안키가 맞지 않습니다. 연동 설정과 보안키를 확인해 주세요.'),
  request: request('요청 형식을 우체국이 받지 않았습니다. 연동 담당자가 확인해야 합니다.'),
  contract: contract(
    '계약·발송인 정보를 우체국이 받지 않았습니다. 고객번호, 승인번호, 공급지 코드를 확인해 주세요.',
  ),
  recipient: merchant('수취인 정보가 우체국 규칙에 맞지 않습니다. 주문의 수취인 정보를 고쳐 주세요.'),
  notFound: notFound('우체국에 해당 정보가 없습니다.'),
  alreadyThere: alreadyThere('우체국에 이미 등록되어 있습니다.'),
  unrecognised: {
    class: 'unrecognised',
    mustAct: 'operator',
    reason: '알려지지 않은 우체국 오류입니다. 우체국에 오류 코드를 문의해 주세요.',
  },
} as const satisfies Record<string, Meaning>;

const CUSTOMER = contract('고객번호를 우체국이 인식하지 못했습니다. 고객번호와 보안키를 확인해 주세요.');
const NO_CONTRACT_PARCEL = contract(
  '계약소포를 쓰는 고객번호가 아닙니다. 비즈포스트에서 계약소포 시스템 설정을 마친 뒤 고객번호를 확인해 주세요.',
);
const SITE_CUSTOMER = contract(
  '고객번호 또는 인증키가 유효하지 않습니다. 고객번호와 인증키를 확인해 주세요.',
);
const NOT_BOOKED = notFound('우체국에 해당 신청 정보가 없습니다.');

/** Codes whose meaning is known for the operation (manual's tables, and what clients in use have met). */
export const KNOWN_REFUSALS: Record<Operation, Record<string, Meaning>> = {
  GetCustNo: {
    'ERR-511': contract('이 아이디의 고객번호가 우체국에 없습니다. 우체국 아이디와 보안키를 확인해 주세요.'),
  },
  GetApprNo: {
    'ERR-123': contract(
      '계약 승인번호가 없거나 인증키가 유효하지 않습니다. 기업택배 계약과 인증키를 확인해 주세요.',
    ),
  },
  GetStoppedZipCd: {
    'ERR-123': request('우편번호(숫자 5자리) 또는 인증키가 유효하지 않습니다. 연동 설정을 확인해 주세요.'),
    'ERR-125': notFound('접수가 중지된 우편번호가 아닙니다.'),
  },
  InsertOffice: {
    'ERR-123': SITE_CUSTOMER,
    'ERR-226': alreadyThere('이미 등록된 공급지 코드입니다.'),
  },
  GetOfficeInfo: {
    'ERR-123': SITE_CUSTOMER,
  },
  InsertOrder: {
    'ERR-122': request('무게와 부피가 정수로 전달되지 않았습니다. 연동 담당자가 확인해야 합니다.'),
    'ERR-123': contract(
      '승인번호가 우체국 계약과 일치하지 않거나 인증키가 유효하지 않습니다. 승인번호와 인증키를 확인해 주세요.',
    ),
    'ERR-211': contract(
      '고객번호 또는 공급지 코드를 우체국이 인식하지 못했습니다. 계약 정보와 보안키를 확인해 주세요.',
    ),
    'ERR-311': merchant('수취인 이름, 주소 또는 연락처가 빠졌습니다. 주문의 수취인 정보를 채워 주세요.'),
    'ERR-322': merchant('수취인 전화번호에 숫자가 아닌 글자가 있습니다. 전화번호를 고쳐 주세요.'),
    'ERR-323': merchant('수취인 휴대전화 번호가 12자리를 넘습니다. 휴대전화 번호를 고쳐 주세요.'),
    'ERR-511': request(
      '필수 항목(상품명, 주문번호)을 우체국이 인식하지 못했거나 계약에 없는 무게·부피 단계입니다. 보안키와 계약 요율 단계를 확인해 주세요.',
    ),
    'ERR-521': order('주문 정보 중 한 항목이 우체국 허용 길이를 넘습니다. 긴 항목을 줄여 주세요.'),
    'ERR-522': order('주문 정보 중 한 항목의 형식이 맞지 않습니다. 전화번호와 코드를 확인해 주세요.'),
    'ERR-523': order(
      '주문 정보 중 한 항목의 값이 허용되지 않습니다. 전화번호와 내용품 코드를 확인해 주세요.',
    ),
  },
  GetResInfo: {
    'ERR-211': CUSTOMER,
    'ERR-223': NO_CONTRACT_PARCEL,
    'ERR-225': NOT_BOOKED,
  },
  GetResCancelCmd: {
    'ERR-211': CUSTOMER,
    'ERR-223': NO_CONTRACT_PARCEL,
    'ERR-225': NOT_BOOKED,
  },
  trace: {
    'ERR-001': notFound('아직 스캔되지 않은 운송장번호입니다.'),
    'ERR-123': contract('종추적 인증키가 유효하지 않거나 종추적 서비스를 신청하지 않았습니다.'),
    'ERR-125': request('운송장번호가 없거나 유효하지 않습니다.'),
    'ERR-321': request('운송장번호가 숫자 13자리가 아닙니다.'),
  },
};
