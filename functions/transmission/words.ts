/** Korean reasons that are ours, not ePost's. */
import type { Refusal } from '../shipment/shipment.ts';

type Said = Omit<Refusal, 'at'>;

/** What an operator must look at, by cause. Nothing here is sent again by itself. */
export const PARKED = {
  'NUMBER-MISMATCH': {
    code: 'NUMBER-MISMATCH',
    reason:
      '우체국이 주문서와 다른 운송장번호로 접수했습니다. 운영자가 우체국 접수 내역을 확인하고 있습니다.',
    mustAct: 'operator',
  },
  'DOUBLE-BOOKING': {
    code: 'DOUBLE-BOOKING',
    reason:
      '우체국에 같은 발송 건이 두 번 접수되어 있습니다. 운영자가 한 건을 취소해야 합니다. 운송장을 두 장 출력하지 마세요.',
    mustAct: 'operator',
  },
  ATTEMPTS: {
    code: 'ATTEMPTS',
    reason: '여러 번 전송했지만 우체국의 접수를 확인하지 못했습니다. 운영자가 확인하고 있습니다.',
    mustAct: 'operator',
  },
  SYSTEM: {
    code: 'SYSTEM',
    reason: '발송 정보가 남아 있지 않아 우체국에 전송할 수 없습니다. 운영자가 확인하고 있습니다.',
    mustAct: 'operator',
  },
} as const satisfies Record<string, Said>;

export const CANCEL_TOO_LATE = '배송이 끝난 발송 건은 취소할 수 없습니다.';
export const CANCEL_PARKED =
  '우체국 접수 여부를 운영자가 확인하고 있습니다. 확인이 끝난 뒤 다시 취소해 주세요.';
