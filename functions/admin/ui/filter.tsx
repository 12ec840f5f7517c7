import type { Child } from 'hono/jsx';

interface FilterField {
  name: string;
  label: string;
  /** of the query now */
  value: string;
  /** a select; without: free text */
  options?: readonly { value: string; label: string }[];
  placeholder?: string;
  type?: 'search' | 'date';
}

/** A GET form: the URL holds what is searched for. `keep`: other parameters of the query, e.g. the tab. */
export const FilterForm = (props: {
  action: string;
  fields: readonly FilterField[];
  keep?: Readonly<Record<string, string>>;
  /** where [조건 지우기] goes; shown when something is set */
  clear?: string;
  children?: Child;
}) => (
  <form class={`card filter f${props.fields.length}`} method="get" action={props.action} role="search">
    {Object.entries(props.keep ?? {}).map(([name, value]) => (
      <input type="hidden" name={name} value={value} />
    ))}
    {props.fields.map((field) => (
      <div>
        <label class="l" for={`f-${field.name}`}>
          {field.label}
        </label>
        <Input field={field} />
      </div>
    ))}
    <div class="row">
      <button class="btn" type="submit">
        찾기
      </button>
      {props.clear !== undefined && props.fields.some(({ value }) => value !== '') && (
        <a href={props.clear}>조건 지우기</a>
      )}
      {props.children}
    </div>
  </form>
);

const Input = ({ field }: { field: FilterField }) =>
  field.options ? (
    <select id={`f-${field.name}`} name={field.name}>
      {field.options.map((option) => (
        <option value={option.value} selected={option.value === field.value}>
          {option.label}
        </option>
      ))}
    </select>
  ) : (
    <input
      id={`f-${field.name}`}
      name={field.name}
      type={field.type ?? 'search'}
      value={field.value}
      placeholder={field.placeholder}
      data-find={field.type === 'date' ? undefined : ''}
    />
  );
