/** What the platform sends us about a merchant: strict, so that a misspelt field is told and not lost. */
import * as z from 'zod/mini';

/** ePost carries fields unescaped: these would tear a request apart (manual p.2). */
const CARRIED = /^[^&=\p{Cc}]*$/u;

const matching = (pattern: RegExp) => z.string().check(z.regex(pattern));
const text = (max: number) =>
  z.string().check(z.minLength(1), z.maxLength(max), z.regex(CARRIED), z.regex(/\S/));

export const applicationId = matching(/^[A-Za-z0-9._:-]{1,50}$/);
const tenantId = matching(/^[A-Za-z0-9._:-]{1,50}$/);
const tenDigits = matching(/^\d{10}$/);

/** Weights and rule of the business registration number's last digit (국세청 사업자등록번호 검증). */
const WEIGHTS = [1, 3, 7, 1, 3, 7, 1, 3, 5] as const;

/** Ten digits whose last one follows from the others. */
export const isBusinessNo = (digits: string): boolean => {
  if (!/^\d{10}$/.test(digits) || digits === '0000000000') return false;
  const at = (i: number) => Number(digits[i]);
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * at(i), Math.floor((at(8) * 5) / 10));
  return (10 - (sum % 10)) % 10 === at(9);
};

/** Body of PUT /applications/{applicationId}. Lengths are InsertOffice's (manual p.11). */
export const applicationRequest = z.strictObject({
  shopId: tenantId,
  sellerId: z.exactOptional(tenantId),
  revision: z._default(z.int().check(z.minimum(1), z.maximum(1_000_000_000)), 1),
  companyName: text(50),
  domain: z.exactOptional(matching(/^(?=.{1,253}$)[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)+$/u)),
  businessNo: tenDigits.check(z.refine(isBusinessNo, { error: 'check-digit', abort: true })),
  epostId: matching(/^[A-Za-z0-9._@-]{1,50}$/),
  epostPassword: z.exactOptional(z.string().check(z.minLength(1), z.maxLength(128))),
  customerNo: tenDigits,
  approvalNo: tenDigits,
  numbering: z._default(z.enum(['band', 'carrier-issued']), 'band'),
  contact: z.strictObject({ name: text(40), mobile: matching(/^010\d{8}$/) }),
  site: z.strictObject({
    officeSer: matching(/^[A-Za-z0-9]{1,20}$/),
    name: text(100),
    zip: matching(/^\d{5}$/),
    address1: text(60),
    address2: text(100),
    tel: matching(/^(0\d{1,2}-\d{3,4}-\d{4}|1\d{3}-\d{4})$/),
    contact: text(50),
  }),
});
export type ApplicationRequest = z.output<typeof applicationRequest>;
