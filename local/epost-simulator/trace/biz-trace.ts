import type { Call } from '../wire/call.ts';
import type { ShownScan } from '../office/journeys.ts';
import { kstParts } from '../wire/kst.ts';
import type { World } from '../office/world.ts';
import { document, renderBareError } from '../wire/xml.ts';
import type { XmlNode } from '../wire/xml.ts';
import { personsOf } from './persons.ts';

const messages = {
  'ERR-001': '조회결과가 없습니다.',
  'ERR-123': '등록되지 않거나 유효하지 않은 인증키입니다.',
  'ERR-125': '등기번호가 없거나 유효하지 않습니다.',
  'ERR-321': '등기번호는 숫자 13자리입니다.',
} as const;

/** One of biz trace's errors, in its bare `error` root. */
function bizTraceError(code: keyof typeof messages, world: World): string {
  return renderBareError(code, messages[code], world.switches);
}

/**
 * The contract customer's trace: unencrypted, one number a call. ERR-001 also for a number that is booked and not
 * scanned yet. showRec=Y adds the 접수 item at the end, out of time order.
 */
export function answerBizTrace(call: Call, world: World, traceKey: string): string {
  if (call.parameters.get('regkey') !== traceKey) return bizTraceError('ERR-123', world);
  const number = call.parameters.get('query') ?? '';
  if (number === '' || call.parameters.get('target') !== 'trace') return bizTraceError('ERR-125', world);
  if (!/^\d{13}$/.test(number)) return bizTraceError('ERR-321', world);
  const booking = world.bookings.byNumber(number);
  const scans = booking === undefined ? [] : world.scans(booking);
  if (scans.length === 0) return bizTraceError('ERR-001', world);
  const shown = arrange(scans, call.parameters.get('showRec') === 'Y');
  const persons = personsOf(number);
  return document(
    [
      'trace',
      [
        ['sendnm', persons.sender],
        ['recevnm', persons.recipient],
        ['regino', number],
        ['mailtypenm', '소포'],
        ['mailkindnm', '등기소포'],
        ['signernm', delivered(scans) ? persons.recipient : ''],
        ['relationnm', delivered(scans) ? '본인' : ''],
        ['itemlist', shown.map((scan) => itemNode(scan, world))],
      ],
    ],
    world.switches,
  );
}

function arrange(scans: readonly ShownScan[], withReception: boolean): ShownScan[] {
  const reception = scans.filter((scan) => scan.word.startsWith('접수'));
  const others = scans.filter((scan) => !scan.word.startsWith('접수'));
  return withReception ? [...others, ...reception] : others;
}

function delivered(scans: readonly ShownScan[]): boolean {
  return scans.some((scan) => scan.word.startsWith('배달완료'));
}

function itemNode(scan: ShownScan, world: World): XmlNode {
  const { day, time } = kstParts(scan.at);
  const { traceWord, traceDate } = world.switches;
  const at = (field: string) => (traceWord === field ? scan.word : '');
  return [
    'item',
    [
      ['sortingdate', traceDate === 'dots' ? day.replaceAll('-', '.') : day],
      ['eventhms', time],
      ['eventregiponm', scan.office],
      ['eventnm', at('eventnm')],
      ['tracestatus', at('tracestatus')],
      ['delivrsltnm', at('delivrsltnm')],
      ['nondelivreasnnm', scan.reason],
    ],
  ];
}
