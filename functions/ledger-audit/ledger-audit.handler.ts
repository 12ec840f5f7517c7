import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import * as z from 'zod/mini';
import { documentClient, queueClient } from '../runtime/aws.ts';
import { systemClock } from '../runtime/clock.ts';
import { readEnvironment } from '../runtime/environment.ts';
import { lambda } from '../runtime/lambda.ts';
import { count, gauge, logger } from '../runtime/observe.ts';
import { createQueue } from '../runtime/queue.client.ts';
import { ledgerAuditEnvironment } from './ledger-audit.environment.ts';
import { createLedgerReader } from './ledger-reader.store.ts';
import { auditMessage } from './message.ts';
import { auditLedgers } from './round.ts';

const environment = readEnvironment(ledgerAuditEnvironment);
const doc = documentClient();
const queue = createQueue(queueClient(), environment.LEDGER_AUDIT_QUEUE_URL);
const tables = {
  pools: environment.POOLS_TABLE,
  ledger: environment.LEDGER_TABLE,
  shipments: environment.SHIPMENTS_TABLE,
};

/** A table can be restored to any second of 35 days: older entries were compared with their shipments before. */
const COMPARED_MS = 40 * 86_400_000;
/** A page begun in this time is finished, and the rest handed on. */
const STOP_BEFORE_MS = 30_000;
/** The command line lists all of them; a log need not. */
const LOGGED = 50;

/** Works on the audit's queue: one message, one piece of a round. A piece that fails comes back alone. */
export const handler = lambda<SQSEvent, SQSBatchResponse>(async ({ Records }, context) => {
  const batchItemFailures = [];
  for (const { body, messageId } of Records) {
    try {
      await audit(body, () => context.getRemainingTimeInMillis() < STOP_BEFORE_MS);
    } catch (error) {
      logger.error('ledger audit failed', {
        messageId,
        error: error instanceof Error ? error.name : 'unknown',
      });
      batchItemFailures.push({ itemIdentifier: messageId });
    }
  }
  return { batchItemFailures };
});

const audit = async (body: string, mustStop: () => boolean): Promise<void> => {
  const { progress } = z.parse(auditMessage, JSON.parse(body));
  let logged = 0;
  const answer = await auditLedgers(
    {
      ledger: createLedgerReader(doc, tables),
      compareSince: systemClock() - COMPARED_MS,
      mustStop,
      found: (finding) => {
        if (logged++ < LOGGED) logger.error('ledger finding', { finding });
      },
    },
    progress,
  );
  const { findings } = answer.outcome === 'finished' ? answer : answer.progress;
  if (answer.outcome === 'unfinished') await queue.send([{ body: { v: 1, progress: answer.progress } }]);
  else count('LedgerAuditHeartbeat');
  if (answer.outcome === 'finished' || findings > 0) gauge('LedgerFindings', findings, 'Count');
};
