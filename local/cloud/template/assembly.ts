import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Template } from './template.ts';

/** One synthesized stack: its CloudFormation template and where its file assets lie, by content hash. */
export interface Assembly {
  stackName: string;
  template: Template;
  assets: Map<string, string>;
}

interface Artifact {
  type: string;
  properties?: { templateFile?: string; stackName?: string; file?: string };
}

/**
 * Reads a cloud assembly directory as `cdk synth` writes it.
 * @throws where there is no such stack, or several and none was named.
 */
export function readAssembly(directory: string, stackName?: string): Assembly {
  const manifest = readJson<{ artifacts: Record<string, Artifact> }>(join(directory, 'manifest.json'));
  const stacks = Object.entries(manifest.artifacts)
    .filter(([, artifact]) => artifact.type === 'aws:cloudformation:stack')
    .map(([id, artifact]) => ({ id, name: artifact.properties?.stackName ?? id, artifact }))
    .filter(({ id, name }) => stackName === undefined || stackName === id || stackName === name);
  const [stack, another] = stacks;
  if (!stack) throw new Error(`the cloud assembly ${directory} holds no stack ${stackName ?? ''}`.trim());
  if (another)
    throw new Error(`the cloud assembly holds several stacks; name one of ${stacks.map((s) => s.name)}`);
  const file = stack.artifact.properties?.templateFile ?? `${stack.id}.template.json`;
  return {
    stackName: stack.name,
    template: readJson<Template>(join(directory, file)),
    assets: fileAssets(directory, Object.values(manifest.artifacts)),
  };
}

function fileAssets(directory: string, artifacts: Artifact[]): Map<string, string> {
  const assets = new Map<string, string>();
  for (const artifact of artifacts) {
    if (artifact.type !== 'cdk:asset-manifest' || !artifact.properties?.file) continue;
    const { files = {} } = readJson<{ files?: Record<string, { source: { path?: string } }> }>(
      join(directory, artifact.properties.file),
    );
    for (const [hash, { source }] of Object.entries(files)) {
      if (source.path) assets.set(hash, resolve(directory, source.path));
    }
  }
  return assets;
}

function readJson<T>(file: string): T {
  return JSON.parse(readFileSync(file, 'utf8')) as T;
}
