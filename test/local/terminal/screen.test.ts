import { describe, expect, it } from 'vitest';
import { actionOf } from '../../../local/terminal/keys.ts';
import { createScreen } from '../../../local/terminal/screen.ts';

const output = (isTTY: boolean) => {
  const written: string[] = [];
  return { isTTY, columns: 20, write: (text: string) => written.push(text), written };
};

describe('the screen', () => {
  it('rewrites the waiting line on a terminal, below what is printed', () => {
    const tty = output(true);
    const screen = createScreen(tty, { color: true });
    screen.waiting('기다리는 중');
    screen.print('한 줄');
    screen.waiting('');
    expect(tty.written.join('')).toBe(
      '\r\u001b[2K\u001b[90m기다리는 중\u001b[39m\r\u001b[2K한 줄\n\r\u001b[2K\u001b[90m기다리는 중\u001b[39m\r\u001b[2K',
    );
  });

  it('never lets the waiting line break into two', () => {
    const tty = output(true);
    createScreen(tty, { color: false }).waiting('아주 긴 기다림을 알리는 글입니다');
    expect(tty.written.join('')).toBe('\r\u001b[2K아주 긴 기다림을 …');
  });

  it('shows no waiting line, escape or colour in a pipe', () => {
    const pipe = output(false);
    const screen = createScreen(pipe, { color: true });
    screen.waiting('기다리는 중');
    screen.print(screen.style.good('한 줄'));
    screen.waiting('');
    expect(pipe.written).toEqual(['한 줄\n']);
  });
});

describe('keys', () => {
  it.each([
    ['\u0003', 'stop'],
    ['q', 'quit'],
    ['r', 'demo'],
    ['ㄱ', 'demo'],
    ['o', 'open'],
    ['h', 'help'],
    ['x', undefined],
  ])('%j means %s', (key, action) => {
    expect(actionOf(key)).toBe(action);
  });
});
