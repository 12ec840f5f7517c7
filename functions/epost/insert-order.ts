/** From our parcel to InsertOrder's fields, and what ePost would not take of it. */
import { MICRO, ORDER_FIELDS, STANDARD } from './order-fields.ts';
import type { Order, OrderField } from './order-fields.ts';
import type { FieldProblem, Parcel, SenderContract } from './parcel.ts';
import { PLAINTEXT_MAX_BYTES, isUnsafe, plaintextBytes } from './reg-data.ts';
import type { Fields } from './reg-data.ts';

/**
 * Fields of one InsertOrder, in the manual's order; optional ones without a value stay out.
 * Expects an order that `checkParcel` finds no fault with.
 */
export const insertOrderFields = (order: Order): Fields =>
  ORDER_FIELDS.flatMap(({ name, value }) => {
    const sent = value(order);
    return sent === undefined ? [] : [[name, sent] as const];
  });

type Identity = Pick<Order, 'shipmentId' | 'waybillNumber'>;
/** Longest identity there can be, for checks made before a number is allocated. */
const LONGEST: Identity = { shipmentId: 'x'.repeat(50), waybillNumber: '0'.repeat(13) };

/**
 * Everything ePost would refuse or misread in this parcel, in the order of its fields; none = fit to be sent.
 * To be asked before a number or a call is spent. Pass the identity where it is known; else the longest is assumed.
 *
 * Lengths: the manual does not say whether it counts bytes or characters. Characters are counted here. Were it
 * bytes, ePost would refuse the few texts between the two readings (ERR-x21) with nothing booked; counting bytes
 * would for ever stop addresses and goods names that ePost may well take. The wrong refusal costs the shop more.
 */
export const checkParcel = (
  parcel: Parcel,
  sender: SenderContract,
  identity: Identity = LONGEST,
): FieldProblem[] => {
  const order = { parcel, sender, ...identity };
  const problems = [
    ...ORDER_FIELDS.flatMap((field) => textProblem(field, field.value(order))),
    ...phoneMissing(parcel, order),
    ...numberProblems(parcel),
  ];
  return problems.length > 0 ? problems : wholeProblem(insertOrderFields(order));
};

const textProblem = (field: OrderField, value: string | undefined): FieldProblem[] => {
  const { path, label, max, form, required } = field;
  const say = (rule: FieldProblem['rule'], fix: string, more: Partial<FieldProblem> = {}): FieldProblem[] => [
    { field: path, rule, ...more, fix: `${label}: ${fix}` },
  ];
  if (value === undefined) return required ? say('missing', '값을 입력해 주세요.') : [];
  if (isUnsafe(value)) return say('unsafe-character', UNSAFE_FIX, { actual: unsafeKind(value) });
  if (form && !form.pattern.test(value)) return say('bad-format', form.fix, { actual: kindOf(value) });
  const length = [...value].length;
  if (length > max) return say('too-long', `${max}자 이내로 줄여 주세요.`, { limit: max, actual: length });
  return [];
};

const UNSAFE_FIX = '우체국이 받지 못하는 글자(&, =)를 빼거나 전각(＆, ＝)으로 바꿔 주세요.';

const unsafeKind = (value: string): string => /[&=]/.exec(value)?.[0] ?? 'broken-character';

/** What sort of text stands there, so that a log can say it without saying the text. */
const kindOf = (value: string): string =>
  /^\d+$/.test(value) ? `${value.length} digits` : `${[...value].length} characters`;

const phoneMissing = ({ recipient }: Parcel, order: Order): FieldProblem[] => {
  const phones = ORDER_FIELDS.filter(({ name }) => name === 'recTel' || name === 'recMob');
  if (phones.some(({ value }) => value(order) !== undefined)) return [];
  const field =
    recipient.tel !== undefined && recipient.mobile === undefined ? 'recipient.tel' : 'recipient.mobile';
  return [{ field, rule: 'missing', fix: '수취인 휴대전화나 전화번호 중 하나를 입력해 주세요.' }];
};

interface NumberRule {
  field: string;
  label: string;
  value: number | undefined;
  /** lowest allowed; absent = anything above 0 */
  min?: number;
  max: number;
  /** ePost takes multiples of this only; absent = rounded up on sending */
  step?: number;
}

const numberProblems = (parcel: Parcel): FieldProblem[] => {
  const most = parcel.micro ? MICRO : STANDARD;
  const { weightKg, sizeCm, insuranceWon, goods } = parcel;
  const rules: NumberRule[] = [
    { field: 'weightKg', label: '무게(kg)', value: weightKg, max: most.kg },
    { field: 'sizeCm', label: '세 변의 합(cm)', value: sizeCm, max: most.cm },
    {
      field: 'insuranceWon',
      label: '보험가액(원)',
      value: insuranceWon,
      min: 100_000,
      max: 3_000_000,
      step: 10,
    },
    { field: 'goods.quantity', label: '수량', value: goods.quantity, min: 1, max: 99_999, step: 1 },
  ];
  return rules.flatMap(numberProblem);
};

const numberProblem = ({ field, label, value, min, max, step }: NumberRule): FieldProblem[] => {
  if (value === undefined) return [];
  const inRange = value <= max && (min === undefined ? value > 0 : value >= min);
  if (!inRange) {
    const range = min === undefined ? `0보다 크고 ${max} 이하인` : `${min}~${max} 사이의`;
    return [{ field, rule: 'out-of-range', limit: max, fix: `${label}: ${range} 값으로 고쳐 주세요.` }];
  }
  if (step === undefined || value % step === 0) return [];
  return [{ field, rule: 'bad-format', fix: `${label}: ${step} 단위의 값으로 고쳐 주세요.` }];
};

const wholeProblem = (fields: Fields): FieldProblem[] => {
  const actual = plaintextBytes(fields);
  if (actual <= PLAINTEXT_MAX_BYTES) return [];
  const fix = '전체 내용이 너무 깁니다. 상품명, 상품 코드·모델, 배송 메시지를 줄여 주세요.';
  return [{ field: 'parcel', rule: 'whole-too-long', limit: PLAINTEXT_MAX_BYTES, actual, fix }];
};
