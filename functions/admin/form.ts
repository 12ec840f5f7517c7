/** What a form sent: every field, every value, files as their text. Fields of the machinery are not in it. */
export type Form = Readonly<Record<string, readonly string[]>>;

/** One value, trimmed, CRLF as LF; '' when it was not sent. */
export const one = (form: Form, name: string): string =>
  (form[name]?.[0] ?? '').replaceAll('\r\n', '\n').trim();

/** All values of a group of checkboxes. */
export const many = (form: Form, name: string): readonly string[] => form[name] ?? [];

/** What is wrong with one field. */
export interface Problem {
  /** id of the input it is about; the error summary links to it */
  field: string;
  /** Korean, names the fix */
  message: string;
}
export type Parsed<Input> = { outcome: 'input'; input: Input } | { outcome: 'problems'; problems: Problem[] };

/** The words beside one field, or undefined: nothing is wrong with it. */
export const problemOf = (problems: readonly Problem[], field: string): string | undefined =>
  problems.find((problem) => problem.field === field)?.message;
