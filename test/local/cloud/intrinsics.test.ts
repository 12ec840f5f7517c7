import { describe, expect, it } from 'vitest';
import { createResolver } from '../../../local/cloud/template/intrinsics.ts';
import type { Identity } from '../../../local/cloud/template/template.ts';

const identities = new Map<string, Identity>([
  ['Queue', { ref: 'http://queue', attributes: { Arn: 'arn:queue', 'Deep.Name': 'deep' } }],
]);
const template = {
  Resources: {},
  Parameters: { Size: { Default: 7 } },
  Conditions: {
    Big: { 'Fn::Equals': [{ Ref: 'Size' }, 7] },
    Small: { 'Fn::Not': [{ Condition: 'Big' }] },
    Both: { 'Fn::And': [{ Condition: 'Big' }, { Condition: 'Small' }] },
    Either: { 'Fn::Or': [{ Condition: 'Big' }, { Condition: 'Small' }] },
  },
};
const resolve = createResolver(template, 'Stack', identities);

describe('an intrinsic of the template', () => {
  it.each([
    ['Ref', { Ref: 'Queue' }, 'http://queue'],
    ['Ref to a parameter', { Ref: 'Size' }, 7],
    ['Ref to a pseudo parameter', { Ref: 'AWS::Region' }, 'ap-northeast-2'],
    ['GetAtt', { 'Fn::GetAtt': ['Queue', 'Arn'] }, 'arn:queue'],
    ['GetAtt as text', { 'Fn::GetAtt': 'Queue.Deep.Name' }, 'deep'],
    ['Join', { 'Fn::Join': ['-', ['a', { Ref: 'Size' }]] }, 'a-7'],
    ['Select of Split', { 'Fn::Select': [1, { 'Fn::Split': [':', 'a:b'] }] }, 'b'],
    ['Sub', { 'Fn::Sub': '${AWS::StackName}/${Queue.Arn}/${!Kept}' }, 'Stack/arn:queue/${Kept}'],
    ['Sub with values', { 'Fn::Sub': ['${x}', { x: { Ref: 'Size' } }] }, '7'],
    ['If', { 'Fn::If': ['Small', 'yes', 'no'] }, 'no'],
    ['And', { 'Fn::If': ['Both', 1, 2] }, 2],
    ['Or', { 'Fn::If': ['Either', 1, 2] }, 1],
  ])('%s is resolved', (_, value, expected) => {
    expect(resolve({ value })).toEqual({ value: expected });
  });

  it('that gives no value takes its member away', () => {
    expect(resolve({ a: { Ref: 'AWS::NoValue' }, b: [{ Ref: 'AWS::NoValue' }, 1] })).toEqual({ b: [1] });
  });

  it.each([
    ['an unknown intrinsic', { 'Fn::Cidr': ['10.0.0.0/8', 1, 1] }, 'Fn::Cidr'],
    ['an unknown reference', { Ref: 'Nobody' }, 'Nobody'],
    ['an unknown attribute', { 'Fn::GetAtt': ['Queue', 'Colour'] }, 'Queue.Colour'],
    ['an unknown condition', { 'Fn::If': ['Maybe', 1, 2] }, 'Maybe'],
  ])('%s is refused by name', (_, value, name) => {
    expect(() => resolve(value)).toThrow(name);
  });
});
