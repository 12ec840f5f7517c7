import type { Form, Problem } from '../form.ts';
import { problemOf } from '../form.ts';
import type { Confirmation, View } from '../page.ts';
import { PageHead } from './frame.tsx';

/**
 * Asks before the form with id `form` is sent (its `dialog` is this `id`). Without script it stays closed, and the
 * server asks on a page of its own with the same words.
 */
export const ConfirmDialog = (props: { id: string; form: string; ask: Confirmation }) => (
  <dialog id={props.id} aria-labelledby={`${props.id}-title`} class="noprint">
    <div class="b gap">
      <h2 id={`${props.id}-title`}>{props.ask.title}</h2>
      <Words ask={props.ask} />
      <Asked ask={props.ask} form={props.form} prefix={`${props.id}-`} problems={[]} />
      <div class="row">
        <button
          class={`btn ${props.ask.danger ? 'd' : 'p'}`}
          type="submit"
          form={props.form}
          name="_confirmed"
          value="1"
        >
          {props.ask.submit}
        </button>
        <button class="btn" type="button" data-close autofocus>
          취소
        </button>
      </div>
    </div>
  </dialog>
);

/** The same question as a page: carries every field of the form it stands for. */
export const ConfirmPage = (props: {
  view: View;
  action: string;
  ask: Confirmation;
  form: Form;
  back: string;
  problems: readonly Problem[];
}) => (
  <>
    <PageHead title={props.ask.title} />
    <form class="card narrow" method="post" action={props.action} novalidate>
      <div class="b gap">
        <Words ask={props.ask} />
        <input type="hidden" name="_csrf" value={props.view.csrf} />
        <input type="hidden" name="_once" value={`${props.view.formKey}.confirm`} />
        {Object.entries(props.form).flatMap(([name, values]) =>
          values.map((value) => <input type="hidden" name={name} value={value} />),
        )}
        <Asked ask={props.ask} problems={props.problems} prefix="" />
        <div class="row">
          <button class={`btn ${props.ask.danger ? 'd' : 'p'}`} type="submit" name="_confirmed" value="1">
            {props.ask.submit}
          </button>
          <a class="btn" href={props.back}>
            취소
          </a>
        </div>
      </div>
    </form>
  </>
);

const Words = ({ ask }: { ask: Confirmation }) => (
  <>
    {ask.body.map((sentence) => (
      <p>{sentence}</p>
    ))}
    {ask.sms !== undefined && (
      <p class="sms" data-sms-preview>
        {ask.sms}
      </p>
    )}
  </>
);

const Asked = (props: { ask: Confirmation; form?: string; prefix: string; problems: readonly Problem[] }) => (
  <>
    {props.ask.asksReason && <AskedField {...props} name="_reason" label="사유" />}
    {props.ask.phrase !== undefined && (
      <AskedField {...props} name="_phrase" label={`확인을 위해 ${props.ask.phrase}를 입력해 주세요.`} />
    )}
  </>
);
const AskedField = (props: {
  name: string;
  label: string;
  form?: string;
  prefix: string;
  problems: readonly Problem[];
}) => {
  const problem = problemOf(props.problems, props.name);
  const id = `${props.prefix}${props.name}`;
  return (
    <div class={problem === undefined ? 'field' : 'field haserr'}>
      <label class="l" for={id}>
        {props.label}
      </label>
      {problem !== undefined && (
        <p class="err" id={`${id}-error`}>
          {problem}
        </p>
      )}
      <input
        type="text"
        id={id}
        name={props.name}
        form={props.form}
        autocomplete="off"
        aria-describedby={problem && `${id}-error`}
        aria-invalid={problem && 'true'}
      />
    </div>
  );
};
