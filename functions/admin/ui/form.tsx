import type { Child, PropsWithChildren } from 'hono/jsx';
import { one, problemOf } from '../form.ts';
import type { View } from '../page.ts';

/**
 * A form that changes something. `id` when a dialog asks first (`dialog`: the dialog's id); `name` when the page has
 * several forms to one action path, so that each is its own for "이미 처리했습니다.".
 */
export const Form = (
  props: PropsWithChildren<{
    view: View;
    action: string;
    id?: string;
    name?: string;
    dialog?: string;
    class?: string;
    file?: boolean;
  }>,
) => (
  <form
    method="post"
    action={props.action}
    novalidate
    id={props.id}
    class={props.class}
    data-dialog={props.dialog}
    enctype={props.file ? 'multipart/form-data' : undefined}
  >
    <input type="hidden" name="_csrf" value={props.view.csrf} />
    <input type="hidden" name="_once" value={`${props.view.formKey}.${props.name ?? ''}`} />
    {props.children}
  </form>
);

/** A form that is only a button. */
export const ButtonForm = (
  props: PropsWithChildren<{
    view: View;
    action: string;
    name?: string;
    id?: string;
    dialog?: string;
    small?: boolean;
    fields?: Readonly<Record<string, string>>;
    disabled?: boolean;
    describedBy?: string;
  }>,
) => (
  <Form
    view={props.view}
    action={props.action}
    class="inline"
    {...(props.name !== undefined && { name: props.name })}
    {...(props.id !== undefined && { id: props.id })}
    {...(props.dialog !== undefined && { dialog: props.dialog })}
  >
    {Object.entries(props.fields ?? {}).map(([name, value]) => (
      <input type="hidden" name={name} value={value} />
    ))}
    <button
      class={props.small ? 'btn s' : 'btn'}
      type="submit"
      disabled={props.disabled}
      aria-describedby={props.describedBy}
    >
      {props.children}
    </button>
  </Form>
);

interface FieldProps {
  view: View;
  name: string;
  label: string;
  /** before anything was typed */
  value?: string;
  hint?: string;
}
/** Id of a field is its name; so a problem's `field` is the name too. */
const parts = ({ view, name, value, hint }: FieldProps) => {
  const problem = problemOf(view.problems, name);
  const described = [hint && `${name}-hint`, problem && `${name}-error`].filter(Boolean).join(' ');
  return {
    problem,
    value: view.typed === undefined ? (value ?? '') : one(view.typed, name),
    attributes: {
      id: name,
      name,
      ...(described !== '' && { 'aria-describedby': described }),
      ...(problem !== undefined && { 'aria-invalid': 'true' as const }),
    },
  };
};
const Labelled = (props: FieldProps & { problem: string | undefined; children: Child }) => (
  <div class={props.problem === undefined ? 'field' : 'field haserr'}>
    <label class="l" for={props.name}>
      {props.label}
    </label>
    {props.hint && (
      <p class="sm mute" id={`${props.name}-hint`}>
        {props.hint}
      </p>
    )}
    {props.problem !== undefined && (
      <p class="err" id={`${props.name}-error`}>
        {props.problem}
      </p>
    )}
    {props.children}
  </div>
);

export const TextField = (
  props: FieldProps & { type?: 'text' | 'date' | 'search'; inputmode?: 'numeric'; maxlength?: number },
) => {
  const { problem, value, attributes } = parts(props);
  return (
    <Labelled {...props} problem={problem}>
      <input
        type={props.type ?? 'text'}
        value={value}
        inputmode={props.inputmode}
        maxlength={props.maxlength}
        autocomplete="off"
        {...attributes}
      />
    </Labelled>
  );
};

export const TextArea = (props: FieldProps & { rows?: number }) => {
  const { problem, value, attributes } = parts(props);
  return (
    <Labelled {...props} problem={problem}>
      <textarea rows={props.rows ?? 4} {...attributes}>
        {value}
      </textarea>
    </Labelled>
  );
};
