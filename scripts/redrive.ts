/** `npm run redrive`: looks at messages that were set aside, and sends them back where they came from. */
import { userInfo } from 'node:os';
import { parseArgs } from 'node:util';
import { createDeadLetters } from '../functions/admin/dead-letters.client.ts';
import { maskedBody } from '../functions/admin/pages/dlq/masked-body.ts';
import { createAudit } from '../functions/audit/audit.store.ts';
import { Mistake, openTarget, runScript, targetHelp, targetOptions } from './target.ts';

const HELP = `실패 보관함을 보고, 원인을 고친 뒤 메시지를 원래 큐로 되돌립니다. --apply 가 없으면 보기만 합니다.

  npm run redrive                                  모든 보관함의 건수
  npm run redrive -- --queue OrderEvents           무엇이 있는지 (개인정보는 가립니다)
  npm run redrive -- --queue OrderEvents --apply --reason '배포로 고침'

  --queue NAME     OrderEvents, Quarantine, Transmission, Tracking, Onboarding, LedgerAudit, Jobs
  --one ID         이 메시지만
  --reason TEXT    왜 되돌리는지 (처리 기록에 남습니다)
  --by NAME        누가 하는지 (기본: 로그인한 이름)
  --apply          실제로 되돌립니다
${targetHelp}`;

const MOST_SHOWN = 50;
/** In one go, so that a message that fails again at once is not taken twice. */
const MOST_RETURNED = 1_000;

await runScript(async () => {
  const { values } = parseArgs({
    options: {
      ...targetOptions,
      queue: { type: 'string' },
      one: { type: 'string' },
      reason: { type: 'string' },
      by: { type: 'string', default: userInfo().username },
      apply: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) return print(HELP);
  const { queue, one, apply, reason, by } = values;
  if (apply && reason === undefined)
    throw new Mistake('--apply 에는 --reason 이 필요합니다. 기록에 남습니다.');
  const { doc, sqs, outputs } = await openTarget(values);
  const letters = createDeadLetters(sqs, [
    { name: 'OrderEvents', url: outputs.OrderEventsDeadLettersUrl, source: outputs.OrderEventsQueueUrl },
    { name: 'Quarantine', url: outputs.QuarantineQueueUrl, source: outputs.OrderEventsQueueUrl },
    { name: 'Transmission', url: outputs.TransmissionDeadLettersUrl, source: outputs.TransmissionQueueUrl },
    { name: 'Tracking', url: outputs.TrackingDeadLettersUrl, source: outputs.TrackingQueueUrl },
    { name: 'Onboarding', url: outputs.OnboardingDeadLettersUrl, source: outputs.OnboardingQueueUrl },
    { name: 'LedgerAudit', url: outputs.LedgerAuditDeadLettersUrl, source: outputs.LedgerAuditQueueUrl },
    { name: 'Jobs', url: outputs.JobsDeadLettersUrl, source: outputs.JobsQueueUrl },
  ]);
  if (queue === undefined) {
    for (const { name } of letters.names) print(`${name}: 약 ${(await letters.depth(name)).waiting}건`);
    return 0;
  }
  if (!letters.names.some(({ name }) => name === queue))
    throw new Mistake(`${queue} 보관함은 없습니다. ${letters.names.map(({ name }) => name).join(', ')}`);
  if (!apply) {
    const found = (await letters.look(queue, MOST_SHOWN)).filter(
      ({ messageId }) => one === undefined || messageId === one,
    );
    for (const { messageId, sentAt, received, body } of found)
      print(
        `${messageId}  ${new Date(sentAt).toISOString()}  ${received}번 받음\n  ${maskedBody(body).text.replaceAll('\n', '\n  ')}`,
      );
    return print(`${found.length}건을 보았습니다. 되돌리려면 --apply --reason 을 붙여 주세요.`);
  }
  const returned =
    one === undefined
      ? await letters.giveBackSome(queue, MOST_RETURNED, Date.now())
      : Number((await letters.giveBackOne(queue, one)) === 'returned');
  if (returned > 0)
    await createAudit(doc, { audit: outputs.AuditTable, operations: outputs.OperationsTable }).append({
      at: Date.now(),
      by: { kind: 'operator', id: by, name: by },
      what: 'queue.returned',
      subject: `queue#${queue}`,
      reason: reason ?? '',
      after: { messages: returned },
    });
  print(`${returned}건을 되돌렸습니다.`);
  return one !== undefined && returned === 0 ? 1 : 0;
});

function print(text: string): number {
  console.log(text);
  return 0;
}
