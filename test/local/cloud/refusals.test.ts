import { afterAll, describe, expect, it } from 'vitest';
import { CfnQueue } from 'aws-cdk-lib/aws-sqs';
import { CfnRule } from 'aws-cdk-lib/aws-events';
import type { Stack } from 'aws-cdk-lib';
import { startStack } from '../../../local/cloud/stack.ts';
import { addResource, synthesizeFixture } from './fixture/app.ts';
import { temporaryFolder } from './fixture/world.ts';

const folder = temporaryFolder();
afterAll(folder.remove);

let count = 0;
async function starting(change: (stack: Stack) => void): Promise<unknown> {
  const assembly = synthesizeFixture(`${folder.path}/${(count += 1)}`, { change });
  const stack = await startStack({ assembly });
  return stack.stop();
}

const rule = (stack: Stack, properties: Partial<ConstructorParameters<typeof CfnRule>[2]>) =>
  new CfnRule(stack, 'StrangeRule', { eventPattern: { source: ['a'] }, targets: [], ...properties });

describe('a template that would not be obeyed does not start', () => {
  it('for a resource type that is not emulated', async () => {
    const change = (stack: Stack) => addResource(stack, 'AWS::Kinesis::Stream', {});
    await expect(starting(change)).rejects.toThrow('AWS::Kinesis::Stream (Strange)');
  });

  it('for a property that is not emulated', async () => {
    const change = (stack: Stack) => void new CfnQueue(stack, 'Fifo', { fifoQueue: true });
    await expect(starting(change)).rejects.toThrow('FifoQueue of AWS::SQS::Queue (Fifo)');
  });

  it('for a target that is not emulated', async () => {
    const arn = 'arn:aws:states:ap-northeast-2:000000000000:stateMachine:x';
    await expect(starting((stack) => void rule(stack, { targets: [{ id: 'a', arn }] }))).rejects.toThrow(arn);
  });

  it('for a property of a target that is not emulated', async () => {
    const target = {
      id: 'a',
      arn: 'arn:aws:sqs:ap-northeast-2:000000000000:q',
      sqsParameters: { messageGroupId: 'g' },
    };
    const change = (stack: Stack) => void rule(stack, { targets: [target] });
    await expect(starting(change)).rejects.toThrow(
      'SqsParameters of a target of AWS::Events::Rule (StrangeRule)',
    );
  });

  it('for an operator of an event pattern that is not known', async () => {
    const eventPattern = { source: [{ sounds: 'like' }] };
    await expect(starting((stack) => void rule(stack, { eventPattern }))).rejects.toThrow('sounds');
  });

  it('for a function in another language', async () => {
    const change = (stack: Stack) =>
      addResource(stack, 'AWS::Lambda::Function', {
        Runtime: 'python3.14',
        Code: { S3Key: 'x.zip' },
        Role: 'r',
      });
    await expect(starting(change)).rejects.toThrow('python3.14');
  });
});
