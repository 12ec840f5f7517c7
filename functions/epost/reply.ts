/** What came back from ePost, before anyone asks what it says. Never throws, never guesses; some 20 ms at worst. */
import { everyElement, parseXml, valueOf } from './xml.ts';
import type { XmlElement } from './xml.ts';

export type Reply =
  | { kind: 'xml'; root: XmlElement }
  /** ePost's error element, wherever in the answer it stands */
  | { kind: 'error'; code: string; message: string; root: XmlElement }
  | { kind: 'html'; maintenance: boolean }
  | { kind: 'garbled' }
  | { kind: 'too-large' };

/**
 * Above any real answer: the list of all stopped areas would have to hold 600. What decides is time: the parser
 * takes up to 60 ms for a megabyte of text, and more for one of tags.
 */
export const REPLY_MAX_BYTES = 256 * 1024;
const MESSAGE_MAX = 300;

/**
 * Reads one answer body. Cut-off, mismatched, doubled-root or DTD-bearing XML is `garbled`: a lenient reading of it
 * could turn half an answer into a booking.
 */
export const readReply = (body: string): Reply => {
  // Characters first: cheap, and never more than the bytes.
  if (body.length > REPLY_MAX_BYTES || Buffer.byteLength(body) > REPLY_MAX_BYTES)
    return { kind: 'too-large' };
  if (looksLikeHtml(body)) return { kind: 'html', maintenance: MAINTENANCE.test(body) };
  const root = parseXml(body);
  if (!root) return { kind: 'garbled' };
  const error = errorIn(root);
  if (!error) return { kind: 'xml', root };
  return error.code === '' ? { kind: 'garbled' } : { kind: 'error', ...error, root };
};

const MAINTENANCE = /작업\s*안내|(?:시스템|서비스)\s*(?:작업|점검)|점검\s*(?:안내|중)|일시\s*(?:중단|중지)/u;
const HTML_START = /^\s*<(?:!doctype\s+html|(?:html|head|body|meta|title|script|center|h[1-6]|div|p)\b)/i;

/** Looks at the first element only: XML answers may carry HTML inside a CDATA. */
const looksLikeHtml = (body: string): boolean => HTML_START.test(afterProlog(body.slice(0, 4096)));

const afterProlog = (head: string): string => {
  let rest = head.replace(/^\uFEFF/, '').trimStart();
  for (const [open, close] of [
    ['<?', '?>'],
    ['<!--', '-->'],
  ] as const) {
    while (rest.startsWith(open)) {
      const end = rest.indexOf(close);
      rest = end < 0 ? '' : rest.slice(end + close.length).trimStart();
    }
  }
  return rest;
};

/** Documented shape, live shape and the older services' shape differ in depth only (manual p.3, live, biz trace). */
const errorIn = (root: XmlElement): { code: string; message: string } | undefined => {
  const holders = everyElement(root, (element) => valueOf(element, 'error_code') !== undefined);
  const [holder] = holders;
  if (!holder) return undefined;
  const code = valueOf(holder, 'error_code') ?? '';
  const message = valueOf(holder, 'message') ?? valueOf(holder, 'error_message') ?? '';
  // A code that is no code, or two different ones, tells nothing certain.
  const sound = /^[\w-]{1,20}$/.test(code) && holders.every((other) => valueOf(other, 'error_code') === code);
  return { code: sound ? code.toUpperCase() : '', message: message.slice(0, MESSAGE_MAX) };
};
