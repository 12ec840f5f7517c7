import { CfnOutput, CfnResource, type Stack } from 'aws-cdk-lib';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../../../local/cloud/child-process.ts';
import { startStack } from '../../../local/cloud/stack.ts';
import { synthesizeFixture } from './fixture/app.ts';
import { temporaryFolder } from './fixture/world.ts';

const folder = temporaryFolder();
let assembly: string;

/** Speaks of a user pool in every way a template can: by its attributes, and by addresses composed of its names. */
const withUserPool = (stack: Stack) => {
  const pool = new UserPool(stack, 'Operators');
  const client = pool.addClient('Console');
  const domain = pool.addDomain('SignIn', { cognitoDomain: { domainPrefix: 'fixture-sign-in' } });
  new CfnResource(stack, 'Group', {
    type: 'AWS::Cognito::UserPoolGroup',
    properties: { UserPoolId: pool.userPoolId, GroupName: '심사' },
  });
  const behave = stack.node.findChild('Behave') as LambdaFunction;
  const literal = `https://cognito-idp.${stack.region}.amazonaws.com/${pool.userPoolId}`;
  behave.addEnvironment('CARRIER_URL', `${domain.baseUrl()}/logout`);
  new CfnOutput(stack, 'Issuer', { value: pool.userPoolProviderUrl });
  new CfnOutput(stack, 'Client', { value: client.userPoolClientId });
  behave.addEnvironment('LITERAL', literal);
};

beforeAll(() => {
  assembly = synthesizeFixture(folder.path, { change: withUserPool });
});
afterAll(folder.remove);

describe("the template's user pool", () => {
  it('is the development issuer, however the template names it', async () => {
    const issuer = { url: 'http://localhost:4305', clientId: 'console' };
    const stack = await startStack({ assembly, issuer });
    expect(stack.outputs).toMatchObject({ Issuer: issuer.url, Client: 'console' });
    expect(await stack.invoke('Behave', {})).toMatchObject({
      payload: { carrier: 'http://localhost:4305/logout', literal: 'http://localhost:4305' },
    });
    await stack.stop();
  });

  it("keeps Cognito's own address where there is no issuer", async () => {
    const stack = await startStack({ assembly });
    expect(stack.outputs.Issuer).toMatch(/^https:\/\/cognito-idp\.ap-northeast-2\.amazonaws\.com\/./);
    await stack.stop();
  });
});

describe('a function URL', () => {
  it('listens on the port it was given, and hands forms on as base64 with the protocol they came by', async () => {
    const port = await freePort();
    const stack = await startStack({ assembly, urlPorts: { Page: port } });
    expect(stack.outputs.PageUrl).toBe(`http://127.0.0.1:${port}/`);
    const form = new URLSearchParams({ reason: '확인' });
    const answer = await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body: form });
    expect(await answer.json()).toMatchObject({
      body: Buffer.from(form.toString()).toString('base64'),
      protocol: 'http',
    });
    await stack.stop();
  });
});
