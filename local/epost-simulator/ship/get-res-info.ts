import type { Booking } from '../office/bookings.ts';
import type { Call } from '../wire/call.ts';
import { kstStamp } from '../wire/kst.ts';
import { approvalsOf } from '../office/registry.ts';
import type { World } from '../office/world.ts';
import type { Reply, XmlNode } from '../wire/xml.ts';
import { answer, refuse } from '../wire/xml.ts';
import { checkCustomerAndType, customerUnknown, firstOf, required, valid } from './checks.ts';

/** GetResInfo: every application under an orderNo on a Korean day, oldest first; ERR-225 when there is none. */
export function getResInfo(call: Call, world: World): Reply {
  const field = (name: string) => call.fields.get(name) ?? '';
  const failed = firstOf(
    () => checkCustomerAndType(call),
    () => (approvalsOf(world.registry, field('custNo')) === null ? customerUnknown() : null),
    () => required(call, 'orderNo', '주문번호', 'ERR-511'),
    () => required(call, 'reqYmd', '신청일자', 'ERR-511'),
    () => valid(call, 'reqYmd', '신청일자', 'ERR-523', /^\d{8}$/),
  );
  if (failed !== null) return failed;
  const found = world.bookings
    .find(field('custNo'), field('orderNo'), field('reqYmd'))
    .filter((booking) => booking.reqType === field('reqType'));
  if (found.length === 0) {
    return refuse('ERR-225', '신청정보가 존재하지 않습니다.(신청일자와 주문번호를 다시 확인해주십시오)');
  }
  return answer(found.map((booking) => ['resInfo', reservationNodes(booking, world)]));
}

/** treatStusCd of a booking now: its first state, then what the scans say. */
export function treatmentStatus(booking: Booking, world: World): string {
  if (booking.state === 'cancelled') return world.switches.statusAfterCancel;
  const words = world.scans(booking).map((scan) => scan.word);
  if (words.some((word) => word !== '미집하' && word !== '운송장출력')) return '03';
  if (words.includes('미집하')) return '04';
  return words.includes('운송장출력') ? '02' : booking.firstStatus;
}

function reservationNodes(booking: Booking, world: World): XmlNode[] {
  // Cancelled: resNo, resDate and vTelNo are null (manual note 35).
  const held = (value: string) => (booking.state === 'cancelled' || value === '' ? null : value);
  return [
    ['reqNo', booking.reqNo],
    ['resNo', held(booking.resNo)],
    ['regiNo', booking.regiNo],
    [world.switches.officeNameTag, '모의우체국'],
    ['resDate', held(kstStamp(booking.bookedAt))],
    ['price', String(booking.price)],
    ['vTelNo', held(booking.vTelNo)],
    ['treatStusCd', treatmentStatus(booking, world)],
  ];
}
