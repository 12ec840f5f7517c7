/** Applications that a demonstration begins with. Shops, numbers and persons are invented. */
import { contractIdOf } from '../../functions/merchant/contract.ts';
import type { ApplicationRequest } from '../../functions/platform-api/application-request.ts';
import type { EpostSimulator } from '../epost-simulator/simulator.ts';
import { DEMO_CONTRACTS } from './contracts.ts';

export interface DemoApplication {
  applicationId: string;
  request: ApplicationRequest;
  /** the approval number ePost has for the customer, where it is another one than the merchant stated */
  approvedAs?: string;
  /** numbers that lie ready for the contract */
  numbers?: { first: string; last: string };
}

const request = (
  given: Pick<ApplicationRequest, 'shopId' | 'companyName' | 'businessNo' | 'customerNo' | 'approvalNo'>,
  officeSer: string,
): ApplicationRequest => ({
  ...given,
  revision: 1,
  domain: `${given.shopId}.example`,
  epostId: `${given.shopId.replaceAll('-', '')}24`,
  numbering: 'band',
  contact: { name: '이담당', mobile: '01000000000' },
  site: {
    officeSer,
    name: given.companyName,
    zip: '04524',
    address1: '서울특별시 중구 세종대로 110',
    address2: '지하 1층 출고장',
    tel: '02-0000-0000',
    contact: '이담당',
  },
});

/** Past its due date, and its approval number is not the one ePost has: there is a reason to hold it. */
export const OVERDUE: DemoApplication = {
  applicationId: 'demo-2101',
  approvedAs: '4001003011',
  request: request(
    {
      shopId: 'dameun-craft',
      companyName: '담은공방',
      businessNo: '1208800016',
      customerNo: '0004100211',
      approvalNo: '4001003101',
    },
    'DAMEUN01',
  ),
};

/** Due today, everything in order, its numbers lie ready: approved it is in use a moment later. */
export const DUE_TODAY: DemoApplication = {
  applicationId: 'demo-2102',
  numbers: { first: '6899960000001', last: '6899960005000' },
  request: request(
    {
      shopId: 'bomnal-paper',
      companyName: '봄날문구',
      businessNo: '1208800020',
      customerNo: '0004100212',
      approvalNo: '4001003012',
    },
    'BOMNAL01',
  ),
};

/** Held yesterday: its ePost id belongs to another customer number. */
export const ON_HOLD: DemoApplication = {
  applicationId: 'demo-2103',
  request: request(
    {
      shopId: 'byeolha-coffee',
      companyName: '별하커피',
      businessNo: '1208800035',
      customerNo: '0004100213',
      approvalNo: '4001003013',
    },
    'BYEOLHA01',
  ),
};

/** Held too, and the message about it never went out: the merchant does not take any. */
export const UNREACHED: DemoApplication = {
  applicationId: 'demo-2104',
  approvedAs: '4001003041',
  request: request(
    {
      shopId: 'moran-store',
      companyName: '모란상회',
      businessNo: '1208800054',
      customerNo: '0004100214',
      approvalNo: '4001003014',
    },
    'MORAN01',
  ),
};

/** In use: what the first demo contract came from. */
export const ACTIVE: DemoApplication = {
  applicationId: 'demo-2100',
  request: request(
    {
      shopId: DEMO_CONTRACTS[0]!.shopId,
      companyName: DEMO_CONTRACTS[0]!.companyName,
      businessNo: '1208800049',
      customerNo: DEMO_CONTRACTS[0]!.customerNo,
      approvalNo: DEMO_CONTRACTS[0]!.approvalNo,
    },
    DEMO_CONTRACTS[0]!.officeSer,
  ),
};

export const DEMO_APPLICATIONS = [ACTIVE, OVERDUE, DUE_TODAY, ON_HOLD, UNREACHED] as const;

export const contractOf = ({ request: { shopId, sellerId } }: DemoApplication): string =>
  contractIdOf({ shopId, sellerId });

/** The simulated post office forgets who its customers are when it ends: told at every start. */
export const introduceCustomers = ({ control }: Pick<EpostSimulator, 'control'>): void => {
  for (const { request: asked, approvedAs } of DEMO_APPLICATIONS) {
    control.setCustomer(asked.customerNo, [{ apprNo: approvedAs ?? asked.approvalNo }]);
    control.setMember(asked.epostId, asked.customerNo);
  }
  control.setMember(ON_HOLD.request.epostId, '0004100299');
};
