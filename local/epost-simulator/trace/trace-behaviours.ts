import type { Behaviour } from '../behaviours.ts';

/** What the tracking wires do here, with labels. */
export const traceBehaviours: readonly Behaviour[] = [
  {
    id: 'bare-trace-error',
    sure: 'likely',
    text: '배송조회 오류는 error 하나',
    source: 'fixtures of biz trace',
  },
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
    id: 'trace-empty-list',
    sure: 'unknown',
    text: '접수만 있고 showRec=N이면 빈 itemlist',
    source: 'not documented',
  },
  {
    id: 'trace-messages',
    sure: 'unknown',
    text: '배송조회 오류 문구는 ERR-001만 알려진 것',
    source: 'only the codes are known',
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
];
