import { many, one, problemOf } from '../form.ts';
import type { View } from '../page.ts';

interface Option {
  value: string;
  label: string;
  hint?: string;
  disabled?: boolean;
  /** id of the dialog that asks when this one is chosen */
  dialog?: string;
  /** for the script that composes a text from the choices */
  data?: Readonly<Record<`data-${string}`, string>>;
}
interface ChoiceProps {
  view: View;
  name: string;
  legend: string;
  options: readonly Option[];
  chosen?: readonly string[];
  /** beside the legend: (하나 이상) */
  aside?: string;
  hint?: string;
  hideLegend?: boolean;
}
const chosenOf = ({ view, name, chosen }: ChoiceProps): readonly string[] =>
  view.typed === undefined ? (chosen ?? []) : many(view.typed, name);

/** Several of many. The first box has the field's name as its id, so that the error summary can link to it. */
export const Checkboxes = (props: ChoiceProps) => {
  const problem = problemOf(props.view.problems, props.name);
  const chosen = chosenOf(props);
  return (
    <fieldset
      class={problem === undefined ? undefined : 'haserr'}
      aria-describedby={problem && `${props.name}-error`}
    >
      <legend class={props.hideLegend ? 'vh' : undefined}>
        {props.legend} {props.aside && <span class="sm mute">{props.aside}</span>}
      </legend>
      {problem !== undefined && (
        <p class="err" id={`${props.name}-error`}>
          {problem}
        </p>
      )}
      {props.options.map((option, i) => (
        <label class="ch">
          <input
            type="checkbox"
            id={i === 0 ? props.name : undefined}
            name={props.name}
            value={option.value}
            checked={chosen.includes(option.value)}
            disabled={option.disabled}
            {...option.data}
          />
          <span>
            {option.label}
            {option.hint && <small>{option.hint}</small>}
          </span>
        </label>
      ))}
    </fieldset>
  );
};

/** One of two or three, side by side. */
export const Segments = (props: ChoiceProps) => {
  const chosen =
    props.view.typed === undefined ? (props.chosen?.[0] ?? '') : one(props.view.typed, props.name);
  const problem = problemOf(props.view.problems, props.name);
  const hintId = props.hint && `${props.name}-hint`;
  return (
    <fieldset class={problem === undefined ? undefined : 'haserr'}>
      <legend class={props.hideLegend ? 'vh' : undefined}>{props.legend}</legend>
      {problem !== undefined && <p class="err">{problem}</p>}
      <div class="seg">
        {props.options.map((option, i) => (
          <label>
            <input
              type="radio"
              id={i === 0 ? props.name : undefined}
              name={props.name}
              value={option.value}
              checked={option.value === chosen}
              disabled={option.disabled}
              data-dialog={option.dialog}
              aria-describedby={option.disabled ? hintId : undefined}
              {...option.data}
            />
            {option.label}
          </label>
        ))}
      </div>
      {props.hint && (
        <p class="sm mute hint" id={hintId}>
          {props.hint}
        </p>
      )}
    </fieldset>
  );
};

/** The text of an SMS with its two counters, which the script keeps up to date. */
export const SmsField = (props: {
  view: View;
  name: string;
  label: string;
  value: string;
  /** of the text now shown, counted by the server */
  length: { chars: number; bytes: number };
  says: string;
}) => {
  const problem = problemOf(props.view.problems, props.name);
  const text = props.view.typed === undefined ? props.value : one(props.view.typed, props.name);
  return (
    <div class={problem === undefined ? 'field' : 'field haserr'}>
      <label class="l" for={props.name}>
        {props.label}
      </label>
      {problem !== undefined && (
        <p class="err" id={`${props.name}-error`}>
          {problem}
        </p>
      )}
      <textarea
        id={props.name}
        name={props.name}
        data-sms
        aria-describedby={`${props.name}-says${problem === undefined ? '' : ` ${props.name}-error`}`}
        aria-invalid={problem === undefined ? undefined : 'true'}
      >
        {text}
      </textarea>
      <div class="smsm">
        <span id={`${props.name}-says`} data-sms-says>
          {props.says}
        </span>
        <span>
          <b data-sms-chars>{props.length.chars}</b>/70자 · <b data-sms-bytes>{props.length.bytes}</b>
          /90바이트
        </span>
      </div>
    </div>
  );
};
