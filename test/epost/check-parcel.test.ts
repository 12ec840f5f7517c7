import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkParcel, insertOrderFields } from '../../functions/epost/insert-order.ts';
import type { Parcel } from '../../functions/epost/parcel.ts';
import { encodeRegData } from '../../functions/epost/reg-data.ts';
import { aParcel, aSender, anOrder, to } from './a-parcel.ts';

const problems = (parcel: Parcel, sender = aSender()) =>
  checkParcel(parcel, sender).map(({ field, rule }) => `${field} ${rule}`);

describe('what is refused before a number or a call is spent', () => {
  it('is nothing in a good parcel', () => {
    expect(problems(aParcel())).toEqual([]);
    expect(problems(aParcel({ weightKg: 30, sizeCm: 160, insuranceWon: 100_000, micro: false }))).toEqual([]);
  });

  it.each([
    ['recipient.name missing', to({ name: ' ' })],
    ['recipient.address1 missing', to({ address1: '' })],
    ['recipient.zip missing', to({ zip: '' })],
    ['recipient.zip bad-format', to({ zip: '123-456' })],
    ['recipient.zip bad-format', to({ zip: '1234' })],
    ['recipient.mobile missing', to({ mobile: '' })],
    ['recipient.mobile missing', to({ mobile: '-', tel: '--' })],
    ['recipient.tel missing', to({ mobile: undefined, tel: '' })],
    ['recipient.mobile bad-format', to({ mobile: '+82 10-1234-5678' })],
    ['recipient.tel bad-format', to({ tel: '없음' })],
    ['recipient.mobile too-long', to({ mobile: '0505-1234-56789' })],
    ['recipient.name too-long', to({ name: '홍'.repeat(41) })],
    ['recipient.address2 unsafe-character', to({ address2: 'A&B 상가' })],
    ['message unsafe-character', aParcel({ message: '비번=1' })],
    ['message unsafe-character', aParcel({ message: '깨진 \ud800 글자' })],
    ['goods.name missing', aParcel({ goods: { name: '' } })],
    ['goods.name too-long', aParcel({ goods: { name: '가'.repeat(401) } })],
    ['goods.contentCode bad-format', aParcel({ goods: { name: '컵', contentCode: '030' } })],
    ['goods.quantity out-of-range', aParcel({ goods: { name: '컵', quantity: 0 } })],
    ['goods.quantity out-of-range', aParcel({ goods: { name: '컵', quantity: 100_000 } })],
    ['goods.quantity bad-format', aParcel({ goods: { name: '컵', quantity: 1.5 } })],
    ['weightKg out-of-range', aParcel({ weightKg: 30.1 })],
    ['weightKg out-of-range', aParcel({ weightKg: 0 })],
    ['weightKg out-of-range', aParcel({ weightKg: Number.NaN })],
    ['sizeCm out-of-range', aParcel({ sizeCm: 161 })],
    ['weightKg out-of-range', aParcel({ micro: true, weightKg: 1.5 })],
    ['sizeCm out-of-range', aParcel({ micro: true, sizeCm: 51 })],
    ['insuranceWon out-of-range', aParcel({ insuranceWon: 99_990 })],
    ['insuranceWon out-of-range', aParcel({ insuranceWon: 3_000_010 })],
    ['insuranceWon bad-format', aParcel({ insuranceWon: 100_001 })],
    ['orderer.address1 too-long', aParcel({ orderer: { address1: '가'.repeat(61) } })],
    ['orderer.zip bad-format', aParcel({ orderer: { zip: '서울' } })],
  ])('is %s', (problem, parcel) => {
    expect(problems(parcel)).toEqual([problem]);
  });

  it.each([
    ['contract.customerNo bad-format', { customerNo: '11223344' }],
    ['contract.approvalNo missing', { approvalNo: '' }],
    ['contract.officeSer bad-format', { officeSer: '서울-1' }],
    ['contract.companyName missing', { companyName: '' }],
    ['contract.companyName unsafe-character', { companyName: 'A&B' }],
  ])('is %s', (problem, change) => {
    expect(problems(aParcel(), aSender(change))).toEqual([problem]);
  });

  it('is named all at once, with what to do in Korean and never the value', () => {
    const found = checkParcel(to({ name: '', mobile: 'secret-phone', zip: '9' }), aSender());
    expect(found.map(({ field }) => field)).toEqual(['recipient.name', 'recipient.zip', 'recipient.mobile']);
    expect(found.every(({ fix }) => /[가-힣]/.test(fix))).toBe(true);
    expect(JSON.stringify(found)).not.toContain('secret');
    expect(found[1]).toMatchObject({ actual: '1 digits' });
  });

  it('counts characters, not bytes or UTF-16 halves', () => {
    expect(problems(to({ name: '홍'.repeat(40) }))).toEqual([]);
    expect(problems(to({ name: '\u{20000}'.repeat(40) }))).toEqual([]);
    expect(checkParcel(to({ name: '홍'.repeat(41) }), aSender())[0]).toMatchObject({ limit: 40, actual: 41 });
  });

  it('is a whole above 2000 bytes, though each field fits', () => {
    const [whole] = checkParcel(
      aParcel({ goods: { name: '가'.repeat(400), model: '나'.repeat(300) } }),
      aSender(),
    );
    expect(whole).toMatchObject({ field: 'parcel', rule: 'whole-too-long', limit: 2000 });
    expect(whole!.actual).toBeGreaterThan(2000);
  });

  it('counts the whole with the true shipment id where it is known', () => {
    const base = insertOrderFields(anOrder());
    const used = Buffer.byteLength(base.map(([name, value]) => `${name}=${value}`).join('&'));
    const parcel = aParcel({
      goods: {
        name: `면 티셔츠${'a'.repeat(380)}`,
        contentCode: '025',
        model: 'b'.repeat(400),
        code: 'c'.repeat(400),
      },
      message: 'd'.repeat(200),
    });
    const rest =
      2000 - used - 380 - '&goodsCd='.length - 400 - '&goodsMdl='.length - 400 - '&delivMsg='.length - 200;
    const filled = {
      ...parcel,
      goods: { ...parcel.goods, color: 'e'.repeat(40) },
      recipient: {
        ...parcel.recipient,
        address2: `101동 202호${'f'.repeat(rest - '&goodsColor='.length - 40)}`,
      },
    };
    expect(checkParcel(filled, aSender(), { shipmentId: 'ship-1' })).toEqual([]);
    expect(checkParcel(filled, aSender())[0]?.rule).toBe('whole-too-long');
  });

  it('leaves nothing that regData cannot carry', () => {
    const nasty = fc.constantFrom('&', '=', '\0', '\ud800', '\n', '가', 'a');
    const anyText = fc.oneof(
      fc.string({ unit: 'binary', minLength: 1, maxLength: 450 }),
      fc.string({ unit: nasty, minLength: 1, maxLength: 5 }),
    );
    fc.assert(
      fc.property(anyText, anyText, anyText, anyText, (name, address2, goods, message) => {
        const parcel = { ...to({ name, address2 }), goods: { name: goods }, message };
        const order = anOrder({ parcel });
        fc.pre(checkParcel(parcel, order.sender, order).length === 0);
        const regData = encodeRegData(insertOrderFields(order));
        expect(regData.outcome).toBe('encoded');
      }),
      { numRuns: 2000 },
    );
  });
});
