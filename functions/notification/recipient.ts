/** A12, P16: an SMS goes to a Korean mobile that begins with 010, and to nothing else. */

export type Recipient =
  | { outcome: 'mobile'; /** `+8210` and eight digits */ e164: string }
  | { outcome: 'refused'; /** Korean */ reason: string };

/** 010 and eight digits, hyphens between them or not, as what SNS wants. */
export const toRecipient = (number: string): Recipient => {
  const digits = /^010-?(\d{4})-?(\d{4})$/.exec(number.trim());
  return digits === null
    ? { outcome: 'refused', reason: '문자는 010으로 시작하는 휴대폰 번호 11자리로만 보낼 수 있습니다.' }
    : { outcome: 'mobile', e164: `+8210${digits[1]}${digits[2]}` };
};
