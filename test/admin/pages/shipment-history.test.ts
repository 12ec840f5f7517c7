import { expect, it } from 'vitest';
import { historyOf } from '../../../functions/admin/pages/shipment/history.ts';
import type { Shipment } from '../../../functions/shipment/shipment.ts';
import { aShipment, T0 } from '../../support/builders.ts';

const titles = (over: Partial<Shipment>) =>
  historyOf({ shipment: aShipment({ state: 'accepted', ...over }), shop: '소담마켓', audit: [] }).map(
    ({ title, text }) => `${title}: ${text}`,
  );

it('a cancellation that was refused is told with its reason, and a later request above it', () => {
  const cancelRefused = { at: T0 + 9, reason: '운송장 출력 완료' };
  expect(titles({ cancelRefused })[0]).toBe('취소 거절: 사유: 운송장 출력 완료');
  expect(titles({ cancelRefused, cancel: { at: T0 + 10, reason: '변심' } }).slice(0, 2)).toEqual([
    '취소 요청: 사유: 변심',
    '취소 거절: 사유: 운송장 출력 완료',
  ]);
});
