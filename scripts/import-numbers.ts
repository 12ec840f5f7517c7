/** `npm run import-numbers`: lends waybill numbers to a contract, all of them or none. */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { createAudit } from '../functions/audit/audit.store.ts';
import { createPublish } from '../functions/runtime/bus.client.ts';
import type { ImportRequest } from '../functions/waybill/import-request.ts';
import { numberLines } from '../functions/waybill/number-lines.ts';
import { createPools } from '../functions/waybill/pools.store.ts';
import { Mistake, openTarget, runScript, targetHelp, targetOptions } from './target.ts';

const HELP = `운송장번호를 계약의 대역에 추가합니다. 하나라도 맞지 않으면 아무것도 추가하지 않습니다.

  npm run import-numbers -- --contract sodam --first 6899900000001 --last 6899900001000
  npm run import-numbers -- --contract plus/seller-7 --file numbers.txt

  --contract ID    쇼핑몰 ID, 입점사는 쇼핑몰/입점사
  --first, --last  빠진 번호가 없는 구간의 처음과 끝 (13자리)
  --file FILE      한 줄에 번호 하나, CSV 면 첫째 칸
  --by NAME        누가 넣는지 (원장과 처리 기록에 남습니다)
  --reason TEXT    왜 넣는지 (처리 기록에 남습니다)
${targetHelp}`;

const MAX_PRINTED = 50;

await runScript(async () => {
  const { values } = parseArgs({
    options: {
      ...targetOptions,
      contract: { type: 'string' },
      first: { type: 'string' },
      last: { type: 'string' },
      file: { type: 'string' },
      by: { type: 'string', default: 'import-numbers' },
      reason: { type: 'string', default: '명령으로 추가' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) return print(HELP);
  if (values.contract === undefined) throw new Mistake(`--contract 를 넣어 주세요.\n\n${HELP}`);
  const request = readRequest(values);
  const { doc, bus, outputs } = await openTarget(values);
  const tables = { pools: outputs.PoolsTable, ledger: outputs.LedgerTable };
  const audit = createAudit(doc, { audit: outputs.AuditTable, operations: outputs.OperationsTable });
  const by = { kind: 'operator', id: values.by, name: values.by } as const;
  const { contract: contractId, reason } = values;
  const answer = await createPools(doc, tables, audit).lend({
    contractId,
    request,
    by,
    reason,
    now: Date.now(),
  });
  if (answer.outcome === 'refused') {
    for (const { line, fix } of answer.problems.slice(0, MAX_PRINTED))
      console.error(line === undefined ? fix : `${line}번째 줄: ${fix}`);
    if (answer.problems.length > MAX_PRINTED)
      console.error(`그 밖에 ${answer.problems.length - MAX_PRINTED}건`);
    console.error('추가한 번호가 없습니다.');
    return 1;
  }
  const imported = { detailType: 'WaybillBlockImported', detail: { contractId: values.contract } } as const;
  await createPublish(bus, outputs.BusName)([imported]);
  const [size, available] = [answer.size, answer.available].map((figure) => figure.toLocaleString('ko'));
  return print(`${values.contract}: ${size}개를 추가했습니다. 이제 ${available}개 남아 있습니다.`);
});

function readRequest(values: { first?: string; last?: string; file?: string }): ImportRequest {
  const { first, last, file } = values;
  if (file !== undefined && first === undefined && last === undefined)
    return { kind: 'list', numbers: numberLines(readFileSync(file, 'utf8')) };
  if (file === undefined && first !== undefined && last !== undefined) return { kind: 'run', first, last };
  throw new Mistake(`--file 하나, 또는 --first 와 --last 를 함께 넣어 주세요.\n\n${HELP}`);
}

function print(text: string): number {
  console.log(text);
  return 0;
}
