import type { Booking } from '../office/bookings.ts';
import { TEST_NUMBER } from '../office/bookings.ts';
import type { Call } from '../wire/call.ts';
import { kstDay, kstStamp } from '../wire/kst.ts';
import type { World } from '../office/world.ts';
import type { Reply, XmlNode } from '../wire/xml.ts';
import { answer } from '../wire/xml.ts';
import { checkOrder } from './check-order.ts';
import { insuranceFee, islandFee, parcelPrice } from './fees.ts';

/**
 * InsertOrder: every call that passes the checks is one more parcel, also under an orderNo that has one already.
 * A number in the unverified field `regiNo` (band mode) is used as is; otherwise one is drawn.
 */
export function insertOrder(call: Call, world: World): Reply {
  const failed = checkOrder(call, world);
  if (failed !== null) return failed;
  const booking = createBooking(call.fields, world);
  world.book(booking);
  return answer(bookingNodes(booking, call, world));
}

/** The same answer with another number than the booking has: what a mix-up at the carrier would look like. */
export function withOtherNumber(reply: Reply, world: World): Reply {
  if (reply.outcome === 'error') return reply;
  const swap = ([tag, content]: XmlNode): XmlNode =>
    tag === 'regiNo' ? [tag, world.numbers.regiNo(false)] : [tag, content];
  return answer(reply.nodes.map(swap));
}

function createBooking(fields: ReadonlyMap<string, string>, world: World): Booking {
  const field = (name: string) => fields.get(name) ?? '';
  const now = world.now();
  const test = field('testYn') === 'Y';
  const returned = field('reqType') === '2';
  const band = !test && field('regiNo') !== '';
  const drawn = test ? TEST_NUMBER : world.numbers.regiNo(field('payType') === '2');
  const reqNo = world.numbers.reqNo(now);
  return {
    reqNo,
    resNo: test ? `${kstDay(now)}00000000` : world.numbers.resNo(field('custNo'), now),
    regiNo: band ? field('regiNo') : drawn,
    orderNo: field('orderNo'),
    custNo: field('custNo'),
    apprNo: field('apprNo'),
    reqType: returned ? '2' : '1',
    bookedAt: now,
    price: parcelPrice(fields),
    vTelNo: test ? '' : `0507${reqNo.slice(-7)}`,
    firstStatus: !returned && field('printYn') !== 'N' ? '02' : '01',
    test,
    band,
    state: 'live',
    formerNumbers: [],
    played: [],
  };
}

function bookingNodes(booking: Booking, call: Call, world: World): XmlNode[] {
  const returned = booking.reqType === '2';
  return [
    ['reqNo', booking.reqNo],
    ['resNo', booking.resNo],
    ['regiNo', booking.regiNo],
    ['orderNo', booking.orderNo],
    [world.switches.officeNameTag, '모의우체국'],
    ['resDate', kstStamp(booking.bookedAt)],
    ['price', String(booking.price)],
    ['vTelNo', booking.vTelNo === '' ? null : booking.vTelNo],
    // Returns get none of the delivery-office fields (manual note 15).
    ...(returned ? [] : areaNodes(call.fields.get('recZip') ?? '')),
    ['insuFee', String(insuranceFee(call.fields))],
    ['islandAddFee', String(islandFee(call.fields.get('recZip') ?? ''))],
    ...(returned || call.fields.get('printAreaCdYn') !== 'Y' ? [] : printNodes(call.fields)),
    ...noticeNodes(call.parameters.get('option')),
  ];
}

function areaNodes(zip: string): XmlNode[] {
  return [
    ['arrCnpoNm', '모의M'],
    ['delivPoNm', '가상'],
    ['delivAreaCd', `모1${zip.slice(0, 3)}0506`],
    ['courseNo', zip.slice(2, 5)],
  ];
}

function printNodes(fields: ReadonlyMap<string, string>): XmlNode[] {
  const zip = fields.get('recZip') ?? '';
  return [
    ['refineZip', zip],
    ['refineAddr', `${fields.get('recAddr1') ?? ''} ${fields.get('recAddr2') ?? ''}`.trim()],
    ['printAreaCd', `모1(모의M) ${zip.slice(0, 3)}(가상) 05 06`],
  ];
}

function noticeNodes(option: string | undefined): XmlNode[] {
  const notice: XmlNode = ['noticeCont', '모의 우체국입니다.'];
  if (option === '000') return [notice];
  if (option === '001') return [notice, ['notifyMsg', '토요일 배달이 쉬는 지역입니다.']];
  return [];
}
