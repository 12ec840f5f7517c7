/** `npm run pause-transmission`, `resume-transmission`: the kill switch of the drain. */
import { userInfo } from 'node:os';
import { parseArgs } from 'node:util';
import { createAudit } from '../functions/audit/audit.store.ts';
import { resumeTransmission, stopTransmission } from '../functions/transmission/transmission-stop.store.ts';
import { Mistake, openTarget, runScript, targetHelp, targetOptions } from './target.ts';

const HELP = `우체국으로 보내는 일을 모두 멈추거나 다시 시작합니다. 그동안에도 운송장번호 발급과 배송상태 갱신은 계속합니다.

  npm run pause-transmission -- --reason '잘못된 주소로 접수됩니다'
  npm run resume-transmission -- --reason '고쳤습니다'

  --reason TEXT    왜 하는지 (처리 기록에 남습니다)
  --by NAME        누가 하는지 (기본: 로그인한 이름)
${targetHelp}`;

const WORDS = {
  stopped: '전송을 멈췄습니다. 실행 중인 전송도 10초 안에 새로 보내지 않습니다.',
  'already-stopped': '이미 멈춰 있습니다.',
  resumed: '전송을 다시 시작합니다. 몇 분 안에 밀린 건부터 나갑니다.',
  'not-stopped': '멈춰 있지 않았습니다.',
} as const;

await runScript(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      ...targetOptions,
      reason: { type: 'string' },
      by: { type: 'string', default: userInfo().username },
      help: { type: 'boolean', short: 'h' },
    },
  });
  const [verb] = positionals;
  if (values.help || (verb !== 'pause' && verb !== 'resume')) {
    console.log(HELP);
    return values.help ? 0 : 2;
  }
  if (values.reason === undefined) throw new Mistake(`--reason 을 넣어 주세요.\n\n${HELP}`);
  const { doc, outputs } = await openTarget(values);
  const audit = createAudit(doc, { audit: outputs.AuditTable, operations: outputs.OperationsTable });
  const by = { kind: 'operator', id: values.by, name: values.by } as const;
  const order = { by, reason: values.reason, now: Date.now() };
  const change = verb === 'pause' ? stopTransmission : resumeTransmission;
  const { outcome } = await change(outputs.OperationsTable, audit, order);
  console.log(WORDS[outcome]);
  return 0;
});
