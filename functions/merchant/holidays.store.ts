/** Holidays an operator added (임시공휴일), and years stated complete; kept beside the other operational records. */
import { type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Actor } from '../audit/audit.ts';
import type { Deed } from '../audit/deeds.ts';
import { createAudit } from '../audit/audit.store.ts';
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
export interface Holidays {
  read(): Promise<AddedHolidays>;
  /** Adds or renames one day (yyyy-mm-dd). Dates already promised stay as they were. */
  add(day: string, name: string, change: HolidayChange): Promise<void>;
  remove(day: string, change: HolidayChange): Promise<void>;
  /** States that everything about a year is entered, where the gazette data does not have it yet. */
  completeYear(year: number, change: HolidayChange): Promise<void>;
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
  return {
    read: () => readAdded(doc, TableName),
    add: async (day, name, change) => {
      const Item = { pk: PK, sk: day, name, at: change.now, by: change.by.name };
      await audit.commit({ ...entry('holiday.added', day, change), after: { name } }, [
        { Put: { TableName, Item } },
      ]);
    },
    remove: async (day, change) => {
      await audit.commit(entry('holiday.removed', day, change), [
        { Delete: { TableName, Key: { pk: PK, sk: day } } },
      ]);
    },
    completeYear: async (year, change) => {
      const sk = `year#${year}`;
      const Item = { pk: PK, sk, at: change.now, by: change.by.name };
      await audit.commit(entry('holiday.year-completed', sk, change), [{ Put: { TableName, Item } }]);
    },
  };
};

const readAdded = async (doc: DynamoDBDocumentClient, table: string): Promise<AddedHolidays> => {
  const answer = await doc.send(
    new QueryCommand({
      TableName: table,
      ConsistentRead: true,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': PK },
    }),
  );
  const items = (answer.Items ?? []).map(({ sk, name }) => [String(sk), String(name ?? '')] as const);
  return {
    days: Object.fromEntries(items.filter(([sk]) => !sk.startsWith('year#'))),
    completeYears: items.flatMap(([sk]) => (sk.startsWith('year#') ? [Number(sk.slice(5))] : [])),
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
