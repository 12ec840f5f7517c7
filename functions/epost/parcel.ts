/** What we know of one parcel, in our own words; `insert-order.ts` turns it into ePost's fields. */

/** One end of the parcel. Phones may hold hyphens and blanks: they are taken out before checking and sending. */
export interface Party {
  name: string;
  /** 5 digits */
  zip: string;
  address1: string;
  address2?: string | undefined;
  /** one of `tel` and `mobile` is required of a recipient */
  tel?: string | undefined;
  mobile?: string | undefined;
}

/** One parcel: one call, one waybill number. ePost has no multi-box field. */
export interface Parcel {
  recipient: Party;
  orderer?: { [Field in keyof Party]?: string | undefined } | undefined;
  goods: {
    name: string;
    /** contCd 021–029; the contract's default, else 029 기타 */
    contentCode?: string | undefined;
    code?: string | undefined;
    model?: string | undefined;
    size?: string | undefined;
    color?: string | undefined;
    /** whole pieces, at most 5 digits */
    quantity?: number | undefined;
  };
  /** above 0, at most 30; rounded up to whole kg (ePost takes integers only). ePost reckons 2 when absent */
  weightKg?: number | undefined;
  /** width + length + height, above 0, at most 160; rounded up. ePost reckons 60 when absent */
  sizeCm?: number | undefined;
  /** 01 종이상자, 03 폴리백, 05 아이스박스, 09 기타 */
  packing?: '01' | '03' | '05' | '09' | undefined;
  /** 초소형: only under a contract that has it, at most 1 kg and 50 cm */
  micro?: boolean | undefined;
  /** 100,000–3,000,000, in tens of won */
  insuranceWon?: number | undefined;
  message?: string | undefined;
  /** who pays the fee; the sender unless said */
  payer?: 'sender' | 'recipient' | undefined;
}

/** The contract's part of an order. */
export interface SenderContract {
  /** 고객번호, 10 digits as a string */
  customerNo: string;
  /** 승인번호, 10 digits as a string */
  approvalNo: string;
  /** supply site code registered at ePost, ≤ 20 letters and digits */
  officeSer: string;
  companyName: string;
  inquiryTel?: string | undefined;
  defaultContentCode?: string | undefined;
  /** send testYn=Y: ePost answers as usual and books nothing */
  testOrders?: boolean | undefined;
}

/** One field ePost would refuse or misread, found before a number or a call is spent. */
export interface FieldProblem {
  /** path in the OrderShipped event (`recipient.mobile`), `contract.…` for the contract, `parcel` for the whole */
  field: string;
  rule:
    | 'missing'
    | 'too-long'
    | 'bad-format'
    | 'unsafe-character'
    | 'out-of-range'
    /** the fields together are longer than regData may be */
    | 'whole-too-long';
  limit?: number;
  /** a length or a kind, never the value */
  actual?: number | string;
  /** Korean: what to do */
  fix: string;
}
