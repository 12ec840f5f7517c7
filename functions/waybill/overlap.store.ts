import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Sought } from './import-request.ts';
import { readBlock } from './pool.store.ts';
import { type Block, numberAt } from './pool.ts';
import { type RegisteredBlock, readRegistry } from './registry.store.ts';

/** A block that already holds some of the numbers sought. */
export interface Overlap {
  owner: string;
  block: number;
  /** how many they share */
  shared: number;
  /** of a list: which lines they stand in */
  lines?: number[];
  /** the block is just what is sought, nothing more and nothing less */
  same: boolean;
}

/** Every block of any contract that shares numbers with what is sought. Strongly consistent. */
export const findOverlaps = async (
  doc: DynamoDBDocumentClient,
  table: string,
  sought: Sought,
): Promise<Overlap[]> => {
  const found: Overlap[] = [];
  for (const near of await readRegistry(doc, table, sought)) {
    const overlap =
      near.kind === 'run' ? overlapWithRun(near, sought) : await overlapWithList(doc, table, near, sought);
    if (overlap.shared > 0) found.push(overlap);
  }
  return found;
};

const overlapWithRun = ({ owner, block, first, last }: RegisteredBlock, sought: Sought): Overlap => {
  const same = sought.kind === 'run' && sought.first === first && sought.last === last;
  if (sought.kind === 'list')
    return listed(owner, block, sought, (number) => number >= first && number <= last, same);
  const [from, to] = [
    Math.max(Number(first), Number(sought.first)),
    Math.min(Number(last), Number(sought.last)),
  ];
  return { owner, block, shared: Math.max(0, to - from + 1), same };
};

const overlapWithList = async (
  doc: DynamoDBDocumentClient,
  table: string,
  { owner, block: no }: RegisteredBlock,
  sought: Sought,
): Promise<Overlap> => {
  const numbers = numbersOf(await readBlock(doc, table, owner, no));
  if (sought.kind === 'run') {
    const shared = numbers.filter((number) => number >= sought.first && number <= sought.last).length;
    return { owner, block: no, shared, same: false };
  }
  const held = new Set(numbers);
  const overlap = listed(owner, no, sought, (number) => held.has(number), false);
  return { ...overlap, same: overlap.shared === held.size && held.size === sought.lines.size };
};

const listed = (
  owner: string,
  block: number,
  { lines }: Extract<Sought, { kind: 'list' }>,
  holds: (number: string) => boolean,
  same: boolean,
): Overlap => {
  const shared = [...lines].flatMap(([number, line]) => (holds(number) ? [line] : []));
  return { owner, block, shared: shared.length, lines: shared, same };
};

const numbersOf = (block: Block): string[] =>
  Array.from({ length: block.size }, (_, i) => numberAt(block, i));
