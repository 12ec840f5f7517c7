/** Nothing personal and no secret of a failed message is ever shown (an allow-list of names and of shapes). */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DeadLetter } from '../../../functions/admin/dead-letter.ts';
import { TELLS_NO_PERSON } from '../../../functions/admin/mask.ts';
import { letterRow } from '../../../functions/admin/pages/dlq/letter.ts';
import { maskedBody } from '../../../functions/admin/pages/dlq/masked-body.ts';
import { queuePage } from '../../../functions/admin/pages/dlq/queue.page.tsx';
import { anOrder, T0 } from '../../support/builders.ts';
import { type Desk, show, startDesk } from './parcel-desk.ts';

const DAY = 86_400_000;
const letter = (body: string): DeadLetter => ({ messageId: 'm-1', sentAt: T0, received: 1, body });
const event = { 'detail-type': 'OrderShipped', source: 'shop-platform', detail: anOrder() };
let desk: Desk;
beforeAll(async () => {
  desk = await startDesk();
});
afterAll(() => desk.stop());

describe('the body of a failed message', () => {
  it('keeps ids, codes and times, and hides the rest', () => {
    const { text } = maskedBody(JSON.stringify(event));
    expect(JSON.parse(text)).toEqual({
      'detail-type': 'OrderShipped',
      source: 'shop-platform',
      detail: {
        shipmentId: 'S-1',
        orderId: '2026112409412',
        shopId: 'sodam',
        deliveryMethod: '우체국(자동)',
        paid: true,
        recipient: { name: '***', zip: '***', address1: '***', address2: '***', mobile: '***' },
        goods: { name: '***' },
      },
    });
  });
  it('that is no JSON tells its length alone', () => {
    expect(maskedBody('{"name":"가나다"').text).toBe('읽을 수 없는 내용 13자');
  });
});

describe('what a message says of persons and doors', () => {
  const SECRETS = [
    '가나다',
    '홍길동님',
    '서울특별시 중구 세종대로 110',
    '비밀번호!',
    '010-1234-4821',
    '01012344821',
  ];
  const SECRETS_ELSEWHERE = [
    ...SECRETS,
    '+821012344821',
    '02-123-4821',
    'Passw0rd-hunter2',
    'eyJhbGciOiJIUzI1NiJ9.e30',
  ];
  const personal = fc.constantFrom(...SECRETS);
  const hidden = fc.constantFrom(...SECRETS_ELSEWHERE);
  const known = fc.constantFrom(...TELLS_NO_PERSON);
  const strange = fc.oneof(
    personal,
    fc.constantFrom('recipient', 'detail', 'goods', 'name', 'password', 'memo'),
  );
  /** Anything JSON can be, with something personal at every leaf: under harmless names too, and as a name. */
  const { body } = fc.letrec<{ body: unknown }>((tie) => ({
    body: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      hidden,
      fc.dictionary(strange, fc.oneof(hidden, tie('body')), { maxKeys: 4 }),
      fc.dictionary(known, personal, { maxKeys: 4 }),
      fc.array(tie('body'), { maxLength: 3 }),
      fc.record({
        detail: tie('body'),
        event: fc.oneof(
          hidden,
          tie('body').map((inner) => JSON.stringify(inner)),
        ),
      }),
    ),
  }));
  const told = fc.oneof(
    body.map((value) => JSON.stringify(value)),
    body.map((value) => JSON.stringify(value).slice(0, -1)),
    hidden,
    fc
      .tuple(fc.array(fc.record({ field: hidden, rule: hidden, kind: hidden })), body)
      .map(([problems, value]) => JSON.stringify({ v: 1, problems, event: JSON.stringify(value) })),
  );

  it('never reaches the page or its JSON', async () => {
    await fc.assert(
      fc.asyncProperty(told, async (text) => {
        desk.letters.set('Quarantine', [letter(text)]);
        const { html, model } = await show(queuePage, desk.context({ params: { queue: 'Quarantine' } }));
        const shown = html + JSON.stringify(model);
        for (const secret of SECRETS_ELSEWHERE) expect(shown).not.toContain(secret);
      }),
      { numRuns: 150 },
    );
  });
  it('never is in a line of the list, ten thousand times', () => {
    fc.assert(
      fc.property(told, (text) => {
        const shown = JSON.stringify(letterRow(letter(text), DAY));
        return SECRETS_ELSEWHERE.every((secret) => !shown.includes(secret));
      }),
      { numRuns: 10_000 },
    );
  });
});
