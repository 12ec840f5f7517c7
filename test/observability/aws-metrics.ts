/** What AWS itself writes for the functions, queues and tables of the template, on a normal and on a broken day. */
import { nameOf, resources } from '../lib/template.ts';
import type { Point } from './alarm-state.ts';

export const ofAws = (kind: 'normal' | 'broken', at: number): Point[] => {
  const broken = kind === 'broken';
  const functions = resources('AWS::Lambda::Function').flatMap(([id, { Properties: p }]) => {
    const dimensions = { FunctionName: nameOf({ Ref: id }) };
    const point = (name: string, value: number) => ({ namespace: 'AWS/Lambda', name, dimensions, value, at });
    return [
      // Silence is no zero: a function that is not called has no data.
      ...(broken ? [] : [point('Invocations', 1)]),
      point('Errors', broken ? 1 : 0),
      point('Throttles', broken ? 1 : 0),
      point('Duration', p['Timeout'] * 1000 * (broken ? 1 : 0.4)),
    ];
  });
  // Of a weighted alias Lambda writes the errors of each version apart.
  const versions = resources('AWS::Lambda::Alias').map(([, { Properties: p }]) => {
    const name = nameOf(p['FunctionName']);
    return {
      namespace: 'AWS/Lambda',
      name: 'Errors',
      dimensions: {
        FunctionName: name,
        Resource: `${name}:${p['Name']}`,
        ExecutedVersion: nameOf(p['FunctionVersion']),
      },
      value: broken ? 1 : 0,
      at,
    };
  });
  const queues = resources('AWS::SQS::Queue').map(([id]) => ({
    namespace: 'AWS/SQS',
    name: 'ApproximateNumberOfMessagesVisible',
    dimensions: { QueueName: nameOf({ Ref: id }) },
    value: broken ? 1 : 0,
    at,
  }));
  const tables = resources('AWS::DynamoDB::GlobalTable').flatMap(([id]) =>
    ['ReadThrottleEvents', 'WriteThrottleEvents'].map((name) => ({
      namespace: 'AWS/DynamoDB',
      name,
      dimensions: { TableName: nameOf({ Ref: id }) },
      value: broken ? 1 : 0,
      at,
    })),
  );
  return [...functions, ...versions, ...queues, ...tables];
};
