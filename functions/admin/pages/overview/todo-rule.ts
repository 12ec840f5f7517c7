import type { IconName, Tone } from '../../vocabulary.ts';
import type { Facts, Named } from './facts.ts';

/** One line of the list. */
export interface Todo {
  key: string;
  tone: Extract<Tone, 'bad' | 'warn' | 'info'>;
  icon: IconName;
  text: string;
  /** '': the sentence says it all */
  detail: string;
  href: string;
  button: string;
}
/** undefined: nothing to do about it */
export type Rule = (facts: Facts) => Todo | undefined;

export const count = (n: number): string => n.toLocaleString('ko');
/** `담은공방, 초록식탁 외 3곳` */
export const names = (all: readonly Named[]): string => {
  const shown = [...new Set(all.map(({ name }) => name))];
  const rest = shown.length - 2;
  return `${shown.slice(0, 2).join(', ')}${rest > 0 ? ` 외 ${count(rest)}곳` : ''}`;
};
