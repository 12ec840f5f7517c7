import type { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { queueWords } from '../../functions/admin/pages/dlq/queue-names.ts';
import { nameOf, resources, templateWith } from './template.ts';

const queues = resources('AWS::SQS::Queue');
/** The ends of the line: what lands there waits for a human. */
const parking = /DeadLetters|Quarantine/;
const working = queues.filter(([id]) => !parking.test(id));

describe('queues', () => {
  it.each(queues)('%s is encrypted and keeps messages for 14 days', (_, queue) => {
    expect(queue.Properties).toMatchObject({
      SqsManagedSseEnabled: true,
      MessageRetentionPeriod: 14 * 86_400,
    });
  });

  it.each(queues)('%s refuses connections without TLS', (id) => {
    const policies = resources('AWS::SQS::QueuePolicy').filter(
      ([, p]) => p.Properties['Queues'][0].Ref === id,
    );
    const statements = policies.flatMap(([, p]) => p.Properties['PolicyDocument'].Statement);
    expect(statements).toContainEqual(
      expect.objectContaining({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
    );
  });

  it('of the 실패 보관함 have each a name an operator can read', () => {
    const console = resources('AWS::Lambda::Function').find(([id]) => /AdminConsole/.test(id));
    const bySource = nameOf(console?.[1].Properties['Environment'].Variables['FAILED_QUEUES']);
    const names = Object.values(JSON.parse(bySource) as Record<string, object>).flatMap(Object.keys);
    expect(names).toHaveLength(queues.length - working.length);
    expect(names.filter((name) => !/^[가-힣·\s]+$/.test(queueWords(name).name))).toEqual([]);
  });

  it('set aside what cannot be delivered, each in a dead-letter queue of its own', () => {
    const redrive = working.map(([id, { Properties: p }]) => [
      nameOf({ Ref: id }),
      nameOf(p['RedrivePolicy'].deadLetterTargetArn),
      p['RedrivePolicy'].maxReceiveCount,
    ]);
    expect(redrive.toSorted(([a], [b]) => String(a).localeCompare(String(b)))).toEqual([
      ['AdminJobsQueue', 'AdminJobsDeadLetters', 5],
      ['LedgerWorkQueue', 'LedgerWorkDeadLetters', 5],
      ['OnboardingWorkQueue', 'OnboardingWorkDeadLetters', 5],
      ['OrderEventsQueue', 'OrderEventsDeadLetters', 5],
      ['TrackingRoundsQueue', 'TrackingRoundsDeadLetters', 5],
      ['TransmissionQueue', 'TransmissionQueueDeadLetters', 100],
    ]);
  });

  it('are exactly six that work and seven that park', () => {
    expect(working).toHaveLength(6);
    expect(queues).toHaveLength(13);
  });

  it('hide a message for longer than the function working on it may run', () => {
    const functions = new Map(resources('AWS::Lambda::Function'));
    const sources = resources('AWS::Lambda::EventSourceMapping');
    expect(sources).toHaveLength(5);
    for (const [, source] of sources) {
      const queue = new Map(queues).get(source.Properties['EventSourceArn']['Fn::GetAtt'][0])!;
      const fn = functions.get(functionBehind(source.Properties['FunctionName']))!;
      expect(queue.Properties['VisibilityTimeout']).toBeGreaterThan(fn.Properties['Timeout']);
      expect(source.Properties['FunctionResponseTypes']).toEqual(['ReportBatchItemFailures']);
    }
  });

  it('feed the allocator large batches through few workers', () => {
    const [, source] = resources('AWS::Lambda::EventSourceMapping').find(([id]) => id.startsWith('Order'))!;
    expect(source.Properties).toMatchObject({
      BatchSize: 500,
      MaximumBatchingWindowInSeconds: 1,
      ScalingConfig: { MaximumConcurrency: 2 },
    });
  });
});

/** The function that an event source feeds, itself or through its alias. */
function functionBehind(name: any): string {
  if (name.Ref) return name.Ref;
  const alias = name['Fn::Join'][1][0]['Fn::Select'][1]['Fn::Split'][1].Ref;
  return new Map(resources('AWS::Lambda::Alias')).get(alias)!.Properties['FunctionName'].Ref;
}

describe('rules', () => {
  const rules = resources('AWS::Events::Rule');

  it('bring order events of the platform, and our own that end a wait, to the order queue', () => {
    expect(patternsTo('OrderEventsQueue')).toEqual([
      { source: ['shop.platform'], 'detail-type': ['OrderShipped', 'ShipmentCancelled'] },
      { source: ['epost-parcel'], 'detail-type': ['WaybillBlockImported', 'ContractChanged'] },
    ]);
  });

  it('wake what waits for numbers in the link work', () => {
    expect(patternsTo('OnboardingWorkQueue')).toEqual([
      { source: ['epost-parcel'], 'detail-type': ['WaybillBlockImported'] },
    ]);
  });

  it.each(rules)(
    '%s is on our bus, ends in the queue, and sets aside what it could not deliver',
    (_, rule) => {
      expect(nameOf(rule.Properties['EventBusName'])).toBe('ShipmentBus');
      expect(rule.Properties['Targets']).toHaveLength(1);
      const [target] = rule.Properties['Targets'];
      expect(nameOf(target.DeadLetterConfig.Arn)).toBe(nameOf(target.Arn).replace(/Queue$/, 'DeadLetters'));
    },
  );

  it('listen to another platform when told so', () => {
    const [told] = patternsTo('OrderEventsQueue', templateWith({ orderSource: 'mall.example' }));
    expect(told.source).toEqual(['mall.example']);
  });

  it('admit another account, or its one role where that is named, for the order events only', () => {
    expect(resources('AWS::Events::EventBusPolicy')).toEqual([]);
    const admitted = templateWith({ platformAccount: '123456789012' });
    const [, policy] = resources('AWS::Events::EventBusPolicy', admitted)[0]!;
    expect(policy.Properties['Statement']).toMatchObject({
      Principal: { AWS: 'arn:aws:iam::123456789012:root' },
      Action: 'events:PutEvents',
      Condition: {
        StringEquals: {
          'events:source': 'shop.platform',
          'events:detail-type': ['OrderShipped', 'ShipmentCancelled'],
        },
      },
    });
    const platformRoleArn = 'arn:aws:iam::123456789012:role/shop-platform';
    const byRole = templateWith({ platformAccount: '123456789012', platformRoleArn });
    const [, one] = resources('AWS::Events::EventBusPolicy', byRole)[0]!;
    expect(one.Properties['Statement'].Principal).toEqual({ AWS: platformRoleArn });
  });
});

function patternsTo(queue: string, template?: Template): any[] {
  return resources('AWS::Events::Rule', template)
    .filter(([, { Properties: p }]) => nameOf(p['Targets'][0].Arn) === queue)
    .map(([, { Properties: p }]) => p['EventPattern']);
}
