import type { Behaviour } from '../behaviours.ts';

/** How calls travel and are checked here, with labels. */
export const wireBehaviours: readonly Behaviour[] = [
  { id: 'operations', sure: 'certain', text: '전문 11종을 GET과 POST로 받음', source: 'manual p.1, p.4–34' },
  {
    id: 'reg-data',
    sure: 'certain',
    text: 'regData는 SEED-128/ECB 16진수, UTF-8, 빈자리는 0',
    source: 'manual p.2',
  },
  {
    id: 'stopped-zip-plain',
    sure: 'certain',
    text: '접수중지 우편번호 조회만 암호화하지 않음',
    source: 'manual p.9',
  },
  { id: 'field-order', sure: 'likely', text: 'regData 안의 항목 순서는 자유', source: 'clients in use' },
  {
    id: 'body-parameters',
    sure: 'likely',
    text: '변수를 URL에도 본문에도 둘 수 있음',
    source: 'clients in use',
  },
  {
    id: 'wrong-security-key',
    sure: 'certain',
    text: '보안키가 틀리면 필수항목 누락 오류',
    source: 'errors of GetCustNo: memberID unreadable',
  },
  {
    id: 'wrong-key',
    sure: 'certain',
    text: '인증키 없음 ERR-111, 틀림 ERR-123',
    source: 'errors of every operation',
  },
  {
    id: 'errors-with-200',
    sure: 'likely',
    text: '오류도 HTTP 200과 XML로 응답',
    source: 'clients read the body of errors',
  },
  {
    id: 'error-shape',
    sure: 'likely',
    text: 'ship 오류는 xsync 안의 error',
    source: 'one checked answer; manual p.3 shows error alone',
    switch: 'errorShape',
  },
  {
    id: 'cdata',
    sure: 'unknown',
    text: 'CDATA 안의 공백과 줄바꿈',
    source: 'pictures of the manual may add them',
    switch: 'cdata',
  },
  {
    id: 'prolog',
    sure: 'unknown',
    text: 'XML 선언과 Content-Type',
    source: 'not documented',
    switch: 'prolog',
  },
  {
    id: 'field-checks',
    sure: 'certain',
    text: '문서에 있는 오류 코드와 문구',
    source: 'error tables of each operation',
  },
  {
    id: 'scheme-checks',
    sure: 'likely',
    text: '문구가 문서에 없는 항목은 코드 체계를 따름',
    source: 'manual p.3 and codes seen in the wild',
  },
  {
    id: 'check-order',
    sure: 'unknown',
    text: '여러 항목이 틀릴 때 검사 순서',
    source: 'not documented; custNo first',
  },
  {
    id: 'length-unit',
    sure: 'unknown',
    text: '길이를 글자 수로 셈',
    source: 'not documented',
    switch: 'lengthUnit',
  },
  {
    id: 'whole-length',
    sure: 'unknown',
    text: 'regData 4,000자를 넘으면 ERR-521',
    source: 'note 13 gives 4000 and no error',
  },
  { id: 'equals-in-value', sure: 'unknown', text: '값 안의 =는 그대로 둠', source: 'no escape documented' },
  { id: 'maintenance', sure: 'likely', text: '작업 안내는 HTML, HTTP 404', source: 'fixture of a client' },
  { id: 'rate-limit', sure: 'unknown', text: '접수 호출 수 제한 없음', source: 'no limit stated anywhere' },
];
