/** Faults in what explains the numbers, and what operators hold back. */
import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { createAudit } from '../../functions/audit/audit.store.ts';
import { stopTransmission } from '../../functions/transmission/transmission-stop.store.ts';
import { freezePool } from '../../functions/waybill/freeze.store.ts';
import { aContract, anOrder } from '../support/builders.ts';
import type { Deployed, Run } from './deployed.ts';
import { allocated, aShop } from './scene.ts';

const NOWHERE = 'a-table-that-is-gone';
const start = { Records: [{ messageId: 'm', body: '{"v":1}', attributes: { SentTimestamp: '0' } }] };

/** By the alarm's name. */
export const numberFaults: Record<string, (at: Deployed) => Promise<Run>> = {
  TransmissionStopped: async (at) => {
    await aShop(at, 100);
    const by = { kind: 'operator', id: 'op-1', name: '김운영' } as const;
    const audit = createAudit(at.doc, at.tables);
    await stopTransmission(at.tables.operations, audit, { by, reason: '점검', now: Date.now() });
    return at.run('drain');
  },
  // The newest entry is gone: nobody can say whose numbers these are.
  LedgerDamaged: async (at) => {
    await aShop(at, 100);
    await allocated(at, 3, 60);
    const Key = { contractId: aContract().contractId, seq: 2 };
    await at.doc.send(new DeleteCommand({ TableName: at.tables.ledger, Key }));
    return at.run('ledger-audit', start);
  },
  LedgerAuditHeartbeatMissing: (at) =>
    at.run('ledger-audit', start, { env: { LEDGER_TABLE: NOWHERE, POOLS_TABLE: NOWHERE } }),
  PoolFrozen: async (at) => {
    await aShop(at, 100);
    const { contractId } = aContract();
    const by = { kind: 'operator', id: 'op-1', name: '김운영' } as const;
    const order = { contractId, by, reason: '복원', now: Date.now() };
    await freezePool(at.doc, at.tables.pools, createAudit(at.doc, at.tables), order);
    const body = JSON.stringify({
      source: 'shop.platform',
      'detail-type': 'OrderShipped',
      detail: anOrder(),
    });
    const attributes = { SentTimestamp: String(Date.now()), ApproximateReceiveCount: '1' };
    return at.run('allocate', { Records: [{ messageId: 'm', body, attributes }] });
  },
  RetainHeartbeatMissing: (at) => at.run('retain', {}, { env: { LEDGER_TABLE: NOWHERE } }),
};

/** Numbers as they should be. */
export const auditedDay = async (at: Deployed): Promise<Run> => {
  await aShop(at, 100, 40);
  return at.run('ledger-audit', start);
};
