import type { Call } from '../wire/call.ts';
import { kstDay } from '../wire/kst.ts';
import type { Approval, StoppedArea } from '../office/registry.ts';
import { approvalsOf, customerOfMember } from '../office/registry.ts';
import type { World } from '../office/world.ts';
import type { Reply, XmlNode } from '../wire/xml.ts';
import { answer, refuse } from '../wire/xml.ts';
import { required } from './checks.ts';

/** GetCustNo: the customer number of an ePost id. */
export function getCustNo(call: Call, world: World): Reply {
  const failed = required(call, 'memberID', '인터넷우체국 회원 아이디 ID', 'ERR-511');
  if (failed !== null) return failed;
  const custNo = customerOfMember(world.registry, call.fields.get('memberID') ?? '');
  if (custNo === null) return refuse('ERR-511', '고객번호(custNo)가 존재하지 않습니다.');
  return answer([['custNo', custNo]]);
}

/** GetApprNo: the approvals of a customer; statusCd 1 (default), 4 or A, expiredYn Y, N or A (default). */
export function getApprNo(call: Call, world: World): Reply {
  const failed = required(call, 'custNo', '고객번호', 'ERR-211');
  if (failed !== null) return failed;
  const status = call.fields.get('statusCd') || '1';
  const expired = call.fields.get('expiredYn') || 'A';
  const today = kstDay(world.now());
  const chosen = (approvalsOf(world.registry, call.fields.get('custNo') ?? '') ?? []).filter((approval) => {
    if (status !== 'A' && (approval.statusCd ?? '1') !== status) return false;
    return expired === 'A' || (expired === 'Y') === (approval.expiredYmd ?? '99991231') < today;
  });
  if (chosen.length === 0) return refuse('ERR-123', '계약승인번호가 존재하지 않습니다.');
  return answer(chosen.map((approval) => ['contractInfo', approvalNodes(approval)]));
}

function approvalNodes(approval: Approval): XmlNode[] {
  const payTypeCd = approval.payTypeCd ?? '12';
  return [
    ['apprNo', approval.apprNo],
    ['payTypeCd', payTypeCd],
    ['payTypeNm', payTypeCd === '10' ? '즉납' : '후납'],
    ['postNm', '모의'],
    ['statusNm', (approval.statusCd ?? '1') === '1' ? '승인' : '해지'],
    ['expiredYmd', approval.expiredYmd ?? '20991231'],
    ['closedYmd', approval.closedYmd ?? ''],
  ];
}

/** GetStoppedZipCd, unencrypted: areas not served now or later; a deliverable zip answers ERR-125. */
export function getStoppedZipCd(call: Call, world: World): Reply {
  const zip = call.parameters.get('zipCd') ?? '';
  if (zip !== '' && !/^\d{5}$/.test(zip)) {
    return refuse('ERR-123', '데이터오류-입력하신 접수중지 우편번호가 유효하지 않습니다.(숫자 5자리)');
  }
  const today = kstDay(world.now());
  const areas = world.registry.stoppedAreas.filter((area) => area.applyEndYmd >= today);
  const covering = zip === '' ? areas : areas.filter((area) => covers(area, zip));
  if (covering.length > 0) return answer(covering.map((area) => ['stoppedZipCdInfo', areaNodes(area)]));
  return refuse(
    'ERR-125',
    zip === '' ? '접수중지 우편번호가 없습니다.' : '해당 우편번호는 접수중지 우편번호가 아닙니다.',
  );
}

function covers(area: StoppedArea, zip: string): boolean {
  return zip >= area.strtZipCd && zip <= (area.endZipCd ?? area.strtZipCd);
}

function areaNodes(area: StoppedArea): XmlNode[] {
  return [
    ['areaNm', area.areaNm],
    ['strtZipCd', area.strtZipCd],
    ['endZipCd', area.endZipCd ?? null],
    ['applyStrtYmd', area.applyStrtYmd],
    ['applyEndYmd', area.applyEndYmd],
    ['stopReason', area.stopReason],
  ];
}
