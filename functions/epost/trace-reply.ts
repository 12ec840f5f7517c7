/** Tracking answers of all three services, read into scans without a person in them. */
import { readReply } from './reply.ts';
import { readStatusWord } from './status-words.ts';
import { allNamed, valueOf } from './xml.ts';
import type { XmlElement } from './xml.ts';

/** One scan of a parcel. */
export interface Scan {
  /** ISO 8601 with +09:00 */
  at: string;
  office: string;
  /** ePost's status text as it came, trimmed, without names or places of hand-over */
  word: string;
}

/**
 * Every ending of one tracking question. `not-yet` is a number without a scan, never a status; `quota` means the
 * day's calls are used up.
 */
export type TraceAnswer =
  /** oldest first */
  | { outcome: 'found'; scans: Scan[] }
  | { outcome: 'not-yet' }
  | { outcome: 'quota' }
  | { outcome: 'error'; code: string }
  | { outcome: 'maintenance' }
  | { outcome: 'unreachable' | 'unknown'; why: string };

/** The port both tracking services stand behind. Asking twice is harmless. */
export type TraceSource = (waybillNumber: string) => Promise<TraceAnswer>;

/** Where one service keeps what: element of a scan, then alternatives per value, first filled one wins. */
interface Shape {
  scan: string;
  date: readonly string[];
  time: string;
  office: string;
  word: readonly string[];
}

const SHAPES: readonly Shape[] = [
  // biz trace. Which of these is filled for domestic mail is not settled.
  {
    scan: 'item',
    date: ['sortingdate', 'eventymd'],
    time: 'eventhms',
    office: 'eventregiponm',
    word: ['tracestatus', 'eventnm', 'delivrsltnm'],
  },
  // data.go.kr, domestic list. detailDc names the person who took the parcel and is not read.
  {
    scan: 'longitudinalDomesticList',
    date: ['dlvyDate'],
    time: 'dlvyTime',
    office: 'nowLc',
    word: ['processSttus'],
  },
  // data.go.kr, combined. The tag is spelled statue; one client's source says status.
  { scan: 'detaileTrackList', date: ['date'], time: 'time', office: 'location', word: ['statue', 'status'] },
];

/** Reads one answer of any of the services. Never throws. */
export const readTrace = (body: string, waybillNumber: string): TraceAnswer => {
  const reply = readReply(body);
  switch (reply.kind) {
    case 'html':
      return reply.maintenance ? { outcome: 'maintenance' } : GARBLED;
    case 'error':
      return reply.code === NO_RESULT ? { outcome: 'not-yet' } : { outcome: 'error', code: reply.code };
    case 'xml':
      return gatewayRefusal(reply.root) ?? readScans(reply.root, waybillNumber);
    default:
      return { outcome: 'unknown', why: reply.kind };
  }
};

const GARBLED: TraceAnswer = { outcome: 'unknown', why: 'garbled' };
/** biz trace: 조회결과가 없습니다, which says "not scanned yet" and not "no such parcel". */
const NO_RESULT = 'ERR-001';

/** data.go.kr's gateway answers in its own shape; reason 22 is the day's limit. */
const gatewayRefusal = (root: XmlElement): TraceAnswer | undefined => {
  const [header] = allNamed(root, 'cmmMsgHeader');
  const reason = header && valueOf(header, 'returnReasonCode');
  if (!reason) return undefined;
  return reason === '22' ? { outcome: 'quota' } : { outcome: 'error', code: `GATEWAY-${reason}` };
};

const readScans = (root: XmlElement, waybillNumber: string): TraceAnswer => {
  if (isAboutAnother(root, waybillNumber)) return GARBLED;
  const shape = SHAPES.find(({ scan }) => allNamed(root, scan).length > 0);
  const filled = shape
    ? allNamed(root, shape.scan).filter((scan) => firstOf(scan, shape.word) !== undefined)
    : [];
  const scans = shape ? filled.map((element) => readScan(element, shape)) : [];
  if (scans.length === 0) return nothingIn(root);
  // A scan that cannot be placed in time might be the last one: better no news than the wrong news.
  if (!scans.every((scan) => scan !== undefined)) return GARBLED;
  return { outcome: 'found', scans: inOrder(scans) };
};

