/** InsertOrder's fields (manual p.17–18, notes 10–29), one row each, in the manual's order. */
import type { Parcel, SenderContract } from './parcel.ts';

export interface Order {
  parcel: Parcel;
  sender: SenderContract;
  /** becomes orderNo, ≤ 50 */
  shipmentId: string;
  /** 13 digits, where the number is ours (band mode) */
  waybillNumber?: string | undefined;
}

interface Form {
  pattern: RegExp;
  /** Korean, follows the label */
  fix: string;
}

export interface OrderField {
  /** ePost's name */
  name: string;
  /** path in OrderShipped, or `contract.…` */
  path: string;
  /** what the shop calls it */
  label: string;
  /** in characters: see `checkParcel` */
  max: number;
  required?: true;
  form?: Form;
  /** as it goes out, normalised; undefined = stays out */
  value: (order: Order) => string | undefined;
}

type More = Pick<OrderField, 'required' | 'form'>;

const REQUIRED: More = { required: true };
const TEN_DIGITS: More = { ...REQUIRED, form: { pattern: /^\d{10}$/, fix: '숫자 10자리로 고쳐 주세요.' } };
const SITE: More = { ...REQUIRED, form: { pattern: /^[A-Za-z0-9]+$/, fix: '영문과 숫자만 적어 주세요.' } };
const ZIP: More = { form: { pattern: /^\d{5}$/, fix: '숫자 5자리 우편번호로 고쳐 주세요.' } };
const PHONE: More = { form: { pattern: /^\d+$/, fix: '숫자와 하이픈만 적어 주세요.' } };
const CONTENT: More = { form: { pattern: /^02[1-9]$/, fix: '021~029 중 하나로 고쳐 주세요.' } };
/** 029 기타 */
const OTHER_GOODS = '029';

/** Largest standard parcel, and the 초소형 step (manual note 17). */
export const STANDARD = { kg: 30, cm: 160 };
export const MICRO = { kg: 1, cm: 50 };

/**
 * Normalises one text: NFC (Korean typed on a Mac arrives decomposed, three times as long), control characters
 * and runs of blanks to one blank, trimmed. Nothing left = not given.
 */
const tidy = (text: string | undefined): string | undefined =>
  text
    ?.normalize('NFC')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim() || undefined;

/** Phones go out as digits: blanks and hyphens are taken out (`--` is no phone), anything else stays, to be refused. */
const digits = (text: string | undefined): string | undefined =>
  tidy(text)?.replace(/[\s-]/g, '') || undefined;

type Read = (order: Order) => string | undefined;

const text = (
  name: string,
  path: string,
  label: string,
  max: number,
  read: Read,
  more: More = {},
): OrderField => ({
  name,
  path,
  label,
  max,
  ...more,
  value: (order) => tidy(read(order)),
});

const phone = (name: string, path: string, label: string, read: Read): OrderField => ({
  ...text(name, path, label, 12, read, PHONE),
  value: (order) => digits(read(order)),
});

/** Switches and numbers: ours to write, so their limits cannot be missed; ranges are `checkParcel`'s. */
const plain = (name: string, path: string, value: Read): OrderField => ({
  name,
  path,
  label: name,
  max: 20,
  value,
});

/** ePost takes whole kg and cm only: rounded up. */
const whole = (measure: number | undefined): string | undefined =>
  (measure && String(Math.ceil(measure))) || undefined;

