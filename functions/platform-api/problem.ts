/** Errors as RFC 9457 problem details: each names the field and, in Korean, what to do. Never a value that was sent. */
import type * as z from 'zod/mini';

export interface FieldError {
  /** path in the body, e.g. `site.zip` */
  field: string;
  rule: string;
  /** Korean */
  fix: string;
}
export interface Problem {
  type: 'about:blank';
  title: string;
  status: number;
  /** stable, for programs */
  code: string;
  /** Korean */
  detail: string;
  errors?: FieldError[];
}

export const problem = (
  status: number,
  code: string,
  detail: string,
  errors?: readonly FieldError[],
): Problem => ({
  type: 'about:blank',
  title: TITLES[status] ?? 'Error',
  status,
  code,
  detail,
  ...(errors && { errors: [...errors] }),
});

const TITLES: Record<number, string> = {
  400: 'Bad Request',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Content',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
};

const TEXT = '한 글자 이상, 정해진 길이 안에서, & 와 = 없이 넣어 주세요.';
const TEN = (name: string) => `${name} 숫자 10자리를 하이픈 없이, 앞의 0까지 문자열로 넣어 주세요.`;
const ID = '영문자, 숫자와 . _ : - 로 50자까지 넣어 주세요.';

/** What to do about each field of the request. */
export const FIXES: Readonly<Record<string, string>> = {
  applicationId: `신청 ID는 ${ID}`,
  shopId: `쇼핑몰 ID는 ${ID}`,
  sellerId: `입점사 ID는 ${ID} 입점사가 아니면 항목을 빼 주세요.`,
  revision: '정정 차수는 1부터 시작하는 정수입니다. 고칠 때마다 1씩 올려 주세요.',
  companyName: `상호를 50자까지, ${TEXT}`,
  domain: '쇼핑몰 도메인을 http:// 없이 넣어 주세요. 예: shop.example.com',
  businessNo: TEN('사업자등록번호'),
  epostId: '우체국 아이디를 영문자, 숫자와 . _ @ - 로 50자까지 넣어 주세요.',
  epostPassword: '우체국 비밀번호를 1~128자로 넣어 주세요. 바꾸지 않으려면 항목을 빼 주세요.',
  customerNo: TEN('우체국 고객번호'),
  approvalNo: TEN('우체국 승인번호'),
  numbering: '번호 방식은 band(번호 대역) 또는 carrier-issued(우체국 발급)입니다.',
  contact: '담당자 이름과 휴대전화를 넣어 주세요.',
  'contact.name': `담당자 이름을 40자까지, ${TEXT}`,
  'contact.mobile':
    '문자를 받을 010 휴대전화 번호 11자리를 하이픈 없이 넣어 주세요. 유선 번호는 쓸 수 없습니다.',
  site: '공급지(보내는 곳) 정보를 넣어 주세요.',
  'site.officeSer': '공급지 코드를 영문자와 숫자 20자까지 넣어 주세요.',
  'site.name': `공급지 이름을 100자까지, ${TEXT}`,
  'site.zip': '공급지 우편번호 숫자 5자리를 넣어 주세요.',
  'site.address1': `공급지 주소를 60자까지, ${TEXT}`,
  'site.address2': `공급지 상세주소를 100자까지, ${TEXT} 없으면 건물명이나 층을 적어 주세요.`,
  'site.tel': '공급지 전화번호를 하이픈을 넣어 적어 주세요. 예: 02-123-4567, 1544-0000',
  'site.contact': `공급지 담당자 이름을 50자까지, ${TEXT}`,
};

const CHECK_DIGIT = '사업자등록번호의 검증 숫자가 맞지 않습니다. 사업자등록증의 번호 10자리를 확인해 주세요.';
const UNKNOWN_KEY = '정해지지 않은 항목입니다. 이름을 확인하거나 빼 주세요.';

/** One error per field, of a schema's issues; keys that are not ours are named as they came, cut short. */
export const fieldErrors = (issues: readonly z.core.$ZodIssue[]): FieldError[] => {
  const errors = issues.flatMap((issue) => {
    const path = issue.path.map(String);
    if (issue.code === 'unrecognized_keys')
      return issue.keys
        .slice(0, 10)
        .map((key) => error([...path, key.slice(0, 40)], 'unknown-key', UNKNOWN_KEY));
    const field = path.join('.');
    if (issue.message === 'check-digit') return [error(path, 'check-digit', CHECK_DIGIT)];
    const fix = FIXES[field] ?? '항목의 형식을 확인해 주세요.';
    return [error(path, issue.code === 'invalid_type' ? 'type' : 'format', fix)];
  });
  return [...new Map(errors.toReversed().map((one) => [one.field, one])).values()].toReversed();
};

const error = (path: readonly string[], rule: string, fix: string): FieldError => ({
  field: path.join('.') || '(body)',
  rule,
  fix,
});
