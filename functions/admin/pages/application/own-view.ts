import { one } from '../../form.ts';
import type { View } from '../../page.ts';

/** Field by which the forms of this page know what was typed into which. */
export const FORM_FIELD = 'form';

/** The view of one form of several: what was typed into another one is not its own. */
export const ownView = (view: View, form: string): View => {
  if (view.typed === undefined || one(view.typed, FORM_FIELD) === form) return view;
  const { typed: _others, ...rest } = view;
  return rest;
};
/** Whether this form was the one just sent. */
export const wasSent = (view: View, form: string): boolean =>
  view.typed !== undefined && one(view.typed, FORM_FIELD) === form;
