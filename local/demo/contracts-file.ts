import { readFileSync } from 'node:fs';
import * as z from 'zod/mini';
import { SentenceError } from '../terminal/sentence.ts';
import type { DemoContract } from './contracts.ts';

const id = z.string().check(z.regex(/^[A-Za-z0-9._:-]{1,50}$/));
const tenDigits = z.string().check(z.regex(/^\d{10}$/));
const waybillNumber = z.string().check(z.regex(/^\d{13}$/));

const contracts = z.array(
  z.strictObject({
    shopId: id,
    sellerId: z.optional(id),
    companyName: z.string().check(z.minLength(1)),
    customerNo: tenDigits,
    approvalNo: tenDigits,
    officeSer: z.string().check(z.regex(/^[A-Za-z0-9]{1,20}$/)),
    numbering: z._default(z.enum(['band', 'carrier-issued']), 'band'),
    numbers: z.optional(z.strictObject({ first: waybillNumber, last: waybillNumber })),
  }),
);

/**
 * Reads the file of `--contracts`: a JSON array of contracts as in contracts.ts.
 * @throws a Korean sentence naming the file and the first field that does not fit.
 */
export const readContractsFile = (file: string): DemoContract[] => {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    throw new SentenceError(
      `${file} 파일을 읽을 수 없습니다. JSON 배열이 담긴 파일을 --contracts 로 알려 주세요.`,
    );
  }
  const read = contracts.safeParse(content);
  if (read.success) return read.data as DemoContract[];
  const field = read.error.issues[0]?.path.join('.') || '전체';
  throw new SentenceError(`${file} 의 ${field} 값이 맞지 않습니다. --help 의 계약 파일 예를 확인해 주세요.`);
};
