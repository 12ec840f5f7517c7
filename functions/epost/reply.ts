/** What came back from ePost, before anyone asks what it says. Never throws, never guesses, at most 50 ms. */
import { XMLParser, XMLValidator } from 'fast-xml-parser';

/** One element, its name in lower case: the manual's tables and live answers disagree about case. */
export interface XmlElement {
  name: string;
  /** own text and CDATA, trimmed; a string always, for `0012345678901` must keep its zeros */
  text: string;
  children: XmlElement[];
}

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
/** `<`, `&` and `=` in one answer: what the parser's time depends on besides. */
const MARKUP_MAX = 12_000;
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
  const root = parse(body);
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

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: true,
  ignorePiTags: true,
  ignoreDeclaration: true,
  removeNSPrefix: true,
  parseTagValue: false,
  trimValues: false,
  // Decoding is ours (`decoded`): the parser's doubles its time.
  processEntities: false,
  cdataPropName: '#cdata',
  jPath: false,
  maxNestedTags: 20,
});

const parse = (body: string): XmlElement | undefined => {
  const xml = body.replace(/^\uFEFF/, '').trim();
  if (!xml.startsWith('<') || !xml.endsWith('>') || tooMuchMarkup(xml) || /<!(?:DOCTYPE|ENTITY)/i.test(xml))
    return;
  try {
    // The parser closes what is open and takes any closing tag for any other, so it is not asked alone.
    if (XMLValidator.validate(xml, { allowBooleanAttributes: true }) !== true) return;
    const roots = elementsOf(parser.parse(xml) as unknown);
    return roots.length === 1 ? roots[0] : undefined;
  } catch {
    return undefined;
  }
};

const tooMuchMarkup = (xml: string): boolean => {
  let seen = 0;
  for (let i = 0; i < xml.length; i++) {
    const code = xml.charCodeAt(i);
    if ((code === 0x3c || code === 0x26 || code === 0x3d) && ++seen > MARKUP_MAX) return true;
  }
  return false;
};

/** The parser's ordered form: one key per node, its inner nodes or its text behind it. */
type Ordered = Record<string, Ordered[] | string>;

const elementsOf = (nodes: unknown): XmlElement[] => {
  const elements: XmlElement[] = [];
  for (const node of nodes as Ordered[]) {
    for (const name in node) {
      if (name.startsWith('#') || name === ':@') continue;
      const inner = node[name] as Ordered[];
      elements.push({ name: name.toLowerCase(), text: textOf(inner).trim(), children: elementsOf(inner) });
    }
  }
  return elements;
};

const textOf = (nodes: Ordered[]): string => {
  let text = '';
  for (const node of nodes) {
    const own = ownText(node);
    text += own.includes('&') ? decoded(own) : own;
    if (Array.isArray(node['#cdata'])) text += node['#cdata'].map(ownText).join('');
  }
  return text;
};

const ownText = (node: Ordered): string => (typeof node['#text'] === 'string' ? node['#text'] : '');

const NAMED = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);

/** XML's five names and numbers; what is neither stays as it came. */
const decoded = (text: string): string =>
  text.replace(
    /&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w{2,4}));/gi,
    (as, decimal?: string, hex?: string, name = '') => {
      if (name) return NAMED.get(name) ?? as;
      const code = Number.parseInt(decimal ?? hex ?? '', decimal ? 10 : 16);
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : as;
    },
  );

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

/** The element itself and all below it that pass, in document order. */
const everyElement = (root: XmlElement, passes: (element: XmlElement) => boolean): XmlElement[] => {
  const found: XmlElement[] = [];
  const walk = (element: XmlElement): void => {
    if (passes(element)) found.push(element);
    element.children.forEach(walk);
  };
  walk(root);
  return found;
};

/** Elements of this name at any depth: one or many read alike. */
export const allNamed = (root: XmlElement, name: string): XmlElement[] => {
  const wanted = name.toLowerCase();
  return everyElement(root, (element) => element.name === wanted);
};

/**
 * Text of the one child of this name; undefined when absent or blank. The same name twice with different texts is
 * a contradiction, and none of the two is taken: the value then is AMBIGUOUS, which no format check accepts.
 */
export const valueOf = (element: XmlElement, name: string): string | undefined => {
  const wanted = name.toLowerCase();
  const named = element.children.filter((child) => child.name === wanted);
  const first = named[0]?.text;
  if (named.some(({ text }) => text !== first)) return AMBIGUOUS;
  return first || undefined;
};

const AMBIGUOUS = '\u0000ambiguous';