const KNOWN_ROOTS = new Set(['trace', 'response', 'longitudinaldomesticlistresponse']);

/** No scan: either none yet, or the service says that something went wrong. */
const nothingIn = (root: XmlElement): TraceAnswer => {
  if (!KNOWN_ROOTS.has(root.name)) return GARBLED;
  const [header] = [...allNamed(root, 'cmmMsgHeader'), ...allNamed(root, 'header')];
  if (!header || valueOf(header, 'successYN')?.toUpperCase() !== 'N') return { outcome: 'not-yet' };
  // The combined service gives a sentence and no code, so here alone the sentence must be read.
  const sentence = valueOf(header, 'errMsg') ?? valueOf(header, 'errorMessage') ?? '';
  const code = valueOf(header, 'returnCode') ?? '';
  const none = code === '03' || /조회.*없|NO_?\s?DATA/iu.test(sentence);
  return none
    ? { outcome: 'not-yet' }
    : { outcome: 'error', code: /^\w{1,10}$/.test(code) ? `SERVICE-${code}` : 'SERVICE' };
};

const isAboutAnother = (root: XmlElement, waybillNumber: string): boolean =>
  ['regino', 'rgist']
    .flatMap((name) => allNamed(root, name))
    .some(({ text }) => text !== '' && text !== waybillNumber);

const firstOf = (element: XmlElement, names: readonly string[]): string | undefined =>
  names.map((name) => valueOf(element, name)).find((value) => value !== undefined);

const readScan = (element: XmlElement, shape: Shape): Scan | undefined => {
  const at = instantOf(firstOf(element, shape.date) ?? '', valueOf(element, shape.time) ?? '');
  const word = firstOf(element, shape.word) ?? '';
  const office = valueOf(element, shape.office) ?? '';
  if (!at || /\0/.test(word + office)) return undefined;
  return { at, office: office.slice(0, TEXT_MAX), word: impersonal(word) };
};

const TEXT_MAX = 60;
/** cut before any pattern looks at it: a megabyte of brackets must not cost a second */
const RAW_MAX = 200;

/** 배달완료(수령인:…) and 배달완료(수령희망장소배달-…) keep what happened and lose to whom and where. */
const impersonal = (word: string): string =>
  word
    .slice(0, RAW_MAX)
    .replace(/\s+/gu, ' ')
    .replace(/\(\s*([^():-]*)[:：-][^)]*\)?/gu, (_, what: string) =>
      PERSON.test(what) ? '' : `(${what.trim()})`,
    )
    .replace(/\([^)]*(?:수령인|수취인|받는 ?분|보내는 ?분|본인)[^)]*\)?/gu, '')
    .trim()
    .slice(0, TEXT_MAX);

const PERSON = /수령인|수취인|받는 ?분|보내는 ?분|^$/u;

const DATE = /^(\d{4})[-./]?(\d{2})[-./]?(\d{2})(?:\s+(.*))?$/;
const TIME = /^(\d{2}):?(\d{2})(?::?(\d{2}))?$/;

/** yyyy-MM-dd, yyyy.MM.dd or yyyyMMdd, the time beside it or in it; Korean local time → ISO with offset. */
const instantOf = (date: string, time: string): string | undefined => {
  const [, year, month, day, within] = DATE.exec(date) ?? [];
  const [, hour, minute, second = '00'] = TIME.exec(time || (within ?? '').trim()) ?? [];
  if (!year || !hour) return undefined;
  const written = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
  const read = new Date(`${written}Z`);
  // A date that does not exist rolls over or is none.
  const exists = !Number.isNaN(read.getTime()) && read.toISOString().startsWith(written);
  return exists ? `${written}+09:00` : undefined;
};

/** biz trace appends 접수 at the end, whatever its time; within a minute it still comes before the rest. */
const inOrder = (scans: readonly Scan[]): Scan[] =>
  scans
    .map((scan) => ({ scan, key: `${scan.at} ${stageOf(scan)}` }))
    .toSorted((a, b) => Number(a.key > b.key) - Number(a.key < b.key))
    .map(({ scan }) => scan);

const stageOf = ({ word }: Scan): number => {
  const stage = ['information-received', 'collected'].indexOf(readStatusWord(word).status);
  return stage < 0 ? 2 : stage;
};
