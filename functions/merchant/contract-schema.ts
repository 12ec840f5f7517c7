import * as z from 'zod/mini';
import type { Contract } from './contract.ts';

const tenDigits = z.string().check(z.regex(/^\d{10}$/, '숫자 10자리여야 합니다 (앞의 0 포함)'));

/** A contract as an operator hands it in. Identifiers are texts, so that leading zeros stay (R09). */
export const contractSchema: z.ZodMiniType<Contract> = z.strictObject({
  contractId: z
    .string()
    .check(
      z.regex(
        /^[A-Za-z0-9._:-]{1,50}(\/[A-Za-z0-9._:-]{1,50})?$/,
        '쇼핑몰 ID 또는 쇼핑몰/입점사 여야 합니다',
      ),
    ),
  status: z.enum(['active', 'suspended', 'terminated']),
  companyName: z.string().check(z.minLength(1), z.maxLength(100)),
  customerNo: tenDigits,
  approvalNo: tenDigits,
  officeSer: z.string().check(z.regex(/^[A-Za-z0-9]{1,20}$/, '영문자와 숫자 20자까지입니다')),
  numbering: z.enum(['band', 'carrier-issued']),
  inquiryTel: z.exactOptional(z.string().check(z.maxLength(100))),
  defaultContentCode: z.exactOptional(z.string().check(z.regex(/^02[1-9]$/, '021~029 여야 합니다'))),
  lowWater: z.exactOptional(z.int().check(z.minimum(0))),
  testOrders: z.exactOptional(z.boolean()),
});
