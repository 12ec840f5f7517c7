import type { Call } from '../wire/call.ts';
import type { ShownScan } from '../office/journeys.ts';
import { kstDay, kstParts, kstStamp } from '../wire/kst.ts';
import type { TraceOperation } from '../wire/operations.ts';
import type { World } from '../office/world.ts';
import { document } from '../wire/xml.ts';
import type { XmlNode } from '../wire/xml.ts';
import { personsOf } from './persons.ts';

type Service = Exclude<TraceOperation, 'trace'>;

/** Calls answered on a Korean day, by service; the quota is per service and day. */
export type DailyUse = Map<string, number>;

const gatewayErrors = {
  '22': 'LIMITED_NUMBER_OF_SERVICE_REQUESTS_EXCEEDS_ERROR',
  '30': 'SERVICE_KEY_IS_NOT_REGISTERED_ERROR',
} as const;

/** The portal gateway's own error, before the service is reached. */
export function gatewayError(code: keyof typeof gatewayErrors): string {
  return render([
    'OpenAPI_ServiceResponse',
    [
      [
        'cmmMsgHeader',
        [
          ['errMsg', 'SERVICE ERROR'],
          ['returnAuthMsg', gatewayErrors[code]],
          ['returnReasonCode', code],
        ],
      ],
    ],
  ]);
}

/** One data.go.kr call: the key as decoded from the URL once, then the daily quota, then the answer. */
export function answerDataGoKr(
  service: Service,
  call: Call,
  world: World,
  options: { traceKey: string; used: DailyUse },
): string {
  const given = call.parameters.get('serviceKey') ?? call.parameters.get('ServiceKey') ?? '';
  if (given !== decodeKey(options.traceKey)) return gatewayError('30');
  const day = `${service} ${kstDay(world.now())}`;
  const used = options.used.get(day) ?? 0;
  if (used >= world.switches.dataGoKrQuota) return gatewayError('22');
  options.used.set(day, used + 1);
  const number = call.parameters.get('rgist') ?? '';
  const booking = world.bookings.byNumber(number);
  const scans = booking === undefined ? [] : world.scans(booking);
  return service === 'domesticList' ? domestic(number, scans, world) : combined(number, scans, world);
}

/** The domestic list's "no result" answer; what the live service says then is not known. */
export function domesticNotYet(world: World): string {
  return render(['LongitudinalDomesticListResponse', [messageHeader(world, '조회결과가 없습니다.')]]);
}

/** The combined list's "no result" answer; what the live service says then is not known. */
export function combinedNotYet(number: string, world: World): string {
  return render(['response', [combinedHeader(number, world, '조회결과가 없습니다.')]]);
}

function domestic(number: string, scans: readonly ShownScan[], world: World): string {
  const last = scans.at(-1);
  if (last === undefined) return domesticNotYet(world);
  const persons = personsOf(number);
  const final = isDelivered(last);
  const { day, time } = kstParts(last.at);
  return render([
    'LongitudinalDomesticListResponse',
    [
      messageHeader(world, ''),
      ['addrseNm', persons.recipient],
      ['applcntNm', persons.sender],
      ['dlvyDe', final ? `${dated(day, world)} ${time}` : null],
      ['dlvySttus', last.word],
      ...scans.map((scan) => domesticItem(scan, persons.recipient, world)),
      ['pstmtrKnd', '등기소포'],
      ['rgist', number],
      ['trtmntSe', '택배'],
    ],
  ]);
}

function domesticItem(scan: ShownScan, recipient: string, world: World): XmlNode {
  const { day, time } = kstParts(scan.at);
  const detail = isDelivered(scan) ? `배달(수령인:${recipient} - 본인)` : scan.reason;
  return [
    'longitudinalDomesticList',
    [
      ['dlvyDate', dated(day, world)],
      ['dlvyTime', time],
      ['nowLc', scan.office],
      ['processSttus', scan.word],
      ['detailDc', detail || null],
    ],
  ];
}

function combined(number: string, scans: readonly ShownScan[], world: World): string {
  const first = scans[0];
  const last = scans.at(-1);
  if (first === undefined || last === undefined) return combinedNotYet(number, world);
  const persons = personsOf(number);
  return render([
    'response',
    [
      combinedHeader(number, world, ''),
      [
        'trackInfo',
        [
          ['regiNo', number],
          ['senderName', persons.sender],
          // A date, in spite of its name (wire facts 5.3).
          ['senderData', kstParts(first.at).day],
          ['receiveName', persons.recipient],
          ['receiveDate', isDelivered(last) ? kstParts(last.at).day : null],
          ['trackState', isDelivered(last) ? '배달완료' : '미배달'],
          ['expressType', null],
          ...scans.map((scan, index) => combinedItem(scan, index, persons.recipient)),
        ],
      ],
    ],
  ]);
}

function combinedItem(scan: ShownScan, index: number, recipient: string): XmlNode {
  const { day, time } = kstParts(scan.at);
  return [
    'detaileTrackList',
    [
      ['sortNo', String(index)],
      ['date', day],
      ['time', time],
      // Sometimes written with a blank at the end.
      ['statue', scan.word === '배달준비' ? '배달준비 ' : scan.word],
      ['location', scan.office],
      ['remark', isDelivered(scan) ? `수령인:${recipient}` : scan.reason || null],
    ],
  ];
}

function messageHeader(world: World, error: string): XmlNode {
  const stamp = kstStamp(world.now());
  return [
    'cmmMsgHeader',
    [
      ['requestMsgId', null],
      ['responseMsgId', null],
      ['responseTime', `${stamp.slice(0, 8)}:${stamp.slice(8)}000`],
      ['successYN', error === '' ? 'Y' : 'N'],
      ['returnCode', error === '' ? '00' : '01'],
      ['errMsg', error || null],
    ],
  ];
}

function combinedHeader(number: string, world: World, error: string): XmlNode {
  const { day, time, seconds } = kstParts(world.now());
  return [
    'header',
    [
      ['requestRegiNo', number],
      ['responseTime', `${day} ${time}:${seconds}`],
      ['successYN', error === '' ? 'Y' : 'N'],
      ['errorMessage', error || null],
    ],
  ];
}

function isDelivered(scan: ShownScan): boolean {
  return /^(?:배달완료|수취함투함)/.test(scan.word);
}

function dated(day: string, world: World): string {
  return world.switches.traceDate === 'dots' ? day.replaceAll('-', '.') : day;
}

function render(root: XmlNode): string {
  return document(root, { cdata: 'none', prolog: 'present' });
}

function decodeKey(key: string): string {
  try {
    return decodeURIComponent(key);
  } catch {
    return key;
  }
}
