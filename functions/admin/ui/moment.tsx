import { ago, day, dayInWords, hourMinute, moment, momentSeconds } from '../time.ts';

/** A moment with its machine-readable form; `relative` adds how long ago it was, never without the moment. */
export const Moment = (props: {
  at: number;
  now: number;
  as?: 'moment' | 'seconds' | 'day' | 'time' | 'words';
  relative?: 'beside' | 'below';
}) => {
  const { at, now } = props;
  const text = {
    moment: moment(at, now),
    seconds: momentSeconds(at, now),
    day: day(at, now),
    time: hourMinute(at),
    words: `${dayInWords(at)} ${hourMinute(at)}`,
  }[props.as ?? 'moment'];
  return (
    <>
      <time datetime={new Date(at).toISOString()}>{text}</time>
      {props.relative === 'beside' && ` (${ago(at, now)})`}
      {props.relative === 'below' && <span class="sm mute below">{ago(at, now)}</span>}
    </>
  );
};
