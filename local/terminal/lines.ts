/** The shape of what the terminal shows: one line per thing that happened, labels in a column. */
import { displayWidth, padToWidth } from './display-width.ts';
import type { Style } from './style.ts';
import { clockWord } from './wording.ts';

export type Mark = 'done' | 'trouble' | 'failed' | 'news';

/** Something that happened, in words. */
export interface Line {
  mark: Mark;
  /** epoch milliseconds */
  at: number;
  label: string;
  text: string;
  /** the grey end */
  aside?: string;
  /** the text is a number or an address to look at */
  highlight?: boolean;
}

const SIGN: Record<Mark, readonly [string, keyof Style]> = {
  done: ['✓', 'good'],
  trouble: ['!', 'warn'],
  failed: ['✕', 'bad'],
  news: ['·', 'dim'],
};

/** Cells of the label column: 운송장 발급. */
const LABEL_CELLS = 11;

/** One line of the story, without its newline. */
export const storyLine = (line: Line, style: Style): string => {
  const [sign, tone] = SIGN[line.mark];
  const text = line.highlight ? style.link(line.text) : line.text;
  const aside = line.aside ? ` ${style.dim(line.aside)}` : '';
  return `  ${style[tone](sign)} ${style.dim(clockWord(line.at))}  ${padToWidth(line.label, LABEL_CELLS)}  ${text}${aside}`;
};

/** What a waiting line says until the next thing happens. */
export const waitingLine = (at: number, next: number | null, style: Style): string =>
  style.dim(`  · ${clockWord(at)}  기다리는 중${next === null ? '' : `  다음 예정 ${clockWord(next)}`}`);

/** The first line. */
export const readyLine = (version: string, seconds: number, style: Style): string =>
  `  ${style.strong('우체국택배 자동화')} ${style.dim(version)}  ${style.good('준비 완료')} ${style.dim(`${seconds.toFixed(1)}초`)}`;

export interface Door {
  label: string;
  where: string;
  note: string;
}

/** Addresses in three columns, aligned by what the terminal shows. */
export const doorLines = (doors: readonly Door[], style: Style): string[] => {
  const labels = Math.max(...doors.map(({ label }) => displayWidth(label))) + 2;
  const places = Math.max(...doors.map(({ where }) => displayWidth(where))) + 4;
  return doors.map(({ label, where, note }) => {
    const place = where + ' '.repeat(places - displayWidth(where));
    return `  ${style.link('➜')}  ${style.strong(label)}${' '.repeat(labels - displayWidth(label))}${place}${style.dim(note)}`;
  });
};

/** What the demo is about to do, and how fast time goes. */
export const followLine = (speed: number | 'jump', style: Style): string => {
  const pace =
    speed === 'jump'
      ? '다음 일로 시간을 건너뜁니다 (--speed jump)'
      : `시간 ${speed}배 빠르게 (--speed ${speed})`;
  return `  ${style.strong('데모 주문 1건을 따라갑니다')} ${style.dim(pace)}`;
};

/** How the demo ended, and where to look further. */
export const endLine = (end: { good: boolean; text: string; link?: string }, style: Style): string => {
  const more = end.link === undefined ? '' : ` 자세히: ${style.link(end.link)}`;
  return `  ${end.good ? style.good('✓') : style.bad('✕')} ${end.text}${more}`;
};

/** The keys, at the end. */
export const keysLine = (style: Style): string =>
  style.dim('  Ctrl+C 종료 · r 데모 다시 실행 · o 브라우저 열기 · h 도움말');
