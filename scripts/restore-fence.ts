/** `npm run restore-fence`, `freeze`, `unfreeze`: no waybill number twice, whatever a restore has forgotten. */
import { userInfo } from 'node:os';
import { parseArgs } from 'node:util';
import { createAudit } from '../functions/audit/audit.store.ts';
import { type RestoredTable, TABLES } from '../functions/fence/evidence.ts';
import { contractsWithPools } from '../functions/fence/evidence.store.ts';
import { fenceLines } from '../functions/fence/words.ts';
import { restoreFence } from '../functions/fence/restore-fence.store.ts';
import { freezePool, unfreezePool } from '../functions/waybill/freeze.store.ts';
import { Mistake, openTarget, runScript, targetHelp, targetOptions } from './target.ts';

const HELP = `표를 복원한 뒤 운송장번호를 두 번 발급하지 않게 합니다. --apply 가 없으면 무엇을 할지만 알려 줍니다.

  npm run restore-fence -- --all --restored pools,ledger
  npm run restore-fence -- --all --restored pools,ledger --reason '2026-11-24 복원' --apply
  npm run restore-fence -- --contract sodam --restored pools,ledger,shipments --told 6899900000123 --reason … --apply
  npm run freeze -- --all --reason '복원 준비' --apply
  npm run unfreeze -- --contract sodam --reason '점검 끝' --apply

  --contract ID     이 계약만
  --all             번호 대역이 있을 수 있는 모든 계약
  --restored LIST   되돌린 표: pools, ledger, shipments 가운데 쉼표로 (restore-fence 에 꼭 필요합니다)
  --told NUMBER     쇼핑몰에 알렸거나 우체국에 접수된 가장 높은 번호. 세 표를 모두 되돌렸으면 꼭 필요합니다
  --keep-frozen     끝난 뒤에도 발급을 멈춘 채 둡니다
  --reason TEXT     왜 하는지 (처리 기록과 원장에 남습니다)
  --by NAME         누가 하는지 (기본: 로그인한 이름)
  --apply           실제로 합니다
${targetHelp}`;

await runScript(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      ...targetOptions,
      contract: { type: 'string' },
      all: { type: 'boolean', default: false },
      restored: { type: 'string' },
      told: { type: 'string' },
      'keep-frozen': { type: 'boolean', default: false },
      reason: { type: 'string' },
      by: { type: 'string', default: userInfo().username },
      apply: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const { contract, all, apply, told, reason = '' } = values;
  if ((contract === undefined) !== all)
    throw new Mistake('--contract 또는 --all 가운데 하나를 넣어 주세요. --help 로 쓰는 법을 봅니다.');
  if (apply && reason === '') throw new Mistake('--apply 에는 --reason 이 필요합니다. 기록에 남습니다.');
  if (told !== undefined && all)
    throw new Mistake('--told 는 계약마다 다릅니다. --contract 와 함께 써 주세요.');
  const { doc, outputs } = await openTarget(values);
  const tables = {
    pools: outputs.PoolsTable,
    ledger: outputs.LedgerTable,
    shipments: outputs.ShipmentsTable,
    contracts: outputs.ContractsTable,
  };
  const audit = createAudit(doc, { audit: outputs.AuditTable, operations: outputs.OperationsTable });
  const contractIds = contract === undefined ? await contractsWithPools(doc, tables) : [contract];
  const by = { kind: 'operator', id: values.by, name: values.by } as const;
  const [verb = 'fence'] = positionals;
  if (verb === 'freeze' || verb === 'unfreeze') {
    for (const contractId of contractIds) {
      const order = { contractId, by, reason, now: Date.now() };
      if (!apply)
        console.log(`${contractId}: 발급을 ${verb === 'freeze' ? '멈춥니다' : '다시 시작합니다'} (--apply)`);
      else if (verb === 'freeze') {
        const { already, frozen } = await freezePool(doc, tables.pools, audit, order);
        console.log(
          `${contractId}: ${already ? `이미 멈춰 있습니다 (${frozen.by}, ${frozen.reason})` : '발급을 멈췄습니다'}`,
        );
      } else {
        const { outcome } = await unfreezePool(tables.pools, audit, order);
        console.log(`${contractId}: ${outcome === 'unfrozen' ? '다시 발급합니다' : '멈춰 있지 않았습니다'}`);
      }
    }
    return 0;
  }
  const answers = await restoreFence(doc, tables, audit, {
    contractIds,
    restored: restoredTables(values.restored),
    ...(told !== undefined && { told }),
    by,
    reason,
    now: Date.now(),
    apply,
    keepFrozen: values['keep-frozen'],
  });
  for (const answer of answers) for (const line of fenceLines(answer)) console.log(line);
  if (!apply) console.log('아무것도 바꾸지 않았습니다. 그대로 하려면 --apply 를 붙여 주세요.');
  else console.log('npm run ledger-audit 으로 확인하고, 주문 이벤트 실패 보관함이 비었는지 보아 주세요.');
  return answers.some(({ outcome }) => outcome === 'refused') ? 1 : 0;
});

function restoredTables(list: string | undefined): RestoredTable[] {
  const named = (list ?? '').split(',').map((one) => one.trim());
  const known = TABLES.filter((table) => named.includes(table));
  if (list === undefined || known.length !== named.length)
    throw new Mistake('--restored 에 되돌린 표를 pools, ledger, shipments 가운데 넣어 주세요.');
  return known;
}
