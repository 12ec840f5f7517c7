import { readFileSync } from 'node:fs';
import { readSettings, type Settings } from '../../lib/settings.ts';

/** The settings that the synthesized template was made with: those of cdk.json. */
export const deploySettings = (): Settings => {
  const text = readFileSync(new URL('../../cdk.json', import.meta.url), 'utf8');
  const { context } = JSON.parse(text) as { context: Record<string, unknown> };
  return readSettings((key) => context[key]);
};
