import type { Child } from 'hono/jsx';
import type { Word } from '../vocabulary.ts';
import { Icon, ToneIcon } from './icon.tsx';
import { Moment } from './moment.tsx';

/** Names and values, one pair a line. */
export const SummaryList = ({ items }: { items: readonly { name: string; value: Child }[] }) => (
  <dl class="sl">
    {items.map(({ name, value }) => (
      <div>
        <dt>{name}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </dl>
);

/** What was checked: plain ticks, so that what is left stands out; red for failures alone. */
export const TaskList = (props: {
  items: readonly { name: string; word: Word; detail: Child; aside?: Child }[];
}) => (
  <ul class="checks">
    {props.items.map(({ name, word, detail, aside }) => (
      <li>
        <ToneIcon name={word.icon} tone={word.tone} />
        <div>
          <strong>{name}</strong>
          <span class="vh">: {word.label}</span>
          <div class="sm mute">{detail}</div>
        </div>
        {aside}
      </li>
    ))}
  </ul>
);

export interface Happening {
  title: string;
  /** who or what did it */
  by: string;
  at: number;
  kind?: 'now' | 'bad' | 'sys';
  text?: Child;
  /** folded away: label and content */
  more?: { label: string; content: string };
}
/** Newest first. */
export const Timeline = (props: { items: readonly Happening[]; now: number; seconds?: boolean }) => (
  <ol class="tl">
    {props.items.map((item) => (
      <li class={item.kind}>
        <i></i>
        <h3>{item.title}</h3>
        <span class="by">{item.by}</span>
        <p class="at">
          <Moment at={item.at} now={props.now} as={props.seconds ? 'seconds' : 'moment'} relative="beside" />
        </p>
        {item.text && <p>{item.text}</p>}
        {item.more && (
          <details>
            <summary>{item.more.label}</summary>
            <pre tabindex={0}>{item.more.content}</pre>
          </details>
        )}
      </li>
    ))}
  </ol>
);

export interface Step {
  label: string;
  /** time, or 아직 아님 */
  detail: string;
  state: 'done' | 'now' | 'ahead';
}
export const Steps = ({ label, steps }: { label: string; steps: readonly Step[] }) => (
  <ol class="steps" aria-label={label}>
    {steps.map((step) => (
      <li
        class={step.state === 'ahead' ? undefined : step.state}
        aria-current={step.state === 'now' ? 'step' : undefined}
      >
        <span class="d">{step.state === 'done' && <Icon name="tick" />}</span>
        <b>{step.label}</b>
        <span>{step.detail}</span>
      </li>
    ))}
  </ol>
);
