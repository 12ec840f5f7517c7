import type { Switches } from './switches.ts';

/**
 * How sure a behaviour is: `certain` by official text or two independent sources, `likely` by one class of
 * evidence, `unknown` where the simulator had to choose. Nothing here was tried against the live service.
 */
export type Sureness = 'certain' | 'likely' | 'unknown';

export interface Behaviour {
  id: string;
  sure: Sureness;
  /** What the simulator does, for people (Korean). */
  text: string;
  /** Where it comes from, or why this reading was chosen. */
  source: string;
  /** The switch that gives the other reading. */
  switch?: keyof Switches;
}

/** Every behaviour of the simulator with its label; the control page shows this table. */
export const behaviours: readonly Behaviour[] = [
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
    id: 'bare-trace-error',
    sure: 'likely',
    text: '배송조회 오류는 error 하나',
    source: 'fixtures of biz trace',
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
    id: 'office-name',
    sure: 'likely',
    text: '접수국 이름은 regiPoNm',
    source: 'manual p.20 picture; its table p.18 says regipoNm',
    switch: 'officeNameTag',
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
  {
    id: 'any-customer',
    sure: 'unknown',
    text: '설정하지 않은 10자리 고객번호와 승인번호는 모두 계약이 있다고 봄',
    source: 'convenience of the simulator',
  },
  {
    id: 'unknown-office',
    sure: 'unknown',
    text: '등록하지 않은 공급지코드도 받음',
    source: 'manual asks for registration, gives no error',
    switch: 'unknownOffice',
  },
  { id: 'fresh-number', sure: 'certain', text: '운송장번호는 접수 응답에서 부여', source: 'manual p.18' },
  {
    id: 'own-range',
    sure: 'unknown',
    text: '모의 번호는 자체 범위의 일련번호이며 검증 숫자가 없음',
    source: 'check digit rule is not public',
  },
  { id: 'first-digit', sure: 'likely', text: '첫 자리 6 즉납·후납, 7 수취인 부담', source: 'public samples' },
  {
    id: 'band-number',
    sure: 'unknown',
    text: 'regData의 regiNo에 담긴 번호를 그대로 씀',
    source: 'unverified: the partner link message is not public',
  },
  {
    id: 'band-number-reuse',
    sure: 'unknown',
    text: '다른 주문이 쓰는 번호는 ERR-526',
    source: 'unverified: bands are not documented',
    switch: 'repeatedNumber',
  },
  {
    id: 'test-order',
    sure: 'certain',
    text: 'testYn=Y는 TESTREGINOAPI와 날짜+00000000',
    source: 'manual note 29',
  },
  {
    id: 'test-in-url',
    sure: 'certain',
    text: 'URL의 testYn은 효과가 없어 실제 접수가 됨',
    source: 'manual p.18 puts it inside regData',
  },
  {
    id: 'cancel-test-order',
    sure: 'unknown',
    text: '테스트 접수도 취소되고 번호는 그대로',
    source: 'not documented',
  },
  {
    id: 'state-after-insert',
    sure: 'certain',
    text: '접수 직후 상태: printYn N은 01, Y·없음은 02, 반품은 01',
    source: 'manual p.22',
  },
  {
    id: 'state-by-scans',
    sure: 'likely',
    text: '스캔이 있으면 03, 미집하만 있으면 04',
    source: 'meaning of treatStusCd',
  },
  {
    id: 'repeated-order',
    sure: 'unknown',
    text: '같은 주문번호를 두 번 접수함',
    source: 'pessimistic reading of "1..n"',
    switch: 'repeatedOrderNo',
  },
  {
    id: 'res-info-list',
    sure: 'certain',
    text: '주문번호와 접수일(한국 시간)의 신청을 모두 나열',
    source: 'manual p.22',
  },
  { id: 'not-booked', sure: 'certain', text: '신청이 없으면 ERR-225', source: 'errors of GetResInfo' },
  {
    id: 'not-stopped',
    sure: 'certain',
    text: '배달되는 우편번호는 ERR-125',
    source: 'errors of GetStoppedZipCd',
  },
  { id: 'cancel-table', sure: 'certain', text: '소포는 02까지, 반품은 01까지 취소', source: 'manual p.25' },
  { id: 'cancel-refusal', sure: 'certain', text: '취소 거절은 canceledyn N과 사유', source: 'manual p.26' },
  { id: 'cancel-number', sure: 'certain', text: '취소하면 운송장번호가 바뀜', source: 'manual p.25' },
  {
    id: 'cancel-delete',
    sure: 'certain',
    text: 'delYn Y는 삭제되고 D로 응답, 그 뒤 ERR-225',
    source: 'manual p.25–27',
  },
  {
    id: 'cancel-tags',
    sure: 'certain',
    text: '취소 응답의 태그는 소문자',
    source: 'manual p.26 picture and clients',
    switch: 'cancelTags',
  },
  {
    id: 'cancel-unknown',
    sure: 'unknown',
    text: '없는 신청의 취소는 canceledyn N',
    source: 'no error documented',
  },
  {
    id: 'status-after-cancel',
    sure: 'unknown',
    text: '취소 뒤 treatStusCd는 05',
    source: 'not documented',
    switch: 'statusAfterCancel',
  },
  {
    id: 'cancelled-nulls',
    sure: 'certain',
    text: '취소된 신청은 resNo·resDate·vTelNo가 비어 있음',
    source: 'manual note 35',
  },
  { id: 'returns', sure: 'certain', text: '반품 응답에는 배달국 항목이 없음', source: 'manual note 15' },
  { id: 'prices', sure: 'unknown', text: '요금표는 지어낸 값', source: 'tariffs differ by office' },
  { id: 'stores', sure: 'likely', text: '점포 등록·수정·조회', source: 'manual p.28–37, partial' },
  { id: 'maintenance', sure: 'likely', text: '작업 안내는 HTML, HTTP 404', source: 'fixture of a client' },
  {
    id: 'trace-fields',
    sure: 'likely',
    text: '배송조회 상태는 tracestatus',
    source: 'as read by clients',
    switch: 'traceWord',
  },
  {
    id: 'trace-date',
    sure: 'likely',
    text: '날짜 표기',
    source: 'table and sample differ',
    switch: 'traceDate',
  },
  { id: 'trace-not-yet', sure: 'likely', text: '스캔 전에는 ERR-001', source: 'clients in use' },
  {
    id: 'trace-reception',
    sure: 'likely',
    text: 'showRec=Y는 접수를 맨 끝에 붙임',
    source: 'clients in use',
  },
  {
    id: 'trace-persons',
    sure: 'certain',
    text: '배송조회 응답에 사람 이름이 있음 (모두 지어낸 이름)',
    source: 'official sheets',
  },
  { id: 'domestic-shape', sure: 'certain', text: 'data.go.kr 국내 조회의 모양', source: 'official sheet' },
  { id: 'combined-shape', sure: 'certain', text: 'data.go.kr 통합 조회의 모양', source: 'official sheet' },
  {
    id: 'data-go-kr-not-yet',
    sure: 'unknown',
    text: 'data.go.kr에서 결과가 없을 때의 모양',
    source: 'not documented',
  },
  {
    id: 'data-go-kr-gateway',
    sure: 'likely',
    text: '키 오류 30, 한도 초과 22',
    source: 'gateway of the portal, not in the sheets',
  },
  {
    id: 'data-go-kr-quota',
    sure: 'certain',
    text: '서비스마다 하루 10,000회',
    source: 'development key',
    switch: 'dataGoKrQuota',
  },
  {
    id: 'journeys',
    sure: 'unknown',
    text: '스캔 시각은 지어낸 계획을 따름',
    source: 'words are ePost’s, times are not',
  },
  { id: 'rate-limit', sure: 'unknown', text: '접수 호출 수 제한 없음', source: 'no limit stated anywhere' },
];
