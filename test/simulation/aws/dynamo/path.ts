/** Reading and replacing what is at a document path. Items are copied along the path, never changed. */
import { invalid } from '../aws-error.ts';
import type { Path } from './tokens.ts';
import type { Item, Value } from './value.ts';

export const valueAt = (item: Item, path: Path): Value | undefined =>
  path.reduce<Value | undefined>(stepInto, { M: item });

const stepInto = (value: Value | undefined, step: string | number): Value | undefined => {
  if (value === undefined) return undefined;
  if (typeof step === 'number') return 'L' in value ? value.L[step] : undefined;
  return 'M' in value && Object.hasOwn(value.M, step) ? value.M[step] : undefined;
};

/** Marks a list element to be taken out when all paths are done, so that the places of the others stay. */
const GONE: Value = { NULL: true };

/** Sets, or with undefined removes, what is at the path. @throws ValidationException when nothing can be there */
export const withValueAt = (item: Item, path: Path, value: Value | undefined): Item => {
  const changed = replaced({ M: item }, path, value);
  return 'M' in changed ? changed.M : item;
};

const replaced = (parent: Value | undefined, [step, ...rest]: Path, value: Value | undefined): Value => {
  if (parent === undefined || step === undefined) throw nowhere();
  const inner = (old: Value | undefined): Value | undefined =>
    rest.length === 0 ? value : replaced(old, rest, value);
  if (typeof step === 'number' && 'L' in parent) {
    const list = [...parent.L];
    const result = inner(list[step]);
    if (result !== undefined) list[step < list.length ? step : list.length] = result;
    else if (step < list.length) list[step] = GONE;
    return { L: list };
  }
  if (typeof step === 'string' && 'M' in parent) {
    const { [step]: old, ...others } = parent.M;
    const result = inner(old);
    return { M: result === undefined ? others : { ...parent.M, [step]: result } };
  }
  throw nowhere();
};

const nowhere = () => invalid('The document path provided in the update expression is invalid for update');

/** Takes out the list elements that were removed. */
export const withoutGone = (item: Item): Item =>
  Object.fromEntries(Object.entries(item).map(([name, value]) => [name, swept(value)]));

const swept = (value: Value): Value => {
  if ('M' in value) return { M: withoutGone(value.M) };
  if ('L' in value) return { L: value.L.filter((one) => one !== GONE).map(swept) };
  return value;
};

/** An item with only what these paths name; elements of a list close up. */
export const projected = (item: Item, paths: readonly Path[]): Item => {
  const names = [...new Set(paths.map(([name]) => String(name)))];
  const picked = names.map((name) => {
    const inner = paths.filter(([first]) => first === name).map(([, ...rest]) => rest);
    const value = Object.hasOwn(item, name) ? item[name] : undefined;
    return [name, value === undefined ? undefined : pick(value, inner)] as const;
  });
  return Object.fromEntries(picked.filter((entry): entry is [string, Value] => entry[1] !== undefined));
};

const pick = (value: Value, paths: readonly Path[]): Value | undefined => {
  if (paths.some((path) => path.length === 0)) return value;
  if ('M' in value) {
    const found = projected(
      value.M,
      paths.filter(([step]) => typeof step === 'string'),
    );
    return Object.keys(found).length > 0 ? { M: found } : undefined;
  }
  if (!('L' in value)) return undefined;
  const found = value.L.map((one, i) => {
    const inner = paths.filter(([step]) => step === i).map(([, ...rest]) => rest);
    return inner.length > 0 ? pick(one, inner) : undefined;
  }).filter((one) => one !== undefined);
  return found.length > 0 ? { L: found } : undefined;
};