export const ORDER_FIELDS: readonly OrderField[] = [
  text('custNo', 'contract.customerNo', '우체국 고객번호', 10, (o) => o.sender.customerNo, TEN_DIGITS),
  text('apprNo', 'contract.approvalNo', '우체국 승인번호', 10, (o) => o.sender.approvalNo, TEN_DIGITS),
  plain('payType', 'payer', (o) => (o.parcel.payer === 'recipient' ? '2' : '1')),
  plain('reqType', 'reqType', () => '1'),
  text('officeSer', 'contract.officeSer', '공급지 코드', 20, (o) => o.sender.officeSer, SITE),
  // 초소형 without measures states its step: ePost would assume 2 kg and 60 cm, which is a dearer one.
  plain('weight', 'weightKg', (o) => whole(o.parcel.weightKg ?? (o.parcel.micro ? MICRO.kg : undefined))),
  plain('volume', 'sizeCm', (o) => whole(o.parcel.sizeCm ?? (o.parcel.micro ? MICRO.cm : undefined))),
  plain('microYn', 'micro', (o) => (o.parcel.micro ? 'Y' : 'N')),
  plain('packngMtrCd', 'packing', (o) => o.parcel.packing),
  text('orderNo', 'shipmentId', '발송 건 번호', 50, (o) => o.shipmentId, REQUIRED),
  // 11, ddayDelivReq, is never sent: the service ended on 2023-04-01.
  plain('insuYn', 'insuranceWon', (o) => (o.parcel.insuranceWon === undefined ? undefined : 'Y')),
  plain('insuAmt', 'insuranceWon', (o) => o.parcel.insuranceWon?.toString()),
  text('ordCompNm', 'contract.companyName', '업체명', 100, (o) => o.sender.companyName, REQUIRED),
  // Absent = the default stored at the portal; present and empty would blank it (manual note 21).
  text('inqTelCn', 'contract.inquiryTel', '문의처', 100, (o) => o.sender.inquiryTel),
  text('ordNm', 'orderer.name', '주문자 이름', 40, (o) => o.parcel.orderer?.name),
  text('ordZip', 'orderer.zip', '주문자 우편번호', 5, (o) => o.parcel.orderer?.zip, ZIP),
  text('ordAddr1', 'orderer.address1', '주문자 주소', 60, (o) => o.parcel.orderer?.address1),
  text('ordAddr2', 'orderer.address2', '주문자 상세주소', 100, (o) => o.parcel.orderer?.address2),
  phone('ordTel', 'orderer.tel', '주문자 전화번호', (o) => o.parcel.orderer?.tel),
  phone('ordMob', 'orderer.mobile', '주문자 휴대전화', (o) => o.parcel.orderer?.mobile),
  text('recNm', 'recipient.name', '수취인 이름', 40, (o) => o.parcel.recipient.name, REQUIRED),
  text('recZip', 'recipient.zip', '수취인 우편번호', 5, (o) => o.parcel.recipient.zip, {
    ...REQUIRED,
    ...ZIP,
  }),
  text('recAddr1', 'recipient.address1', '수취인 주소', 150, (o) => o.parcel.recipient.address1, REQUIRED),
  // Required by ePost even where an address has no second line; its customers send a full stop then.
  text(
    'recAddr2',
    'recipient.address2',
    '수취인 상세주소',
    300,
    (o) => tidy(o.parcel.recipient.address2) ?? '.',
  ),
  phone('recTel', 'recipient.tel', '수취인 전화번호', (o) => o.parcel.recipient.tel),
  phone('recMob', 'recipient.mobile', '수취인 휴대전화', (o) => o.parcel.recipient.mobile),
  text('contCd', 'goods.contentCode', '내용품 코드', 3, (o) => contentCode(o), CONTENT),
  text('goodsNm', 'goods.name', '상품명', 400, (o) => o.parcel.goods.name, REQUIRED),
  text('goodsCd', 'goods.code', '상품 코드', 400, (o) => o.parcel.goods.code),
  text('goodsMdl', 'goods.model', '상품 모델', 400, (o) => o.parcel.goods.model),
  text('goodsSize', 'goods.size', '상품 크기', 30, (o) => o.parcel.goods.size),
  text('goodsColor', 'goods.color', '상품 색상', 40, (o) => o.parcel.goods.color),
  plain('qty', 'goods.quantity', (o) => o.parcel.goods.quantity?.toString()),
  text('delivMsg', 'message', '배송 메시지', 200, (o) => o.parcel.message),
  // The merchant prints at biz.epost (R20); ePost's own default is Y.
  plain('printYn', 'printYn', () => 'N'),
  // Means something inside regData only: in the URL it would be a real order.
  plain('testYn', 'contract.testOrders', (o) => (o.sender.testOrders ? 'Y' : undefined)),
  // UNVERIFIED. ePost's message for numbers lent to a contract is given to partners only; the public manual has no
  // field for it. This is the one place where our number leaves, under the name the answer uses (A6).
  plain('regiNo', 'waybillNumber', (o) => o.waybillNumber),
];

const contentCode = ({ parcel, sender }: Order): string =>
  tidy(parcel.goods.contentCode) ?? tidy(sender.defaultContentCode) ?? OTHER_GOODS;
