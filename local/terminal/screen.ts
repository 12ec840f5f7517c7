/** Writes lines to one output; on a terminal a waiting line rewrites itself below them. */
import { cutToWidth } from './display-width.ts';
import { createStyle, type Style } from './style.ts';

export interface Screen {
  style: Style;
  /** whether a line may be rewritten */
  live: boolean;
  print(line?: string): void;
  /** Replaces the waiting line; '' takes it away. Without a terminal it shows nothing. */
  waiting(text: string): void;
}

interface Output {
  isTTY?: boolean;
  columns?: number;
  write(text: string): unknown;
}

const ERASE = '\r\u001b[2K';
const ESCAPES = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g');

/** A screen on an output. Colours and rewriting only where the output is a terminal. */
export const createScreen = (output: Output, options: { color: boolean }): Screen => {
  const live = output.isTTY === true;
  const style = createStyle(live && options.color);
  let shown = '';
  const waiting = (text: string) => {
    if (!live || text === shown) return;
    const plain = cutToWidth(text.replace(ESCAPES, ''), (output.columns ?? 80) - 1);
    output.write(ERASE + (text === '' ? '' : style.dim(plain)));
    shown = text;
  };
  const print = (line = '') => {
    const before = shown;
    waiting('');
    output.write(`${line}\n`);
    waiting(before);
  };
  return { style, live, print, waiting };
};
