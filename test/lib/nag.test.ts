import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { describe, expect, it } from 'vitest';
import { stackWith } from './template.ts';

interface Accepted {
  readonly rule: string;
  readonly where: readonly string[];
  /** Why it is right so. */
  readonly why: string;
}

const every = [
  'Admin/Console',
  'Admin/Worker',
  'Ledger/Audit',
  'Notification/SendSms',
  'Observability/Watch',
  'Onboarding/Onboard',
  'Order/Allocate',
  'PlatformApi/Door',
  'Retention/Retain',
  'Tracking/Sync',
  'Transmission/Drain',
];
const deadLetters = [
  'Admin/Jobs/DeadLetters',
  'Ledger/Work/DeadLetters',
  'Onboarding/Work/DeadLetters',
  'Order/Events/DeadLetters',
  'Tracking/Rounds/DeadLetters',
  'TransmissionQueue/DeadLetters',
];

/** The findings we live with. Anything else is an error; so is an entry here that is no longer found. */
const accepted: readonly Accepted[] = [
  { rule: 'AwsSolutions-SQS3', where: ['Shipment/Quarantine'], why: 'an end of the line: people read it' },
  {
    rule: 'Serverless-SQSRedrivePolicy',
    where: [...deadLetters, 'Shipment/Quarantine'],
    why: 'ends of the line: people read them',
  },
  {
    rule: 'AwsSolutions-SMG4',
    where: ['Epost/Keys', 'Admin/SignIn/Secret'],
    why: 'the post office issues its keys, nothing can rotate them; the other seals what lives ten minutes',
  },
  {
    rule: 'Serverless-LambdaDLQ',
    where: every,
    why: 'the queues have theirs; the next call makes up for a missed one',
  },
  {
    rule: 'Serverless-LambdaAsyncFailureDestination',
    where: [
      'Notification/SendSms/EventInvokeConfig',
      'Observability/Watch/EventInvokeConfig',
      'Transmission/Drain/EventInvokeConfig',
    ],
    why: 'the next call makes up for a missed one',
  },
  {
    rule: 'Serverless-LambdaEventSourceMappingDestination',
    where: [
      'Admin/Worker/SqsEventSource:EpostParceldevAdminJobsQueue2103F246',
      'Ledger/Audit/SqsEventSource:EpostParceldevLedgerWorkQueue548F1F1A',
      'Onboarding/Onboard/SqsEventSource:EpostParceldevOnboardingWorkQueue40CA9BE4',
      'Order/Allocate/Aliaslive/SqsEventSource:EpostParceldevOrderEventsQueue3CAFFF47',
      'Tracking/Sync/SqsEventSource:EpostParceldevTrackingRoundsQueueD68C9855',
    ],
    why: 'the sources are queues with a dead-letter queue',
  },
  {
    rule: 'AwsSolutions-COG8',
    where: ['Admin/SignIn/Operators'],
    why: 'a second factor is required of everybody; guessing at risk on top is a plan that costs per operator',
  },
  {
    rule: 'AwsSolutions-IAM5[Resource::*]',
    where: [...every.map((fn) => `${fn}Role/DefaultPolicy`), 'Releases/Role/DefaultPolicy'],
    why: 'writing traces and looking at alarms are granted on everything only; a telephone number has no ARN, and topics are denied',
  },
  ...['AdminConsole0E462314', 'OrderAllocateC28F0DC6', 'PlatformApiDoorAD795640'].map((fn) => ({
    rule: `AwsSolutions-IAM5[Resource::<${fn}.Arn>:*]`,
    where: ['Releases/Role/DefaultPolicy'],
    why: 'versions and the alias of a function that is released bit by bit',
  })),
  {
    rule: 'AwsSolutions-IAM5[Resource::<NotificationSendSmsF487FA3B.Arn>:*]',
    where: ['SchedulerRoleForTarget-96cec9/DefaultPolicy'],
    why: 'versions of the one function that the schedule starts',
  },
  {
    rule: 'AwsSolutions-IAM5[Resource::<RetentionRetain6CCDE4A5.Arn>:*]',
    where: ['SchedulerRoleForTarget-c1f308/DefaultPolicy'],
    why: 'versions of the one function that the schedule starts',
  },
  {
    rule: 'AwsSolutions-IAM5[Resource::<ObservabilityWatch3941063F.Arn>:*]',
    where: ['SchedulerRoleForTarget-29151f/DefaultPolicy'],
    why: 'versions of the one function that the schedule starts',
  },
  {
    rule: 'AwsSolutions-IAM5[Resource::<TransmissionDrain036588AB.Arn>:*]',
    where: ['SchedulerRoleForTarget-cf9183/DefaultPolicy'],
    why: 'versions of the one function that the schedule starts',
  },
];

describe('the rule packs of cdk-nag', () => {
  it('find what is accepted with a reason, and nothing else', () => {
    const stack = stackWith();
    const packs = [new AwsSolutionsChecks(stack), new ServerlessChecks(stack)];
    const found = packs
      .flatMap((pack) => pack.validateScope(stack).violations)
      .map((one) => ({
        rule: one.ruleName,
        where: one.violatingResources.map(placeOf).toSorted(),
      }));
    const byRule = <T extends { rule: string }>(list: readonly T[]) =>
      list.toSorted((a, b) => a.rule.localeCompare(b.rule));
    expect(byRule(found)).toEqual(
      byRule(accepted.map(({ rule, where }) => ({ rule, where: where.toSorted() }))),
    );
  });
});

/** `Room/Name` of a construct; the L1 resource inside it is left out. */
function placeOf({ constructPath }: { readonly constructPath?: string }): string {
  return (constructPath ?? '')
    .split('/')
    .slice(1)
    .filter((part) => part !== 'Resource')
    .join('/');
}
