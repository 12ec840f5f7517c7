import { Template } from 'aws-cdk-lib/assertions';
import type { Stack } from 'aws-cdk-lib';
import { buildApp } from '../../bin/app.ts';

export interface Resource {
  readonly Type: string;
  readonly Properties: Record<string, any>;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
  readonly UpdatePolicy?: Record<string, any>;
}

/** The stack with these settings; functions carry placeholder code. */
export function stackWith(settings: Record<string, unknown> = {}): Stack {
  const app = buildApp({ context: { 'aws:cdk:bundling-stacks': [], ...settings } });
  return app.node.findChild(`EpostParcel-${(settings['stage'] as string) ?? 'dev'}`) as Stack;
}

/** The validated template of such a stack. */
export function templateWith(settings: Record<string, unknown> = {}): Template {
  return Template.fromStack(stackWith(settings));
}

let standard: Template | undefined;

/** The template with every setting at its default; built once. */
export function defaultTemplate(): Template {
  return (standard ??= templateWith());
}

/** Resources of one type, by logical id. */
export function resources(type: string, template: Template = defaultTemplate()): [string, Resource][] {
  return Object.entries(template.findResources(type) as Record<string, Resource>);
}

/** Logical id behind a Ref, a GetAtt, or an ARN joined from one; with what follows it. */
export function nameOf(value: any): string {
  if (typeof value === 'string') return value;
  if (value.Ref) return shortName(value.Ref);
  if (value['Fn::GetAtt']) return shortName(value['Fn::GetAtt'][0]);
  if (value['Fn::Join']) return value['Fn::Join'][1].map(nameOf).join('');
  throw new Error(`no name in ${JSON.stringify(value)}`);
}

/** A logical id without the hash that the CDK appends. */
function shortName(logicalId: string): string {
  return logicalId.replace(/[0-9A-F]{8}$/, '');
}
