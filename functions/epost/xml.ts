/** Strict reading of a small XML answer into plain elements: no DTD, no guessing, time bounded by what is let in. */
import { XMLParser, XMLValidator } from 'fast-xml-parser';

/** One element, its name in lower case: the manual's tables and live answers disagree about case. */
export interface XmlElement {
  name: string;
  /** own text and CDATA, trimmed; a string always, for `0012345678901` must keep its zeros */
  text: string;
  children: XmlElement[];
}

/** `<`, `&` and `=` in one answer: what the parser's time depends on besides. */
const MARKUP_MAX = 12_000;

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

/** The root of a whole and well-formed answer, undefined for anything else. Never throws. */
export const parseXml = (body: string): XmlElement | undefined => {
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

/** The element itself and all below it that pass, in document order. */
export const everyElement = (root: XmlElement, passes: (element: XmlElement) => boolean): XmlElement[] => {
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
