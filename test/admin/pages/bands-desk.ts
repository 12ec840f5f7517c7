/** Contracts with numbers: one nearly out of them, one with plenty, a seller's, and one whose numbers ePost draws. */
import { putContract } from '../../../functions/merchant/contract.store.ts';
import { createAllocate } from '../../../functions/waybill/allocation.store.ts';
import { importBlock } from '../../../functions/waybill/import-block.store.ts';
import { aContract, aShipment, T0 } from '../../support/builders.ts';
import { type Desk, startDesk } from './parcel-desk.ts';

const DAY = 86_400_000;
/** When the numbers that are used went out. */
const SHIPPED_AT = T0 - 2 * DAY;

export const startBands = async (): Promise<Desk> => {
  const desk = await startDesk();
  const contracts = [
    aContract(),
    aContract({ contractId: 'haneul', companyName: '하늘책방' }),
    aContract({ contractId: 'plaza/dalbit', companyName: '<script>alert(1)</script>' }),
    aContract({ contractId: 'narae', companyName: '나래다원', numbering: 'carrier-issued' }),
  ];
  for (const contract of contracts) await putContract(desk.doc, desk.tables.contracts, contract);
  await lend(desk, 'sodam', '6899900100000', 100);
  await lend(desk, 'haneul', '6899900200000', 1000);
  await lend(desk, 'plaza/dalbit', '6899900300000', 10);
  await give(desk, 'sodam', 90);
  return desk;
};

const lend = ({ doc, tables }: Desk, contractId: string, first: string, size: number) =>
  importBlock(doc, tables, {
    contractId,
    request: { kind: 'run', first, last: String(Number(first) + size - 1) },
    by: '김운영',
    now: T0 - 14 * DAY,
  });

const give = async ({ doc, tables }: Desk, contractId: string, count: number): Promise<void> => {
  const candidates = Array.from({ length: count }, (_, i) => {
    const {
      waybillNumber: _n,
      ledgerSeq: _s,
      allocatedAt: _a,
      state: _t,
      ...shipment
    } = aShipment({ contractId, shipmentId: `${contractId}-${i}` });
    return { shipment, expect: 'new' as const };
  });
  await createAllocate(doc, tables, () => SHIPPED_AT)(aContract({ contractId }), candidates);
};
