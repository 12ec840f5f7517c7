import { readdirSync } from 'node:fs';

/**
 * Synthesizes the product's own stack into `outDir`, as `cdk deploy` would, in about a second: without the schema
 * validation, which takes 3.5 s and runs in CI.
 */
export async function synthesize(outDir: string): Promise<{ assembly: string; stackName: string }> {
  process.env.CDK_VALIDATION = 'false';
  process.env.CDK_DEFAULT_ACCOUNT = '000000000000';
  process.env.CDK_DEFAULT_REGION = 'ap-northeast-2';
  const { buildApp } = await import('../../bin/app.ts');
  const assembly = buildApp({ outdir: outDir }).synth();
  const [stack] = assembly.stacks;
  if (!stack) throw new Error(`the app synthesized no stack: ${readdirSync(outDir).join(', ')}`);
  return { assembly: assembly.directory, stackName: stack.stackName };
}
