/** What the shipment's record says of a transmission attempt that did not end well. */
import type { Shipment } from '../../functions/shipment/shipment.ts';
import type { Line } from './lines.ts';

const CAUSES: Record<string, string> = {
  timeout: '우체국이 제때 답하지 않았습니다',
  reset: '우체국 응답이 끊겼습니다',
  'http-status': '우체국이 오류로 답했습니다',
  garbled: '우체국 응답을 읽을 수 없습니다',
  'too-large': '우체국 응답이 너무 깁니다',
  redirect: '우체국이 다른 곳으로 보냈습니다',
  maintenance: '우체국이 작업 중입니다',
  unreachable: '우체국에 연결되지 않습니다',
};

/** A line where the record shows trouble with an attempt; undefined where there is nothing to tell. */
export const attemptLine = (
  shipment: Pick<Shipment, 'state' | 'attempt' | 'attemptAt' | 'cause' | 'refusal'>,
  now: number,
  maxAttempts: number,
): Line | undefined => {
  const cause = CAUSES[shipment.cause ?? ''] ?? '우체국의 답을 받지 못했습니다';
  const at = shipment.attemptAt ?? now;
  const aside = `${shipment.attempt}/${maxAttempts}`;
  if (shipment.state === 'unknown')
    return { mark: 'trouble', at, label: '결과 미확인', text: `${cause}. 접수됐는지 먼저 확인합니다`, aside };
  if (shipment.state === 'retrying' && shipment.cause)
    return { mark: 'trouble', at, label: '전송 미룸', text: `${cause}. 잠시 뒤 다시 보냅니다` };
  if (shipment.state === 'parked')
    return {
      mark: 'failed',
      at: shipment.refusal?.at ?? now,
      label: '보류',
      text: shipment.refusal?.reason ?? '담당자가 확인해야 합니다',
      aside,
    };
  return undefined;
};
