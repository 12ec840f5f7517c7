import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { App } from 'aws-cdk-lib';
import { DeliveryStack } from '../lib/delivery-stack.ts';
import { readSettings } from '../lib/settings.ts';

export interface AppProps {
  /** Where the cloud assembly is written; the CDK's own choice by default. */
  outdir?: string;
  /** Settings (lib/settings.ts) and CDK feature flags, over those of the command line. */
  context?: Record<string, unknown>;
}

/**
 * The CDK app with the stack of one stage, named after context `stage`; not yet synthesized.
 * @throws Error naming a context key with a value that is not allowed, or a function's entry that is missing.
 */
export function buildApp(props: AppProps = {}): App {
  // No metadata resource: the template holds nothing that the journey does not need.
  const app = new App({ ...props, analyticsReporting: false });
  const settings = readSettings((key) => app.node.tryGetContext(key));
  new DeliveryStack(app, `EpostParcel-${settings.stage}`, {
    settings,
    description: 'Ships parcels by Korea Post: waybill numbers, transmission to ePost, delivery status',
    terminationProtection: settings.stage === 'prod',
  });
  return app;
}

const run = process.argv[1];
if (run && realpathSync(run) === fileURLToPath(import.meta.url)) buildApp().synth();
