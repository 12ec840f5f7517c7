/** The query form of SNS: a form in, XML out. Source: AWS query protocol. */
import { XMLBuilder } from 'fast-xml-parser';
import type { AwsError } from './aws-error.ts';

const builder = new XMLBuilder();

/** `A.entry.1.Name=x` becomes `{ A: { entry: { 1: { Name: 'x' } } } }`. */
export const readForm = (text: string): Record<string, unknown> => {
  const form: Record<string, unknown> = {};
  for (const [name, value] of new URLSearchParams(text)) {
    const steps = name.split('.');
    const last = steps.pop()!;
    let inner = form;
    for (const step of steps) inner = (inner[step] ??= {}) as Record<string, unknown>;
    inner[last] = value;
  }
  return form;
};

export const writeXml = (operation: string, output: object): string =>
  builder.build({
    [`${operation}Response`]: {
      [`${operation}Result`]: output,
      ResponseMetadata: { RequestId: 'request' },
    },
  });

export const writeXmlError = ({ name, message, status }: AwsError): string =>
  builder.build({
    ErrorResponse: {
      Error: { Type: status < 500 ? 'Sender' : 'Receiver', Code: name, Message: message },
      RequestId: 'request',
    },
  });
