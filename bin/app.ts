import { readFileSync, realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { App } from 'aws-cdk-lib';
import { DeliveryStack } from '../lib/delivery-stack.ts';
import { readSettings } from '../lib/settings.ts';

export interface AppProps {
  /** Where the cloud assembly is written; the CDK's own choice by default. */
  outdir?: string;
  /** Settings (lib/settings.ts) and feature flags, over those of cdk.json; the CDK's command line goes over both. */
  context?: Record<string, unknown>;
}

/**
 * The CDK app with the stack of one stage, named after context `stage`; not yet synthesized. Whoever builds it, the
 * command line, a test or the local cloud, gets the flags of cdk.json and so the template that a deploy would use.
 * @throws Error naming a context key with a value that is not allowed, or a function's entry that is missing.
 */
export function buildApp({ outdir, context }: AppProps = {}): App {
  const app = new App({
    context: { ...deployContext(), ...context },
    // No metadata resource: the template holds nothing that the journey does not need.
    analyticsReporting: false,
    ...(outdir !== undefined && { outdir }),
  });
  const settings = readSettings((key) => app.node.tryGetContext(key));
  new DeliveryStack(app, `EpostParcel-${settings.stage}`, {
    settings,
    description: 'Ships parcels by Korea Post: waybill numbers, transmission to ePost, delivery status',
    terminationProtection: settings.stage === 'prod',
  });
  return app;
}

function deployContext(): Record<string, unknown> {
  const text = readFileSync(new URL('../cdk.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { context: Record<string, unknown> }).context;
}

const run = process.argv[1];
if (run && realpathSync(run) === fileURLToPath(import.meta.url)) buildApp().synth();
