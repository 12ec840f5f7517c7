/** What people order at the console and by script, over the real stores: one order an invocation. */
import * as z from 'zod/mini';
import { createAudit } from '../../../functions/audit/audit.store.ts';
import type { Actor } from '../../../functions/audit/audit.ts';
import { createJobs } from '../../../functions/admin/job.store.ts';
import { jobMessage } from '../../../functions/admin/job.ts';
import { type JobOrder, startJob } from '../../../functions/admin/start-job.ts';
import { createApplications } from '../../../functions/merchant/application.store.ts';
import { putContract } from '../../../functions/merchant/contract.store.ts';
import type { Contract } from '../../../functions/merchant/contract.ts';
import { decide } from '../../../functions/merchant/decide.ts';
import { createCalendarReader } from '../../../functions/merchant/holidays.store.ts';
import type { Command } from '../../../functions/merchant/moves.ts';
import { createOutbox } from '../../../functions/merchant/outbox.store.ts';
import { createMessages } from '../../../functions/notification/messages.store.ts';
import { resendSms } from '../../../functions/notification/resend.ts';
import { busClient, documentClient, queueClient } from '../../../functions/runtime/aws.ts';
import { createPublish } from '../../../functions/runtime/bus.client.ts';
import { systemClock as clock } from '../../../functions/runtime/clock.ts';
import { present, readEnvironment } from '../../../functions/runtime/environment.ts';
import { lambda } from '../../../functions/runtime/lambda.ts';
import { count } from '../../../functions/runtime/observe.ts';
import { createQueue } from '../../../functions/runtime/queue.client.ts';
import { createAttempts } from '../../../functions/shipment/attempt.store.ts';
import { createShipments } from '../../../functions/shipment/shipment.store.ts';
import { createCarrierPauses } from '../../../functions/transmission/carrier-pause.store.ts';
import { type Cause, resend, resendAll } from '../../../functions/transmission/resend.ts';
import type { ImportRequest } from '../../../functions/waybill/import-request.ts';
import { createPools } from '../../../functions/waybill/pools.store.ts';

export type OperatorOrder =
  | { do: 'import'; contractId: string; request: ImportRequest }
  | { do: 'retire'; contractId: string; block: number }
  | { do: 'contract'; contract: Contract }
  | { do: 'resend'; shipmentIds: string[] }
  | { do: 'resend-all'; cause: Cause }
  | { do: 'lift-pause' }
  | { do: 'decide'; applicationId: string; version: number; command: Command }
  | { do: 'resend-sms'; messageId: string }
  | { do: 'check-one'; shipmentId: string }
  /** long work, done by the worker */
  | { do: 'start-job'; job: JobOrder }
  | { do: 'go-on'; jobId: string };

const environment = readEnvironment(
  z.object({
    APPLICATIONS_TABLE: present,
    AUDIT_TABLE: present,
    MESSAGES_TABLE: present,
    CONTRACTS_TABLE: present,
    OPERATIONS_TABLE: present,
    POOLS_TABLE: present,
    LEDGER_TABLE: present,
    SHIPMENTS_TABLE: present,
    TRANSMISSION_QUEUE_URL: present,
    ONBOARDING_QUEUE_URL: present,
    TRACKING_QUEUE_URL: present,
    JOBS_QUEUE_URL: present,
    BUS_NAME: present,
  }),
);
const doc = documentClient();
const sqs = queueClient();
const { AUDIT_TABLE: auditTable, OPERATIONS_TABLE: operations } = environment;
const publish = createPublish(busClient(), environment.BUS_NAME);
const audit = createAudit(doc, { audit: auditTable, operations });
const pools = createPools(doc, { pools: environment.POOLS_TABLE, ledger: environment.LEDGER_TABLE }, audit);
const tracking = createQueue(sqs, environment.TRACKING_QUEUE_URL);
const messages = createMessages(doc, environment.MESSAGES_TABLE);
const resendPorts = {
  attempts: createAttempts(doc, environment.SHIPMENTS_TABLE),
  shipments: createShipments(doc, environment.SHIPMENTS_TABLE),
  pauses: createCarrierPauses(doc, operations),
  queue: createQueue(sqs, environment.TRANSMISSION_QUEUE_URL),
  clock,
};
const decidePorts = {
  applications: createApplications(doc, {
    applications: environment.APPLICATIONS_TABLE,
    audit: auditTable,
    operations,
    messages: environment.MESSAGES_TABLE,
    contracts: environment.CONTRACTS_TABLE,
  }),
  outbox: createOutbox(doc, operations, {
    publish,
    queue: createQueue(sqs, environment.ONBOARDING_QUEUE_URL),
  }),
  calendar: createCalendarReader(doc, operations, clock),
  clock,
  count,
};
const jobRecords = createJobs(doc, operations);
const jobs = createQueue(sqs, environment.JOBS_QUEUE_URL);
const operator = { id: 'op-1', name: '김운영', role: 'manage' } as const;
const by: Actor = { kind: 'operator', id: operator.id, name: operator.name };

export const handler = lambda(async (order: OperatorOrder, { awsRequestId }): Promise<unknown> => {
  switch (order.do) {
    case 'import': {
      const { contractId, request } = order;
      const answer = await pools.lend({ contractId, request, by, reason: '부족', now: clock() });
      await publish([{ detailType: 'WaybillBlockImported', detail: { contractId } }]);
      return answer;
    }
    case 'retire':
      return pools.retire({ ...order, by, reason: '반납', now: clock() });
    case 'contract':
      await putContract(doc, environment.CONTRACTS_TABLE, order.contract);
      await publish([{ detailType: 'ContractChanged', detail: { contractId: order.contract.contractId } }]);
      return undefined;
    case 'resend':
      return resend(resendPorts, order.shipmentIds);
    case 'resend-all':
      return resendAll(resendPorts, order.cause);
    case 'lift-pause':
      return resendPorts.pauses.clear();
    case 'decide':
      return decide(decidePorts, { ...order, actor: by });
    case 'resend-sms':
      return resendSms(
        { messages, audit, clock },
        { messageId: order.messageId, actor: by, reason: '재발송' },
      );
    case 'check-one':
      return tracking.send([{ body: { v: 1, kind: 'one', shipmentId: order.shipmentId } }]);
    case 'start-job': {
      const ports = { jobRecords, audit, jobs, newId: () => awsRequestId };
      return startJob({ ports, operator, now: clock(), requestId: awsRequestId }, order.job);
    }
    case 'go-on':
      return jobs.send([{ body: jobMessage(order.jobId) }]);
  }
});
