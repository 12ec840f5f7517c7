import type { Call } from '../wire/call.ts';
import { approvalsOf } from '../office/registry.ts';
import type { World } from '../office/world.ts';
import type { Reply, XmlNode } from '../wire/xml.ts';
import { answer, refuse } from '../wire/xml.ts';
import type { Check } from './checks.ts';
import { firstOf, required } from './checks.ts';

const requiredOfficeFields = [
  ['officeSer', '공급지코드'],
  ['officeNm', '공급지명'],
  ['officeZip', '공급지 우편번호'],
  ['officeAddr1', '공급지 주소'],
  ['officeAddr2', '공급지 상세주소'],
  ['officeTelno', '공급지 전화번호'],
  ['contactNm', '담당자명'],
] as const;

/** InsertOffice: registers a supply site once per customer; the second time is ERR-226. */
export function insertOffice(call: Call, world: World): Reply {
  const failed = firstOf(
    () => checkOfficeCustomer(call, world),
    () =>
      firstOf(
        ...requiredOfficeFields.map(
          ([name, label]) =>
            () =>
              required(call, name, label, 'ERR-211'),
        ),
      ),
  );
  if (failed !== null) return failed;
  const key = `${call.fields.get('custNo') ?? ''} ${call.fields.get('officeSer') ?? ''}`;
  if (world.registry.offices.has(key)) return refuse('ERR-226', '이미 등록된 공급지코드(officeSer)입니다.');
  const office = Object.fromEntries(call.fields);
  world.saveEntry('offices', key, office);
  return answer([
    ['chkResult', 'Y'],
    ['officeSer', office['officeSer'] ?? ''],
    ['officeNm', office['officeNm'] ?? ''],
    ['regiPoNm', '모의우체국'],
    ['officeDivCd', divisionOf(office)],
  ]);
}

/** GetOfficeInfo: the sites of a customer whose division is in the sum officeDivReqCd (default 7: all). */
export function getOfficeInfo(call: Call, world: World): Reply {
  const failed = checkOfficeCustomer(call, world);
  if (failed !== null) return failed;
  const wanted = Number(call.fields.get('officeDivReqCd') || 7);
  const offices = [...world.registry.offices.values()].filter(
    (office) => office['custNo'] === call.fields.get('custNo') && (wanted & Number(divisionOf(office))) > 0,
  );
  return answer(offices.map((office) => ['officeInfo', officeNodes(office)]));
}

function checkOfficeCustomer(call: Call, world: World): Check {
  const custNo = call.fields.get('custNo') ?? '';
  if (approvalsOf(world.registry, custNo) !== null) return null;
  return refuse('ERR-123', '데이터오류-고객번호(custNo) 값이 유효하지 않습니다.');
}

function divisionOf(office: Record<string, string>): string {
  return office['officeDivCd'] || '1';
}

function officeNodes(office: Record<string, string>): XmlNode[] {
  const plain = (name: string): XmlNode => [name, office[name] || null];
  return [
    plain('officeSer'),
    plain('officeNm'),
    plain('officeZip'),
    ['officeAddr', `${office['officeAddr1'] ?? ''} ${office['officeAddr2'] ?? ''}`.trim()],
    plain('officeTelno'),
    plain('officeFaxNo'),
    plain('contactNm'),
    plain('chrgPrsnMob'),
    plain('chrgPrsnEmail'),
    plain('officeSortSeq'),
    ['officeDivCd', divisionOf(office)],
  ];
}
