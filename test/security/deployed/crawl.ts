/** Real addresses of every page, found by following the links of the pages themselves. */
import type { AnyPage } from '../../../functions/admin/page.ts';
import type { Visitor } from './house.ts';

const MOST_OF_A_KIND = 4;
const patternOf = (path: string) => new RegExp(`^${path.replaceAll(/:\w+/g, '[^/]+')}$`);

/** For each page's path: addresses without query, at most four; [] where no link leads to any. `starts` may have one. */
export const crawl = async (
  visitor: Pick<Visitor, 'get'>,
  pages: readonly Pick<AnyPage, 'path'>[],
  starts: readonly string[] = [],
): Promise<Map<string, string[]>> => {
  const found = new Map(pages.map(({ path }) => [path, [] as string[]]));
  const waiting = [...starts];
  const note = (address: string) => {
    const page =
      pages.find(({ path }) => path === address) ?? pages.find(({ path }) => patternOf(path).test(address));
    const known = page && found.get(page.path);
    if (known === undefined || known.includes(address) || known.length === MOST_OF_A_KIND) return;
    known.push(address);
    waiting.push(address);
  };
  for (const { path } of pages) if (!path.includes(':')) note(path);
  for (const start of starts) note(start);
  for (let address = waiting.shift(); address !== undefined; address = waiting.shift()) {
    const html = await (await visitor.get(address)).text();
    for (const [, href = ''] of html.matchAll(/\shref="(\/[^"#?]*)[^"]*"/g)) note(href);
  }
  return found;
};
