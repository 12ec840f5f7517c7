/** Arbitrary expressions with their placeholders. */
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { ATTRIBUTES, mostly, orderable, set, type Subject, text, value } from './values.ts';

export interface Expression {
  text: string;
  names: Record<string, string>;
  values: Record<string, AttributeValue>;
}

/** Written with `{name}` for names and `{0}`, `{1}` … for values. */
interface Draft {
  text: string;
  values: AttributeValue[];
}

const join = (parts: readonly Draft[], between: string): Draft => ({
  text: parts.reduce(
    ({ text, shift }, part, i) => ({
      text: `${text}${i === 0 ? '' : between}${part.text.replace(/\{(\d+)\}/g, (_, n) => `{${Number(n) + shift}}`)}`,
      shift: shift + part.values.length,
    }),
    { text: '', shift: 0 },
  ).text,
  values: parts.flatMap((part) => part.values),
});

/** Gives every name and value of a draft its own placeholder beginning with this letter. */
export const spelled = ({ text, values }: Draft, letter: string): Expression => {
  const names: Record<string, string> = {};
  const spelledText = text
    .replace(/\{([A-Za-z]+)\}/g, (_, name: string) => {
      names[`#${letter}${name}`] = name;
      return `#${letter}${name}`;
    })
    .replace(/\{(\d+)\}/g, `:${letter}$1`);
  return {
    text: spelledText,
    names,
    values: Object.fromEntries(values.map((one, i) => [`:${letter}${i}`, one])),
  };
};

const path = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...ATTRIBUTES).map((name) => `{${name}}`) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('{parcel}.{goods}', '{parcel}.{name}', '{scans}[0]', '{scans}[1]'),
  },
);

const leaf = (keys: readonly string[]): fc.Arbitrary<Draft> => {
  const where = fc.oneof(
    { weight: 6, arbitrary: path },
    { weight: 1, arbitrary: fc.constantFrom(...keys.map((one) => `{${one}}`)) },
  );
  return fc.oneof(
    fc
      .tuple(where, fc.constantFrom('=', '<>'), value)
      .map(([left, by, right]) => ({ text: `${left} ${by} {0}`, values: [right] })),
    fc
      .tuple(where, fc.constantFrom('<', '<=', '>', '>='), mostly(orderable))
      .map(([left, by, right]) => ({ text: `${left} ${by} {0}`, values: [right] })),
    where.map((one) => ({ text: `attribute_exists(${one})`, values: [] })),
    where.map((one) => ({ text: `attribute_not_exists(${one})`, values: [] })),
    fc.tuple(where, value).map(([one, part]) => ({ text: `contains(${one}, {0})`, values: [part] })),
    fc
      .tuple(where, mostly(text))
      .map(([one, start]) => ({ text: `begins_with(${one}, {0})`, values: [start] })),
    fc
      .tuple(where, fc.constantFrom('S', 'N', 'M', 'SS'))
      .map(([one, type]) => ({ text: `attribute_type(${one}, {0})`, values: [{ S: type }] })),
    fc
      .tuple(where, mostly(orderable), mostly(orderable))
      .map(([one, low, high]) => ({ text: `${one} BETWEEN {0} AND {1}`, values: [low, high] })),
    fc.tuple(where, fc.array(value, { minLength: 1, maxLength: 3 })).map(([one, options]) => ({
      text: `${one} IN (${options.map((_, i) => `{${i}}`).join(', ')})`,
      values: options,
    })),
    where.map((one) => ({ text: `size(${one}) < {0}`, values: [{ N: '2' }] })),
    fc.constant<Draft>({ text: 'size({owners}) < {allowed}', values: [] }),
    fc.constant<Draft>({ text: '{attempt} <= {allowed}', values: [] }),
  );
};

export const condition = (keys: readonly string[]): fc.Arbitrary<Draft> => {
  const { tree } = fc.letrec<{ tree: Draft }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      { weight: 4, arbitrary: leaf(keys) },
      {
        weight: 1,
        arbitrary: fc.array(tie('tree'), { minLength: 2, maxLength: 3 }).map((all) => join(all, ' AND ')),
      },
      {
        weight: 1,
        arbitrary: fc.array(tie('tree'), { minLength: 2, maxLength: 3 }).map((all) => join(all, ' OR ')),
      },
      { weight: 1, arbitrary: tie('tree').map(({ text, values }) => ({ text: `NOT (${text})`, values })) },
    ),
  }));
  return tree;
};

const assignment = (to: string): fc.Arbitrary<Draft> =>
  fc.oneof(
    value.map((one) => ({ text: `${to} = {0}`, values: [one] })),
    fc.constant<Draft>({ text: `${to} = {attempt} + {0}`, values: [{ N: '1' }] }),
    fc.constant<Draft>({ text: `${to} = if_not_exists({allowed}, {0}) + {0}`, values: [{ N: '1' }] }),
    fc.constant<Draft>({ text: `${to} = {notBefore} - {0}`, values: [{ N: '0.5' }] }),
    value.map((one) => ({ text: `${to} = if_not_exists(${to}, {0})`, values: [one] })),
    value.map((one) => ({ text: `${to} = list_append({scans}, {0})`, values: [{ L: [one] }] })),
  );

/** An update of one to four attributes, of which some are index keys and, seldom, a key of the table. */
export const update = (subject: Subject): fc.Arbitrary<Draft> => {
  const top = fc.constantFrom(...ATTRIBUTES, ...Object.keys(subject.extras)).map((name) => `{${name}}`);
  const place = fc.oneof({ weight: 8, arbitrary: top }, { weight: 2, arbitrary: path });
  const extra = Object.entries(subject.extras).map(([name, arbitrary]) =>
    arbitrary.map((one) => ({ section: 'SET', draft: { text: `{${name}} = {0}`, values: [one] } })),
  );
  const action = fc.oneof(
    { weight: 4, arbitrary: place.chain(assignment).map((draft) => ({ section: 'SET', draft })) },
    { weight: 2, arbitrary: place.map((one) => ({ section: 'REMOVE', draft: { text: one, values: [] } })) },
    {
      weight: 2,
      arbitrary: fc
        .tuple(place, fc.oneof(set, fc.constant({ N: '1' })))
        .map(([one, more]) => ({ section: 'ADD', draft: { text: `${one} {0}`, values: [more] } })),
    },
    {
      weight: 2,
      arbitrary: fc
        .tuple(place, set)
        .map(([one, less]) => ({ section: 'DELETE', draft: { text: `${one} {0}`, values: [less] } })),
    },
    ...extra.map((arbitrary) => ({ weight: 2, arbitrary })),
  );
  const actionsOfSome = fc.uniqueArray(action, {
    minLength: 1,
    maxLength: 4,
    selector: ({ draft }) => /\w+/.exec(draft.text)?.[0],
  });
  return actionsOfSome.map((actions) => {
    const sections = ['SET', 'REMOVE', 'ADD', 'DELETE'].flatMap((section) => {
      const drafts = actions.filter((one) => one.section === section).map(({ draft }) => draft);
      if (drafts.length === 0) return [];
      const { text, values } = join(drafts, ', ');
      return [{ text: `${section} ${text}`, values }];
    });
    return join(sections, ' ');
  });
};
