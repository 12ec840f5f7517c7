import type { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { nameOf, resources, templateWith } from './template.ts';

const urls = resources('AWS::Lambda::Url').map(([, { Properties: p }]) => p);
const urlOf = (name: string) => urls.find((p) => nameOf(p['TargetFunctionArn']) === name)!;
const grantsOn = (name: string, template?: Template) =>
  resources('AWS::Lambda::Permission', template)
    .map(([, { Properties: p }]) => p)
    .filter((p) => nameOf(p['FunctionName']) === `${name}Aliaslive`)
    .map(({ FunctionName: _name, ...grant }) => grant);
/** Without both, the address answers 403 to everybody. */
const both = (principal: string, authType: string) => [
  { Action: 'lambda:InvokeFunctionUrl', Principal: principal, FunctionUrlAuthType: authType },
  { Action: 'lambda:InvokeFunction', Principal: principal, InvokedViaFunctionUrl: true },
];

describe('addresses', () => {
  it('are two, without CORS: no page of another origin calls them', () => {
    expect(urls).toHaveLength(2);
    for (const url of urls) {
      expect(url['Cors']).toBeUndefined();
      expect(url['Qualifier']).toBe('live');
    }
  });

  it('of the machine door take signed requests only, and name nobody until the platform is named', () => {
    expect(urlOf('PlatformApiDoor')['AuthType']).toBe('AWS_IAM');
    expect(grantsOn('PlatformApiDoor')).toEqual([]);
  });

  it("of the machine door let in the platform's account, or its one role where that is named", () => {
    const platformAccount = '123456789012';
    const platformRoleArn = 'arn:aws:iam::123456789012:role/shop-platform';
    const byAccount = grantsOn('PlatformApiDoor', templateWith({ platformAccount }));
    expect(byAccount).toEqual(both(platformAccount, 'AWS_IAM'));
    const byRole = grantsOn('PlatformApiDoor', templateWith({ platformAccount, platformRoleArn }));
    expect(byRole).toEqual(both(platformRoleArn, 'AWS_IAM'));
  });

  it('of the console are open with both grants, the second only through the address', () => {
    expect(urlOf('AdminConsole')['AuthType']).toBe('NONE');
    expect(grantsOn('AdminConsole')).toEqual(both('*', 'NONE'));
  });

  it('of the console take a bounded part of the account', () => {
    const reserved = (settings = {}) =>
      resources('AWS::Lambda::Function', templateWith(settings)).find(([id]) => id.includes('Console'))![1]
        .Properties['ReservedConcurrentExecutions'];
    expect(reserved()).toBe(10);
    expect(reserved({ consoleConcurrency: '3' })).toBe(3);
  });

  it('and no other function can be called by anybody outside', () => {
    const open = resources('AWS::Lambda::Permission').filter(
      ([, { Properties: p }]) => p['Principal'] === '*',
    );
    expect(open.map(([, { Properties: p }]) => nameOf(p['FunctionName']))).toEqual([
      'AdminConsoleAliaslive',
      'AdminConsoleAliaslive',
    ]);
  });
});
