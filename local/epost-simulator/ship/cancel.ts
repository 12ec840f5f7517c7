import type { Booking } from '../office/bookings.ts';
import type { Call } from '../wire/call.ts';
import { kstStamp } from '../wire/kst.ts';
import { approvalsOf } from '../office/registry.ts';
import type { World } from '../office/world.ts';
import type { Reply, XmlNode } from '../wire/xml.ts';
import { answer } from '../wire/xml.ts';
import { checkCustomerAndType, customerUnknown, firstOf, required, valid } from './checks.ts';
import { treatmentStatus } from './get-res-info.ts';

interface CancelResult {
  canceledYn: 'Y' | 'N' | 'D';
  cancelRegiNo: string;
  regiNo: string;
  reason: string;
}

/**
 * GetResCancelCmd: delYn N cancels and changes the number, delYn Y cancels and deletes. A parcel cannot be
 * cancelled from 03, a return from 02: that is canceledYn N in a normal answer, not an error.
 */
export function cancelOrder(call: Call, world: World): Reply {
  const failed = firstOf(
    () => checkCustomerAndType(call),
    () => (approvalsOf(world.registry, call.fields.get('custNo') ?? '') === null ? customerUnknown() : null),
    () => required(call, 'apprNo', '승인번호', 'ERR-211'),
    () => required(call, 'reqNo', '신청번호', 'ERR-511'),
    () => required(call, 'resNo', '예약번호', 'ERR-511'),
    () => required(call, 'regiNo', '등기번호', 'ERR-511'),
    () => required(call, 'delYn', '삭제여부', 'ERR-511'),
    () => valid(call, 'delYn', '삭제여부', 'ERR-523', /^[YN]$/),
  );
  return failed ?? answer(cancelNodes(call, cancelBooking(call.fields, world), world));
}

function cancelBooking(fields: ReadonlyMap<string, string>, world: World): CancelResult {
  const regiNo = fields.get('regiNo') ?? '';
  const refused = (reason: string): CancelResult => ({ canceledYn: 'N', cancelRegiNo: '', regiNo, reason });
  const booking = world.bookings.byReqNo(fields.get('reqNo') ?? '');
  if (booking === undefined || !describes(booking, fields)) return refused('신청정보가 존재하지 않습니다.');
  if (booking.state !== 'live') return refused('이미 취소된 신청입니다.');
  const status = treatmentStatus(booking, world);
  const lastAllowed = booking.reqType === '2' ? '01' : '02';
  if (status > lastAllowed) return refused(status === '02' ? '운송장 출력 완료' : '집하완료');
  if (fields.get('delYn') === 'Y') {
    world.change(booking, { state: 'deleted' });
    return { canceledYn: 'D', cancelRegiNo: regiNo, regiNo: '', reason: '' };
  }
  const fresh = booking.test ? regiNo : world.numbers.regiNo(regiNo.startsWith('7'));
  const formerNumbers = [...booking.formerNumbers, regiNo];
  world.change(booking, { state: 'cancelled', regiNo: fresh, formerNumbers });
  return { canceledYn: 'Y', cancelRegiNo: regiNo, regiNo: fresh, reason: '' };
}

function describes(booking: Booking, fields: ReadonlyMap<string, string>): boolean {
  return (['custNo', 'apprNo', 'reqType', 'resNo', 'regiNo'] as const).every(
    (name) => fields.get(name) === booking[name],
  );
}

function cancelNodes(call: Call, result: CancelResult, world: World): XmlNode[] {
  const values: ReadonlyArray<readonly [string, string]> = [
    ['reqNo', call.fields.get('reqNo') ?? ''],
    ['resNo', call.fields.get('resNo') ?? ''],
    ['cancelRegiNo', result.cancelRegiNo],
    ['cancelDate', result.canceledYn === 'N' ? '' : kstStamp(world.now())],
    ['canceledYn', result.canceledYn],
    ['regiNo', result.regiNo],
    ['notCancelReason', result.reason],
  ];
  const lower = world.switches.cancelTags === 'lower';
  return values.map(([tag, value]) => [lower ? tag.toLowerCase() : tag, value === '' ? null : value]);
}
