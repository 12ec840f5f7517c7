import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { describe, expect, it } from 'vitest';
import { stackWith } from './template.ts';

/** Findings we live with: rule, what it found, and why it is right so. */
const explained: readonly [finding: string, where: string, why: string][] = [
  [
    'AwsSolutions-SQS3',
    'ShipmentQuarantine',
    'It is itself the end of the line: people read it, nothing consumes it.',
  ],
  ['Serverless-SQSRedrivePolicy', 'ShipmentQuarantine', 'As above.'],
  [
    'AwsSolutions-SMG4',
    'EpostKeys',
    'The post office issues these keys on paper; nothing can rotate them for us.',
  ],
  [
    'AwsSolutions-IAM5[Resource::<ObservabilityWatch3941063F.Arn>:*]',
    '',
    'Versions of the one function the schedule starts.',
  ],
  ['AwsSolutions-IAM5[Resource::<TransmissionDrain036588AB.Arn>:*]', '', 'As above.'],
  ['Serverless-LambdaTracing', '', 'A shipment is followed by its id through events and logs.'],
  [
    'Serverless-LambdaDLQ',
    '',
    'Queues have theirs; a missed schedule is made up for by the next one and by the heartbeat alarm.',
  ],
  ['Serverless-LambdaAsyncFailureDestination', '', 'As above.'],
  [
    'Serverless-LambdaEventSourceMappingDestination',
    '',
    'For streams; the sources here are queues with dead-letter queues.',
  ],
];

describe('the rule packs of cdk-nag', () => {
  const stack = stackWith();
  const packs = [new AwsSolutionsChecks(stack), new ServerlessChecks(stack)];
  const violations = packs.flatMap((pack) => pack.validateScope(stack).violations);

  it('find nothing that is not explained, and every explanation is still needed', () => {
    expect(violations.map(({ ruleName }) => ruleName).toSorted()).toEqual(
      explained.map(([rule]) => rule).toSorted(),
    );
  });

  it.each(explained.filter(([, where]) => where))('%s is accepted on %s only', (rule, where) => {
    const found = violations
      .filter(({ ruleName }) => ruleName === rule)
      .flatMap((one) => one.violatingResources);
    const places = found.map((one) => one.constructPath?.split('/').slice(1, -1).join(''));
    expect(places).toEqual([where]);
  });
});
