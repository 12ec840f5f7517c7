/** Markup that is safe to send: made by `html` only. */
export interface Markup {
  readonly markup: string;
}

type Part = string | number | Markup | readonly Markup[];

/** A template whose every inserted value is escaped, unless it is markup itself. */
export function html(literals: TemplateStringsArray, ...parts: Part[]): Markup {
  const last = literals.length - 1;
  const written = parts.map((part, index) => `${literals[index] ?? ''}${write(part)}`);
  return { markup: `${written.join('')}${literals[last] ?? ''}` };
}

function write(part: Part): string {
  if (typeof part === 'string' || typeof part === 'number') return escape(String(part));
  if ('markup' in part) return part.markup;
  return part.map((one) => one.markup).join('');
}

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
