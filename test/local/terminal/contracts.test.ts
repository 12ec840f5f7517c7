import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { checkParcel } from '../../../functions/epost/insert-order.ts';
import { orderShipped } from '../../../functions/order/told-events.ts';
import { contractIdOf } from '../../../functions/merchant/contract.ts';
import { readContractsFile } from '../../../local/demo/contracts-file.ts';
import { DEMO_CONTRACTS } from '../../../local/demo/contracts.ts';
import { demoOrder } from '../../../local/demo/demo-order.ts';
import { helpText } from '../../../local/terminal/help.ts';

describe('the demo contracts', () => {
  const withNumbers = DEMO_CONTRACTS.filter(({ numbers }) => numbers !== undefined);

  it('are at least five with enough numbers for a thousand orders, no number twice', () => {
    expect(withNumbers.length).toBeGreaterThanOrEqual(5);
    const runs = withNumbers.map(({ numbers }) => [Number(numbers!.first), Number(numbers!.last)] as const);
    for (const [first, last] of runs) expect(last - first).toBeGreaterThan(1_000);
    const sorted = runs.toSorted(([a], [b]) => a - b);
    for (const [i, [first]] of sorted.slice(1).entries()) expect(first).toBeGreaterThan(sorted[i]![1]);
  });

  it('are told apart by shop and seller', () => {
    expect(new Set(DEMO_CONTRACTS.map(contractIdOf)).size).toBe(DEMO_CONTRACTS.length);
    expect(DEMO_CONTRACTS.some(({ sellerId }) => sellerId !== undefined)).toBe(true);
  });

  it('ship a demo order that the platform contract and ePost both take', () => {
    for (const contract of DEMO_CONTRACTS) {
      const order = demoOrder(contract, Date.UTC(2026, 10, 24, 5, 20));
      expect(orderShipped.safeParse(order).success).toBe(true);
      expect(checkParcel(order, contract)).toEqual([]);
      expect(order.orderId).toBe('20261124142000');
    }
  });
});

describe('the contracts file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'contracts-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const read = (content: string) => {
    const file = join(folder, 'shops.json');
    writeFileSync(file, content);
    return readContractsFile(file);
  };

  it('reads as the help shows it', () => {
    const example = /^ {2}(\[\{"shopId"[\s\S]+?\}\])$/m.exec(helpText('0.0.0'))?.[1] ?? '';
    expect(read(example)).toEqual([
      {
        shopId: 'my-shop',
        companyName: '우리가게',
        customerNo: '0004100299',
        approvalNo: '4001003099',
        officeSer: 'SITE99',
        numbering: 'band',
        numbers: { first: '6899990000001', last: '6899990001000' },
      },
    ]);
  });

  it('is refused with the first field that does not fit', () => {
    const wrong = [
      { shopId: 'a', companyName: 'b', customerNo: '123', approvalNo: '4001003099', officeSer: 'S' },
    ];
    expect(() => read(JSON.stringify(wrong))).toThrow(/shops\.json 의 0\.customerNo 값이 맞지 않습니다/);
  });

  it('is refused in a sentence where it is missing or no JSON', () => {
    expect(() => read('shops')).toThrow(/파일을 읽을 수 없습니다/);
    expect(() => readContractsFile(join(folder, 'none.json'))).toThrow(/파일을 읽을 수 없습니다/);
  });
});
