import type { Call } from '../wire/call.ts';
import type { Switches } from '../switches.ts';
import { refuse } from '../wire/xml.ts';
import type { Reply } from '../wire/xml.ts';

/** A failed check as an error reply, or null when it holds. */
export type Check = Reply | null;

const CUSTOMER_UNKNOWN =
  '계약소포를 사용하는 고객번호(custNo)가 아닙니다. 해당 고객번호 아이디로 로그인 후 계약소포 시스템 설정을 하신 후에 이용 가능합니다.';

/** The key and regData checks every operation starts with (manual, errors of each operation). */
export function checkDoor(call: Call, key: string, encrypted: boolean): Check {
  const given = call.parameters.get('key') ?? '';
  if (given === '') return refuse('ERR-111', '필수항목 누락(인증키)입니다.');
  if (given !== key) return refuse('ERR-123', '등록되지 않거나 유효하지 않은 인증키입니다.');
  const regData = call.parameters.get('regData') ?? '';
  if (encrypted && regData === '') {
    return refuse('ERR-511', '필수값이 입력되지 않았습니다. 요청 변수(regData)을(를) 입력하여 주세요.');
  }
  // Note 13 says "최대 4000 byte" and gives no error for more; the code follows the scheme of manual p.3.
  if (regData.length > 4_000)
    return refuse('ERR-521', '데이터오류-요청 변수(regData) 길이가 유효하지 않습니다.');
  return null;
}

/** The first failed check of a list, or null. */
export function firstOf(...checks: Array<() => Check>): Check {
  for (const check of checks) {
    const failed = check();
    if (failed !== null) return failed;
  }
  return null;
}

/** Refuses an absent or empty field in the manual's words. */
export function required(call: Call, name: string, label: string, code: string): Check {
  if ((call.fields.get(name) ?? '') !== '') return null;
  return refuse(code, `필수항목누락-${label}(${name}) 값이 없습니다.`);
}

/** Refuses a present value that does not match. */
export function valid(call: Call, name: string, label: string, code: string, pattern: RegExp): Check {
  const value = call.fields.get(name) ?? '';
  if (value === '' || pattern.test(value)) return null;
  return refuse(code, `데이터오류-${label}(${name}) 값이 유효하지 않습니다.`);
}

/** Refuses a value longer than `limit`, counted as the switches say: the manual does not. */
export function within(call: Call, name: string, limit: number, code: string, switches: Switches): Check {
  const value = call.fields.get(name) ?? '';
  const length = switches.lengthUnit === 'bytes' ? Buffer.byteLength(value) : [...value].length;
  if (length <= limit) return null;
  return refuse(code, `데이터오류-(${name}) 값의 길이가 유효하지 않습니다.(최대 ${limit})`);
}

/** custNo and reqType as InsertOrder, GetResInfo and GetResCancelCmd check them. */
export function checkCustomerAndType(call: Call): Check {
  return firstOf(
    () => required(call, 'custNo', '고객번호', 'ERR-211'),
    () => required(call, 'reqType', '신청구분', 'ERR-111'),
    () =>
      /^[12]$/.test(call.fields.get('reqType') ?? '')
        ? null
        : refuse('ERR-123', '데이터 오류-신청구분(reqType) 값이 유효하지 않습니다.'),
  );
}

/** The refusal of a customer number that is not a contract-parcel customer. */
export function customerUnknown(): Reply {
  return refuse('ERR-223', CUSTOMER_UNKNOWN);
}
