import type { Call } from '../wire/call.ts';
import type { World } from '../office/world.ts';
import type { Reply, XmlNode } from '../wire/xml.ts';
import { answer, refuse } from '../wire/xml.ts';
import type { Check } from './checks.ts';
import { firstOf } from './checks.ts';

/** InsertStoreInfo (partner rights): registers a store of a customer. */
export function insertStoreInfo(call: Call, world: World): Reply {
  const failed = firstOf(
    () => digits(call, 'custNo', '고객번호'),
    () => digits(call, 'apprNo', '승인번호'),
    () => storeCode(call),
    () => missing(call, 'sendStoreNm', '점포명(발송지명)'),
    () => tooLong(call, 'sendStoreNm', '점포명(발송지명)', 100),
  );
  return failed ?? save(call, world);
}

/** UpdateStoreInfo (partner rights): changes a store; storeCd itself cannot be changed. */
export function updateStoreInfo(call: Call, world: World): Reply {
  const failed = firstOf(
    () => digits(call, 'custNo', '고객번호'),
    () => digits(call, 'oldApprNo', '기존 승인번호'),
    () => storeCode(call),
    () => {
      const useYn = call.fields.get('useYn') ?? '';
      if (useYn === '' || useYn === 'Y' || useYn === 'N') return null;
      return refuse('ERR-221', '데이터오류-사용여부(useYn) 값이 유효하지 않습니다.');
    },
  );
  return failed ?? save(call, world);
}

/** GetStoreInfo (partner rights): one store as it was registered, or ERR-225. */
export function getStoreInfo(call: Call, world: World): Reply {
  const failed = firstOf(
    () => digits(call, 'custNo', '고객번호'),
    () => digits(call, 'apprNo', '승인번호'),
    () => storeCode(call),
  );
  if (failed !== null) return failed;
  const store = world.registry.stores.get(storeKey(call));
  if (store === undefined) return refuse('ERR-225', '점포정보가 존재하지 않습니다.');
  return answer([['storeInfo', Object.entries(store).map(([tag, value]): XmlNode => [tag, value || null])]]);
}

function save(call: Call, world: World): Reply {
  const store = { ...world.registry.stores.get(storeKey(call)), ...Object.fromEntries(call.fields) };
  world.saveEntry('stores', storeKey(call), store);
  return answer([
    ['storeCd', store['storeCd'] ?? null],
    ['sendStoreNm', store['sendStoreNm'] ?? null],
    ['chkResult', 'Y'],
  ]);
}

function storeKey(call: Call): string {
  return `${call.fields.get('custNo') ?? ''} ${call.fields.get('storeCd') ?? ''}`;
}

function storeCode(call: Call): Check {
  return firstOf(
    () => missing(call, 'storeCd', '점포코드'),
    () => tooLong(call, 'storeCd', '점포코드', 20),
    () =>
      /^[A-Z0-9]+$/.test(call.fields.get('storeCd') ?? '')
        ? null
        : refuse('ERR-222', '데이터오류-점포코드(storeCd)는 영문 대문자, 숫자만 가능합니다.'),
  );
}

function digits(call: Call, name: string, label: string): Check {
  return firstOf(
    () => missing(call, name, label),
    () => tooLong(call, name, label, 10),
    () =>
      /^\d+$/.test(call.fields.get(name) ?? '')
        ? null
        : refuse('ERR-222', `데이터오류-${label}(${name})는 숫자(정수)로만 입력가능합니다.`),
  );
}

function missing(call: Call, name: string, label: string): Check {
  if ((call.fields.get(name) ?? '') !== '') return null;
  return refuse('ERR-211', `필수항목누락-${label}(${name})가 없습니다.`);
}

function tooLong(call: Call, name: string, label: string, limit: number): Check {
  if ([...(call.fields.get(name) ?? '')].length <= limit) return null;
  return refuse('ERR-221', `데이터오류-${label}(${name}) 값이 유효하지 않습니다.`);
}
