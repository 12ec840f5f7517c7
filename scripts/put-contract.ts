/** `npm run put-contract`: writes a merchant's contract and has what waits for it looked at again. */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import * as z from 'zod/mini';
import { contractSchema } from '../functions/merchant/contract-schema.ts';
import { putContract } from '../functions/merchant/contract.store.ts';
import { createPublish } from '../functions/runtime/bus.client.ts';
import { Mistake, openTarget, runScript, targetHelp, targetOptions } from './target.ts';

const HELP = `판매자의 기업택배 계약을 저장합니다. 같은 contractId 는 통째로 바꿉니다.

  npm run put-contract -- --file contract.json

  --file FILE   {"contractId","status","companyName","customerNo","approvalNo","officeSer","numbering", …}
${targetHelp}`;

await runScript(async () => {
  const { values } = parseArgs({
    options: { ...targetOptions, file: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
  });
  if (values.help || values.file === undefined) {
    console.log(HELP);
    return values.help ? 0 : 2;
  }
  const contract = z.safeParse(contractSchema, readJson(values.file));
  if (!contract.success)
    throw new Mistake(
      contract.error.issues.map(({ path, message }) => `${path.join('.') || '파일'}: ${message}`).join('\n'),
    );
  const { doc, bus, outputs } = await openTarget(values);
  await putContract(doc, outputs.ContractsTable, contract.data);
  const { contractId } = contract.data;
  await createPublish(bus, outputs.BusName)([{ detailType: 'ContractChanged', detail: { contractId } }]);
  console.log(`${contractId}: 계약을 저장했습니다.`);
  return 0;
});

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    throw new Mistake(`${file} 을 JSON 으로 읽지 못했습니다.`);
  }
}
