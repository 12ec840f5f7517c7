import type { Switches } from '../switches.ts';

/** One element of an answer: its tag and its text (null: an empty element) or its children. */
export type XmlNode = readonly [tag: string, content: string | null | readonly XmlNode[]];

/** What an operation answers: elements under `xsync`, or one of the documented errors. */
export type Reply =
  { outcome: 'ok'; nodes: readonly XmlNode[] } | { outcome: 'error'; code: string; message: string };

/** An error reply; codes and messages are those of the manual unless the caller says otherwise. */
export function refuse(code: string, message: string): Reply {
  return { outcome: 'error', code, message };
}

/** An answer under `xsync`. */
export function answer(nodes: readonly XmlNode[]): Reply {
  return { outcome: 'ok', nodes };
}

/** Renders a reply of ship.epost.go.kr in the shape the switches ask for. */
export function renderShipReply(reply: Reply, switches: Switches): string {
  if (reply.outcome === 'ok') return document(['xsync', reply.nodes], switches);
  return document(errorNode(reply, switches.errorShape), switches);
}

/** Renders a bare `error` root, the documented shape of biz trace. */
export function renderBareError(code: string, message: string, switches: Switches): string {
  return document(errorNode({ code, message }, 'bare'), switches);
}

/** Renders one root element with the prolog and the CDATA style of the switches. */
export function document(root: XmlNode, switches: Pick<Switches, 'cdata' | 'prolog'>): string {
  const prolog = switches.prolog === 'present' ? '<?xml version="1.0" encoding="UTF-8"?>\n' : '';
  return prolog + render(root, switches.cdata);
}

function errorNode(error: { code: string; message: string }, shape: Switches['errorShape']): XmlNode {
  const parts: XmlNode[] = [
    ['error_code', error.code],
    ['message', error.message],
  ];
  if (shape === 'bare') return ['error', parts];
  if (shape === 'xsync-data') return ['xsync', [['xsyncData', parts]]];
  return ['xsync', [['error', parts]]];
}

function render([tag, content]: XmlNode, style: Switches['cdata']): string {
  if (content === null) return `<${tag}/>`;
  if (typeof content === 'string') return `<${tag}>${text(content, style)}</${tag}>`;
  return `<${tag}>${content.map((child) => render(child, style)).join('')}</${tag}>`;
}

function text(value: string, style: Switches['cdata']): string {
  if (style === 'none') return value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  // A value holding the end mark is split over two sections, the only escape CDATA has.
  const safe = value.replaceAll(']]>', ']]]]><![CDATA[>');
  if (style === 'blanks') return `<![CDATA[ ${safe} ]]>`;
  if (style === 'newlines') return `\n<![CDATA[${safe}]]>\n`;
  return `<![CDATA[${safe}]]>`;
}
