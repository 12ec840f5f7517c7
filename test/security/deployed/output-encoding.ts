/** Whatever a merchant, a shopper or the carrier typed stays text on every page of the deployed console. */
import { PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import * as fc from 'fast-check';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { beforeAll, describe, expect, it } from 'vitest';
import { tablesOf } from '../../../local/demo/tables.ts';
import type { Deployed, Visitor } from './house.ts';

type Row = Record<string, unknown>;
/** What somebody else typed, by table: every text below these keys. */
const TYPED = {
  applications: ['companyName', 'domain', 'epostId', 'contact', 'site', 'hold'],
  contracts: ['companyName'],
  shipments: ['orderId', 'parcel', 'tracked', 'scans', 'refusal', 'booking'],
  messages: ['text'],
} as const;
/** Words of ours inside of those. */
const OURS = new Set(['status', 'orderStatus', 'code', 'mustAct', 'reasons', 'by', 'payer', 'packing']);

const replaced = (value: unknown, text: string): unknown => {
  if (typeof value === 'string') return text;
  if (Array.isArray(value)) return value.map((one) => replaced(one, text));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, OURS.has(key) ? inner : replaced(inner, text)]),
  );
};

const MARK = 'ꙮ';
const marked = (text: string) => `${MARK}${text}${MARK}`;
const ESCAPES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string) => text.replaceAll(/[&<>"']/g, (sign) => ESCAPES[sign] ?? sign);

const parser = new XMLParser({ preserveOrder: true, ignoreAttributes: false, processEntities: false });
/** Tags and the names of their attributes, in order. @throws where the page is not well-formed */
const skeletonOf = (html: string): string[] => {
  const page = html.replace(/^<!doctype html>/i, '');
  const sound = XMLValidator.validate(page, { allowBooleanAttributes: true });
  if (sound !== true) throw new Error(`${sound.err.msg} at line ${sound.err.line}, ${sound.err.col}`);
  const names: string[] = [];
  const walk = (nodes: Record<string, unknown>[]): void => {
    for (const { ':@': attributes = {}, ...node } of nodes)
      for (const [tag, inner] of Object.entries(node)) {
        if (tag === '#text') continue;
        names.push([tag, ...Object.keys(attributes as object)].join(' '));
        walk(inner as Record<string, unknown>[]);
      }
  };
  walk(parser.parse(page) as Record<string, unknown>[]);
  return names;
};

const nasty = fc.oneof(
  fc.constantFrom(
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    '</textarea></title></svg><script>alert(1)</script>',
    '<!--',
    ']]><![CDATA[',
    '&lt;script&gt;',
    'javascript:alert(1)',
    '${7*7}{{7*7}}<%= 7*7 %>',
    '\u202e<b>\u0000\u2028',
  ),
  fc.string({
    unit: fc.constantFrom('<', '>', '"', "'", '&', '/', '=', ' ', '`', 'a', '가'),
    minLength: 1,
    maxLength: 20,
  }),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }),
);

export const outputEncoding = (
  house: () => Deployed,
  visitor: () => Visitor,
  addresses: () => readonly string[],
): void => {
  describe('what somebody else typed', () => {
    let rows: { table: string; row: Row; typed: readonly string[] }[];
    /** pages that show any of it, and how they are built */
    const shows = new Map<string, string[]>();
    /** Everything typed so far: the names of shops are remembered for half a minute. */
    const before = new Set<string>();

    const type = (text: string) => {
      before.add(text);
      return Promise.all(
        rows.map(({ table, row, typed }) => {
          const over = typed.flatMap((key) => (key in row ? [[key, replaced(row[key], text)]] : []));
          const Item = { ...row, ...(Object.fromEntries(over) as Row) };
          return house().clients.doc.send(new PutCommand({ TableName: table, Item }));
        }),
      );
    };

    beforeAll(async () => {
      const { clients, stack, settle } = house();
      // What is still being worked on would change by itself.
      await settle();
      const tables = tablesOf(stack.outputs);
      const found = await Promise.all(
        Object.entries(TYPED).map(async ([name, typed]) => {
          const table = tables[name as keyof typeof TYPED];
          const { Items = [] } = await clients.doc.send(new ScanCommand({ TableName: table }));
          return Items.map((row) => ({ table, row, typed }));
        }),
      );
      rows = found.flat();
      await type(marked('plain'));
      for (const at of addresses()) {
        const html = await (await visitor().get(at)).text();
        if (html.includes(MARK)) shows.set(at, skeletonOf(html));
      }
    });

    it('is shown', () => {
      const kinds = [...shows.keys()].map((at) => at.split('/')[1]);
      expect(kinds).toEqual(expect.arrayContaining(['applications', 'shipments']));
    });

    it('stays text on every page, whatever it is, and adds nothing to the page', async () => {
      await fc.assert(
        fc.asyncProperty(nasty, async (text) => {
          await type(marked(text));
          for (const [at, plain] of shows) {
            const html = await (await visitor().get(at)).text();
            expect({ at, skeleton: skeletonOf(html) }).toEqual({ at, skeleton: plain });
            for (const one of before) if (escaped(one) !== one) expect(html).not.toContain(one);
            expect([at, [...before].some((one) => html.includes(escaped(one)))]).toEqual([at, true]);
          }
        }),
        { numRuns: 12, examples: [['<script>alert(1)</script>'], ['"><img src=x onerror=alert(1)>']] },
      );
    });

    it('is data and no page in the JSON twins and files', async () => {
      await type(marked('<script>alert(1)</script>'));
      for (const at of shows.keys()) {
        for (const other of [`/api${at === '/' ? '' : at}`, `${at}?format=csv`]) {
          const answer = await visitor().get(other);
          const kind = answer.headers.get('content-type') ?? '';
          if (kind.startsWith('text/html')) expect(await answer.text()).not.toContain('<script>alert');
          else
            expect([other, kind]).toEqual([other, expect.stringMatching(/^(application\/json|text\/csv)/)]);
          expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
        }
      }
    });
  });
};
