/** `npm run resend`: sends refused or parked shipments to ePost again, on our own records. */
import { parseArgs } from 'node:util';
import { createQueue } from '../functions/runtime/queue.client.ts';
import { createAttempts } from '../functions/shipment/attempt.store.ts';
import { createShipments } from '../functions/shipment/shipment.store.ts';
import { createCarrierPauses } from '../functions/transmission/carrier-pause.store.ts';
import { resend, resendAll, type Resent } from '../functions/transmission/resend.ts';
import { Mistake, openTarget, runScript, targetHelp, targetOptions } from './target.ts';

const HELP = `전송하지 못한 발송 건을 같은 운송장번호로 다시 전송합니다. 이미 접수된 건은 건너뜁니다.

  npm run resend -- S-20261124-0001-1 S-20261124-0002-1
  npm run resend -- --all refused --code ERR-123 --contract sodam

  --all KIND       refused(거절) 또는 parked(운영자 확인) 전부
  --code CODE      그중 이 원인만
  --contract ID    그중 이 계약만
${targetHelp}`;

const WORDS: Record<Resent['outcome'], string> = {
  queued: '다시 전송합니다',
  'not-resendable': '보낼 것이 없습니다',
  'never-numbered': '운송장번호를 받기 전에 거절됐습니다. 쇼핑몰이 주문을 고쳐 다시 보내야 합니다',
  'unknown-shipment': '모르는 발송 건입니다',
  changed: '그사이 바뀌었습니다. 다시 확인해 주세요',
};

await runScript(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      ...targetOptions,
      all: { type: 'string' },
      code: { type: 'string' },
      contract: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const { all: kind } = values;
  if ((kind === undefined) === (positionals.length === 0))
    throw new Mistake(`발송 건 ID 또는 --all 가운데 하나를 넣어 주세요.\n\n${HELP}`);
  if (kind !== undefined && kind !== 'refused' && kind !== 'parked')
    throw new Mistake('--all 에는 refused 또는 parked 를 넣어 주세요.');
  const { doc, sqs, outputs } = await openTarget(values);
  const ports = {
    attempts: createAttempts(doc, outputs.ShipmentsTable),
    shipments: createShipments(doc, outputs.ShipmentsTable),
    pauses: createCarrierPauses(doc, outputs.OperationsTable),
    queue: createQueue(sqs, outputs.TransmissionQueueUrl),
    clock: Date.now,
  };
  const { code, contract: contractId } = values;
  const cause = { ...(code !== undefined && { code }), ...(contractId !== undefined && { contractId }) };
  const results =
    kind === undefined ? await resend(ports, positionals) : await resendAll(ports, { kind, ...cause });
  for (const { shipmentId, outcome } of results) console.log(`${shipmentId}: ${WORDS[outcome]}`);
  const queued = results.filter(({ outcome }) => outcome === 'queued').length;
  console.log(`${results.length}건 중 ${queued}건을 다시 전송합니다.`);
  return results.length === queued ? 0 : 1;
});
