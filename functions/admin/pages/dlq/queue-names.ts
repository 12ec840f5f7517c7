/** The queues of the 실패 보관함 in words, by the name they have in the settings. */
interface QueueWords {
  name: string;
  /** how messages come here */
  why: string;
}
const WORDS: Readonly<Record<string, QueueWords>> = {
  OrderEvents: {
    name: '출고 접수',
    why: '쇼핑몰이 알린 출고를 여러 번 처리하지 못했습니다.',
  },
  Quarantine: {
    name: '형식이 틀린 출고',
    why: '쇼핑몰이 알린 내용이 약속한 형식과 달라 처리하지 않았습니다. 그대로 되돌리면 다시 여기로 옵니다.',
  },
  Transmission: { name: '우체국 전송', why: '출고정보를 우체국에 보내는 일을 여러 번 끝내지 못했습니다.' },
  Tracking: { name: '배송상태 갱신', why: '배송상태를 확인하는 일을 여러 번 끝내지 못했습니다.' },
  Onboarding: { name: '신청 점검·연동', why: '신청의 자동 점검이나 연동 작업을 여러 번 끝내지 못했습니다.' },
  LedgerAudit: { name: '번호 점검', why: '쓴 운송장번호를 설명하는 점검을 여러 번 끝내지 못했습니다.' },
  Jobs: { name: '콘솔 작업', why: '콘솔에서 시작한 작업을 여러 번 이어 가지 못했습니다.' },
};

export const queueWords = (name: string): QueueWords =>
  WORDS[name] ?? { name, why: '여러 번 처리하지 못했습니다.' };
