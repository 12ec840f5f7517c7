import type { TransactItem } from '../audit/audit.store.ts';
import type { Application, ApplicationStatus } from './application.ts';
import type { Contract, ContractStatus } from './contract.ts';

const CONTRACT_STATUS: Partial<Record<ApplicationStatus, ContractStatus>> = {
  active: 'active',
  suspended: 'suspended',
  terminated: 'terminated',
};

/**
 * The contract as the parcel's journey reads it, changed in the move's own transaction. Fields set elsewhere
 * (low water, test orders) stay. An application that never came into use leaves no contract behind.
 */
export const contractChange = (
  TableName: string | undefined,
  before: Application | undefined,
  after: Application,
): TransactItem[] => {
  const status = CONTRACT_STATUS[after.status];
  if (status === undefined || before?.status === after.status) return [];
  if (status === 'terminated' && before?.status !== 'active' && before?.status !== 'suspended') return [];
  if (TableName === undefined) throw new Error('This function may not change contracts');
  const fields = Object.entries(contractFields(after, status));
  return [
    {
      Update: {
        TableName,
        Key: { contractId: after.contractId },
        UpdateExpression: `SET ${fields.map((_, i) => `#f${i} = :f${i}`).join(', ')}`,
        ExpressionAttributeNames: Object.fromEntries(fields.map(([name], i) => [`#f${i}`, name])),
        ExpressionAttributeValues: Object.fromEntries(fields.map(([, value], i) => [`:f${i}`, value])),
      },
    },
  ];
};

const contractFields = (application: Application, status: ContractStatus): Omit<Contract, 'contractId'> => ({
  status,
  companyName: application.companyName,
  customerNo: application.customerNo,
  approvalNo: application.approvalNo,
  officeSer: application.site.officeSer,
  numbering: application.numbering,
  inquiryTel: application.site.tel,
});
