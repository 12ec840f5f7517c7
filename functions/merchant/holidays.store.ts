/** Holidays an operator added (임시공휴일), and years stated complete; kept beside the other operational records. */
import { type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Actor, AuditEntry } from '../audit/audit.ts';
import type { Deed } from '../audit/deeds.ts';
import { createAudit, type TransactItem } from '../audit/audit.store.ts';
import { type AddedHolidays, type BusinessCalendar, createCalendar } from '../runtime/business-days.ts';
import type { Clock } from '../runtime/clock.ts';

const PK = 'holidays';
/** An added day counts everywhere within this time. */
const CACHE_MS = 60_000;

export type ReadCalendar = () => Promise<BusinessCalendar>;
export interface HolidayChange {
  by: Actor;
  now: number;
  reason?: string;
  requestId?: string;
}
export interface StoredHolidays extends AddedHolidays {
  /** who added a day, and when (epoch ms) */
  addedBy: Readonly<Record<string, { by: string; at: number }>>;
}
/** Every change with one audit row; one that changes nothing answers false and leaves none. */
export interface Holidays {
  read(): Promise<StoredHolidays>;
  /** Adds one day (yyyy-mm-dd). Dates already promised stay as they were. False: it was added before. */
  add(day: string, name: string, change: HolidayChange): Promise<boolean>;
  /** False: nobody added it, or it is gone already. */
  remove(day: string, change: HolidayChange): Promise<boolean>;
  /**
   * States that everything about a year is entered, where the gazette data does not have it yet. False: stated before.
   */
  completeYear(year: number, change: HolidayChange): Promise<boolean>;
}

export const createHolidays = (
  doc: DynamoDBDocumentClient,
  tables: { audit: string; operations: string },
): Holidays => {
  const audit = createAudit(doc, tables);
  const TableName = tables.operations;
  const entry = (what: Deed, sk: string, { by, now, reason, requestId }: HolidayChange) => ({
    at: now,
    by,
    what,
    subject: `holiday#${sk}`,
    ...(reason !== undefined && { reason }),
    ...(requestId !== undefined && { requestId }),
  });
  const commit = async (row: AuditEntry, item: TransactItem) =>
    (await audit.commit(row, [item])).outcome === 'written';
  const putNew = (Item: object): TransactItem => ({
    Put: { TableName, Item, ConditionExpression: 'attribute_not_exists(pk)' },
  });
  return {
    read: () => readAdded(doc, TableName),
    add: async (day, name, change) => {
      const Item = { pk: PK, sk: day, name, at: change.now, by: change.by.name };
      return commit({ ...entry('holiday.added', day, change), after: { name } }, putNew(Item));
    },
    remove: async (day, change) => {
      const Key = { pk: PK, sk: day };
      const ConditionExpression = 'attribute_exists(pk)';
      return commit(entry('holiday.removed', day, change), {
        Delete: { TableName, Key, ConditionExpression },
      });
    },
    completeYear: async (year, change) => {
      const sk = `year#${year}`;
      const Item = { pk: PK, sk, at: change.now, by: change.by.name };
      return commit(entry('holiday.year-completed', sk, change), putNew(Item));
    },
  };
};

const readAdded = async (doc: DynamoDBDocumentClient, table: string): Promise<StoredHolidays> => {
  const answer = await doc.send(
    new QueryCommand({
      TableName: table,
      ConsistentRead: true,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': PK },
    }),
  );
  const items = (answer.Items ?? []) as { sk: string; name?: string; by: string; at: number }[];
  const days = items.filter(({ sk }) => !sk.startsWith('year#'));
  return {
    days: Object.fromEntries(days.map(({ sk, name = '' }) => [sk, name])),
    completeYears: items.flatMap(({ sk }) => (sk.startsWith('year#') ? [Number(sk.slice(5))] : [])),
    addedBy: Object.fromEntries(days.map(({ sk, by, at }) => [sk, { by, at }])),
  };
};

/** The calendar with what operators added, remembered for a minute. */
export const createCalendarReader = (
  doc: DynamoDBDocumentClient,
  operationsTable: string,
  clock: Clock,
): ReadCalendar => {
  let known: { calendar: BusinessCalendar; until: number } | undefined;
  return async () => {
    if (known !== undefined && known.until > clock()) return known.calendar;
    const calendar = createCalendar(await readAdded(doc, operationsTable));
    known = { calendar, until: clock() + CACHE_MS };
    return calendar;
  };
};
