/** Contracts that `npm start` knows from the first second. Shops and numbers are invented. */
import { type Contract, contractIdOf, type NumberingMode } from '../../functions/merchant/contract.ts';

/** A contract to seed, with the numbers lent to it. */
export interface DemoContract {
  shopId: string;
  sellerId?: string;
  companyName: string;
  /** 10 digits */
  customerNo: string;
  /** 10 digits */
  approvalNo: string;
  officeSer: string;
  numbering: NumberingMode;
  /** first and last of a complete run, 13 digits each; none where ePost draws the numbers */
  numbers?: { first: string; last: string };
}

const band = (
  index: number,
  shop: { shopId: string; sellerId?: string; companyName: string },
): DemoContract => ({
  ...shop,
  customerNo: `000410020${index}`,
  approvalNo: `400100300${index}`,
  officeSer: `SITE0${index}`,
  numbering: 'band',
  numbers: { first: `68999${index}0000001`, last: `68999${index}0100000` },
});

/** Five with numbers of their own, two of them sellers in one marketplace, and one whose numbers ePost draws. */
export const DEMO_CONTRACTS: readonly DemoContract[] = [
  band(0, { shopId: 'sodam-market', companyName: '소담마켓' }),
  band(1, { shopId: 'haneul-books', companyName: '하늘책방' }),
  band(2, { shopId: 'onnuri-garden', companyName: '온누리정원' }),
  band(3, { shopId: 'hanbit-plaza', sellerId: 'dalbit-bakery', companyName: '달빛제과' }),
  band(4, { shopId: 'hanbit-plaza', sellerId: 'badaro-fish', companyName: '바다로수산' }),
  {
    shopId: 'narae-tea',
    companyName: '나래다원',
    customerNo: '0004100205',
    approvalNo: '4001003005',
    officeSer: 'SITE05',
    numbering: 'carrier-issued',
  },
];

/** Nearly out of numbers when a demonstration begins. */
const LOW: DemoContract = {
  shopId: 'pureun-table',
  companyName: '푸른식탁',
  customerNo: '0004100206',
  approvalNo: '4001003006',
  officeSer: 'SITE06',
  numbering: 'band',
  numbers: { first: '6899970000001', last: '6899970000030' },
};

/** What is there besides, for a console that is looked at: with the demo data. */
export const FURTHER_DEMO_CONTRACTS: readonly DemoContract[] = [LOW];

/** As the functions read it. */
export const asContract = ({ shopId, sellerId, numbers: _numbers, ...rest }: DemoContract): Contract => ({
  contractId: contractIdOf({ shopId, sellerId }),
  status: 'active',
  ...rest,
});

export const LOW_SHOP = asContract(LOW);
export const FAILING_SHOP = asContract(DEMO_CONTRACTS[1]!);
export const BUSY_SHOP = asContract(DEMO_CONTRACTS[0]!);
/** ePost refused a whole upload of its orders. */
export const REFUSED_SHOP = asContract(DEMO_CONTRACTS[2]!);

/** The name shown for a contract; undefined for one that is not among them. */
export const companyNameIn =
  (contracts: readonly DemoContract[]) =>
  (merchant: { shopId: string; sellerId?: string }): string | undefined =>
    contracts.find((contract) => contractIdOf(contract) === contractIdOf(merchant))?.companyName;
