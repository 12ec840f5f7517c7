import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ACCOUNT, REGION } from './template/template.ts';

const LOADER = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
const SCRIPT = join(import.meta.dirname, 'synthesize-app.ts');

/**
 * Synthesizes the product's own stack into `outDir`, as `cdk deploy` would. Always anew, for it takes about a second:
 * without the schema validation (3.5 s; CI has it), and in a process of its own, because the CDK would keep 150 MB.
 * @throws the CDK's own words where the app cannot be synthesized.
 */
export async function synthesize(outDir: string): Promise<{ assembly: string; stackName: string }> {
  const child = spawn(process.execPath, ['--import', LOADER, SCRIPT, outDir], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      CDK_VALIDATION: 'false',
      CDK_DEFAULT_ACCOUNT: ACCOUNT,
      CDK_DEFAULT_REGION: REGION,
    },
  });
  let said = '';
  let complained = '';
  child.stdout.on('data', (data: Buffer) => (said += data.toString()));
  child.stderr.on('data', (data: Buffer) => (complained += data.toString()));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) throw new Error(`the stack could not be synthesized:\n${complained.trim()}`);
  return JSON.parse(said.trim().split('\n').at(-1) ?? '') as { assembly: string; stackName: string };
}
