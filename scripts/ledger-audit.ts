/** `npm run ledger-audit`: explains every waybill number given so far, or says which it cannot. Reads only. */
import { parseArgs } from 'node:util';
import { createLedgerReader } from '../functions/ledger-audit/ledger-reader.store.ts';
import { findingSentence } from '../functions/ledger-audit/finding.ts';
import { auditLedgers } from '../functions/ledger-audit/round.ts';
import { openTarget, runScript, targetHelp, targetOptions } from './target.ts';

const HELP = `발급한 운송장번호를 하나도 빠짐없이 원장과 출고 기록에서 설명합니다. 아무것도 바꾸지 않습니다.
설명하지 못한 번호가 있으면 한 줄에 하나씩 적고 종료 코드 1로 끝납니다.

  npm run ledger-audit
  npm run ledger-audit -- --contract sodam

  --contract ID    이 계약만
${targetHelp}`;

await runScript(async () => {
  const { values } = parseArgs({
    options: { ...targetOptions, contract: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
  });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const { doc, outputs } = await openTarget(values);
  const reader = createLedgerReader(doc, {
    pools: outputs.PoolsTable,
    ledger: outputs.LedgerTable,
    shipments: outputs.ShipmentsTable,
  });
  const { contract } = values;
  const answer = await auditLedgers({
    ledger: contract === undefined ? reader : { ...reader, owners: async () => [contract] },
    compareSince: 0,
    mustStop: () => false,
    found: (finding) => console.log(findingSentence(finding)),
  });
  if (answer.outcome === 'unfinished') throw new Error('A round without a limit comes to its end');
  const { contracts, findings } = answer;
  console.log(
    findings === 0
      ? `계약 ${contracts}곳의 운송장번호를 모두 설명했습니다.`
      : `계약 ${contracts}곳에서 설명하지 못한 것이 ${findings.toLocaleString('ko')}가지입니다.`,
  );
  return findings === 0 ? 0 : 1;
});
