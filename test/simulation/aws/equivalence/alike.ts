/** When two answers, or two tables, are the same. */
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { canonical } from '../dynamo/number.ts';
import type { Item } from './values.ts';

export interface Answer {
  error?: string;
  message?: string;
  Item?: Item;
  Items?: Item[];
  Attributes?: Item;
  LastEvaluatedKey?: Item;
  Responses?: Record<string, Item[]>;
  CancellationReasons?: { Code?: string; Item?: Item }[];
  [member: string]: unknown;
}

/** An item as one text: names and sets in order, numbers without needless zeros. */
export const itemText = (item: Item | undefined): string => JSON.stringify(item && ordered(item));

const ordered = (item: Item): unknown[] =>
  Object.entries(item)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => [name, valueForm(value)]);

const valueForm = (value: AttributeValue): unknown => {
  if (value.N !== undefined) return { N: canonical(value.N) };
  if (value.B !== undefined) return { B: Buffer.from(value.B).toString('base64') };
  if (value.M !== undefined) return { M: ordered(value.M) };
  if (value.L !== undefined) return { L: value.L.map(valueForm) };
  if (value.SS !== undefined) return { SS: value.SS.toSorted() };
  if (value.NS !== undefined) return { NS: value.NS.map(canonical).toSorted() };
  return value;
};

/** What of an answer is compared: everything but the wording of errors and the order of a batch. */
export const answerText = (answer: Answer): string => {
  const {
    message: _message,
    ConsumedCapacity: _capacity,
    Items,
    Responses,
    CancellationReasons,
    ...rest
  } = answer;
  return JSON.stringify({
    ...rest,
    Item: itemText(answer.Item),
    Attributes: itemText(answer.Attributes),
    LastEvaluatedKey: itemText(answer.LastEvaluatedKey),
    Items: Items?.map(itemText),
    Responses: Object.values(Responses ?? {}).map((items) => items.map(itemText).toSorted()),
    CancellationReasons: CancellationReasons?.map(({ Code, Item: item }) => [Code, itemText(item)]),
  });
};
