import type { Child } from 'hono/jsx';
import type { IconName, Tone, Word } from '../vocabulary.ts';

const TRIANGLE = (
  <>
    <path d="M8 2L15 14H1z" fill="none" stroke="currentColor" stroke-width="1.7" stroke-linejoin="round" />
    <path d="M8 6.4v3.4M8 11.4v1.4" stroke="currentColor" stroke-width="1.7" />
  </>
);
const BOX = 'M2 5l6-3 6 3v6l-6 3-6-3zM2 5l6 3 6-3M8 8v6';
const line = (d: string, width = '1.8') => (
  <path d={d} fill="none" stroke="currentColor" stroke-width={width} stroke-linejoin="round" />
);
const SHAPES: Readonly<Record<IconName, Child>> = {
  clock: (
    <>
      <circle cx="8" cy="8" r="6.2" fill="none" stroke="currentColor" stroke-width="1.8" />
      {line('M8 4.6V8l2.6 1.6')}
    </>
  ),
  lens: (
    <>
      <circle cx="7" cy="7" r="4.6" fill="none" stroke="currentColor" stroke-width="1.8" />
      {line('M10.5 10.5L14 14')}
    </>
  ),
  pause: line('M5.5 3.5v9M10.5 3.5v9', '2.2'),
  dot: <circle cx="8" cy="8" r="4" fill="currentColor" />,
  tick: line('M3 8.5l3.2 3.2L13 5', '2.2'),
  cross: line('M4 4l8 8M12 4l-8 8', '2.2'),
  dash: line('M3 8h10', '2.2'),
  box: line(BOX, '1.5'),
  up: line('M8 13V3.5M3.8 7.7L8 3.5l4.2 4.2', '2'),
  truck: (
    <>
      {line('M1 4h8v7H1zM9 6.5h3.4L15 9v2H9z', '1.6')}
      <circle cx="4.5" cy="12" r="1.5" fill="currentColor" />
      <circle cx="11.5" cy="12" r="1.5" fill="currentColor" />
    </>
  ),
  triangle: TRIANGLE,
};

/** Decoration beside a word; never the only bearer of a meaning. */
export const Icon = ({ name, size }: { name: IconName; size?: number }) => (
  <svg viewBox="0 0 16 16" aria-hidden="true" {...(size !== undefined && { width: size, height: size })}>
    {SHAPES[name]}
  </svg>
);

/** An icon in the colour of its tone, for lists. */
export const ToneIcon = ({ name, tone }: { name: IconName; tone: Tone }) => (
  <span class={`k-${tone}`}>
    <Icon name={name} />
  </span>
);

/** A state: icon, word and tint. Never a link. `more` is said after the word: "재전송 대기 2/5". */
export const Tag = ({ word, more }: { word: Word; more?: string }) => (
  <span class={`tag ${word.tone}`}>
    <Icon name={word.icon} />
    {word.label}
    {more === undefined ? '' : ` ${more}`}
  </span>
);

/** A number that waits, or a plain one in a tab. `means` is read aloud after it. */
export const Count = (props: { shown: number | string; means: string; tone?: 'bad' | 'warn' }) => (
  <span class={`cnt ${props.tone ?? ''}`.trim()}>
    {typeof props.shown === 'number' ? props.shown.toLocaleString('ko') : props.shown}
    <span class="vh">{props.means}</span>
  </span>
);
