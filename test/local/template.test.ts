import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startLocalHost } from '../../infra/local/host.ts';
import { readTemplate } from '../../infra/local/template.ts';
import { scratch, writeStack } from './small-stack.ts';

const { dir, remove } = scratch();
afterAll(remove);

const file = join(dir, 'Some.template.json');
writeFileSync(
  file,
  JSON.stringify({
    Parameters: { Version: { Type: 'String', Default: '21' } },
    Mappings: { Sizes: { prod: { Memory: 512 } } },
    Conditions: {
      IsUs: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'us-east-1'] },
      IsNot: { 'Fn::Not': [{ Condition: 'IsUs' }] },
      Both: { 'Fn::And': [{ Condition: 'IsUs' }, { Condition: 'IsNot' }] },
      Either: { 'Fn::Or': [{ Condition: 'IsUs' }, { Condition: 'IsNot' }] },
    },
    Resources: {
      Inbox: { Type: 'AWS::S3::Bucket', Metadata: { 'aws:cdk:path': 'Some/Inbox/Resource' } },
      Elsewhere: { Type: 'AWS::S3::Bucket', Condition: 'IsNot' },
    },
    Outputs: { Name: { Value: { Ref: 'Inbox' } }, Not: { Value: 'x', Condition: 'Both' } },
  }),
);
const template = readTemplate(file);
const lookup = {
  ref: (id: string) => `<${id}>`,
  attribute: (id: string, name: string) => `<${id}.${name}>`,
};

test.each<[unknown, unknown]>([
  [{ Ref: 'Inbox' }, '<Inbox>'],
  [{ Ref: 'Version' }, '21'],
  [{ Ref: 'AWS::StackName' }, 'Some'],
  [{ 'Fn::GetAtt': ['Inbox', 'Arn'] }, '<Inbox.Arn>'],
  [{ 'Fn::GetAtt': 'Inbox.Arn' }, '<Inbox.Arn>'],
  [{ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':s3']] }, 'arn:aws:s3'],
  [{ 'Fn::Select': [1, { 'Fn::Split': [':', 'a:b:c'] }] }, 'b'],
  [
    { 'Fn::Sub': `$\{Inbox}/$\{Inbox.Arn}/$\{AWS::Region}/$\{!Literal}` },
    `<Inbox>/<Inbox.Arn>/us-east-1/$\{Literal}`,
  ],
  [{ 'Fn::Sub': [`$\{x}-$\{Inbox}`, { x: { Ref: 'Version' } }] }, '21-<Inbox>'],
  [{ 'Fn::If': ['IsUs', 'yes', 'no'] }, 'yes'],
  [{ 'Fn::If': ['Both', 'yes', { Ref: 'Version' }] }, '21'],
  [{ 'Fn::If': ['Either', 1, 2] }, 1],
  [{ 'Fn::FindInMap': ['Sizes', 'prod', 'Memory'] }, 512],
  [{ a: { Ref: 'AWS::NoValue' }, b: [1, { Ref: 'AWS::NoValue' }] }, { b: [1] }],
  [{ Condition: { StringEquals: { a: 'b' } } }, { Condition: { StringEquals: { a: 'b' } } }],
])('%j is %j', (written, resolved) => {
  expect(template.resolve(written, lookup)).toEqual(resolved);
});

test('a function that is not known is an error', () => {
  expect(() => template.resolve({ 'Fn::ImportValue': 'x' }, lookup)).toThrow('Fn::ImportValue');
});

test('what hangs on a condition that fails is not there', () => {
  expect(Object.keys(template.resources)).toEqual(['Inbox']);
  expect(template.outputs(lookup)).toEqual({ Name: '<Inbox>' });
});

test('a resource is called by the path of its construct', () => {
  expect(template.nameOf('Inbox')).toBe('Inbox');
});

test('a resource type that the host does not know stops it, by name', async () => {
  const unknown = writeStack(join(dir, 'unknown'), { Odd: { Type: 'AWS::Kinesis::Stream' } });
  await expect(startLocalHost({ template: unknown, stateDir: null })).rejects.toThrow(
    'Odd (AWS::Kinesis::Stream)',
  );
});

test('a reference to an attribute that is not known stops it, by name', async () => {
  const odd = writeStack(join(dir, 'attribute'), {
    A: { Type: 'AWS::SQS::Queue' },
    B: { Type: 'AWS::SNS::Topic', Properties: { DisplayName: { 'Fn::GetAtt': ['A', 'Oddity'] } } },
  });
  await expect(startLocalHost({ template: odd, stateDir: null })).rejects.toThrow('A.Oddity');
});
