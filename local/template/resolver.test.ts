import { describe, expect, it } from 'vitest';
import { type Json } from '../aws-service.ts';
import { testAccount } from '../testing/account.ts';
import { type CfnTemplate } from './cloudformation.ts';
import { resolveApp } from './resolver.ts';

const stackOf = (template: CfnTemplate, stackName = 'Oms') => ({ stackName, template, assetsDir: '/assets' });

/** What one property value of a queue resolves to, next to a function, a table, a state machine and parameters. */
function resolved(value: Json, extra: Partial<CfnTemplate> = {}): Json | undefined {
  const template: CfnTemplate = {
    Parameters: { Stage: { Default: 'dev' } },
    Mappings: { Sizes: { dev: { memory: 256 } } },
    Conditions: { IsDev: { 'Fn::Equals': [{ Ref: 'Stage' }, 'dev'] }, IsProd: { 'Fn::Not': [{ Condition: 'IsDev' }] } },
    ...extra,
    Resources: {
      Subject: { Type: 'AWS::SQS::Queue', Properties: { Subject: value } },
      Capture: { Type: 'AWS::Lambda::Function', Properties: { FunctionName: 'capture' } },
      Orders: { Type: 'AWS::DynamoDB::Table' },
      Process: { Type: 'AWS::StepFunctions::StateMachine' },
      Api: { Type: 'AWS::ApiGatewayV2::Api' },
      ...extra.Resources,
    },
  };
  const { resources } = resolveApp([stackOf(template)], testAccount);
  return resources.find(({ logicalId }) => logicalId === 'Subject')?.properties['Subject'];
}

describe('intrinsic functions', () => {
  it.each<[string, Json, Json]>([
    ['Ref of a named function is its name', { Ref: 'Capture' }, 'capture'],
    ['Ref of an unnamed table is stack and logical id', { Ref: 'Orders' }, 'Oms-Orders'],
    ['Ref of a queue is its URL', { Ref: 'Subject' }, 'http://127.0.0.1:3001/000000000000/Oms-Subject'],
    [
      'Ref of a state machine is its ARN',
      { Ref: 'Process' },
      'arn:aws:states:us-east-1:000000000000:stateMachine:Oms-Process',
    ],
    ['Ref of a parameter is its default', { Ref: 'Stage' }, 'dev'],
    ['GetAtt Arn', { 'Fn::GetAtt': ['Capture', 'Arn'] }, 'arn:aws:lambda:us-east-1:000000000000:function:capture'],
    ['GetAtt in its text form', { 'Fn::GetAtt': 'Subject.QueueName' }, 'Oms-Subject'],
    [
      'GetAtt StreamArn',
      { 'Fn::GetAtt': ['Orders', 'StreamArn'] },
      'arn:aws:dynamodb:us-east-1:000000000000:table/Oms-Orders/stream/local',
    ],
    ['Join', { 'Fn::Join': ['-', ['a', { Ref: 'Stage' }, 1]] }, 'a-dev-1'],
    [
      'Join that makes an API address',
      { 'Fn::Join': ['', ['https://', { Ref: 'Api' }, '.execute-api.us-east-1.amazonaws.com/v1']] },
      'http://127.0.0.1:3000/v1',
    ],
    [
      'Sub',
      { 'Fn::Sub': '${Stage}/${Orders.Arn}/${!Literal}/${AWS::Region}' },
      'dev/arn:aws:dynamodb:us-east-1:000000000000:table/Oms-Orders/${Literal}/us-east-1',
    ],
    ['Sub with variables', { 'Fn::Sub': ['${A}${Stage}', { A: { Ref: 'Capture' } }] }, 'capturedev'],
    ['Select and Split', { 'Fn::Select': [1, { 'Fn::Split': [':', 'a:b:c'] }] }, 'b'],
    ['If', { 'Fn::If': ['IsDev', 'yes', 'no'] }, 'yes'],
    ['If with AWS::NoValue', { a: { 'Fn::If': ['IsProd', 1, { Ref: 'AWS::NoValue' }] }, b: 2 }, { b: 2 }],
    ['FindInMap', { 'Fn::FindInMap': ['Sizes', { Ref: 'Stage' }, 'memory'] }, 256],
    ['Base64', { 'Fn::Base64': 'hi' }, 'aGk='],
    ['GetAZs', { 'Fn::GetAZs': '' }, ['us-east-1a', 'us-east-1b']],
  ])('%s', (_what, value, expected) => {
    expect(resolved(value)).toEqual(expected);
  });

  it.each<[string, Json, RegExp]>([
    ['an unknown logical id', { Ref: 'Nowhere' }, /Oms\/Subject .*Nowhere/],
    ['an unknown function', { 'Fn::Transform': {} }, /Fn::Transform is not supported/],
    ['an unknown attribute', { 'Fn::GetAtt': ['Orders', 'Colour'] }, /Colour of a AWS::DynamoDB::Table/],
    ['a dynamic reference', '{{resolve:ssm:x}}', /Dynamic references/],
    ['an import that nobody exports', { 'Fn::ImportValue': 'x' }, /no stack of this app exports it/],
  ])('refuses %s', (_what, value, message) => {
    expect(() => resolved(value)).toThrow(message);
  });

  it('leaves out resources whose condition does not hold', () => {
    const Extra = { Type: 'AWS::SQS::Queue', Condition: 'IsProd' };
    const Conditions = { IsProd: { 'Fn::Equals': ['a', 'b'] } };
    const { resources } = resolveApp([stackOf({ Resources: { Extra }, Conditions })], testAccount);
    expect(resources).toEqual([]);
  });

  it('finds values that another stack exports, in whatever order', () => {
    const user = { Queue: { Type: 'AWS::SQS::Queue', Properties: { Tags: { 'Fn::ImportValue': 'table' } } } };
    const Outputs = { Table: { Value: { 'Fn::GetAtt': ['T', 'Arn'] }, Export: { Name: 'table' } } };
    const data = stackOf({ Resources: { T: { Type: 'AWS::DynamoDB::Table' } }, Outputs }, 'Data');
    const { resources, outputs } = resolveApp([stackOf({ Resources: user }), data], testAccount);
    expect(resources[0]?.properties['Tags']).toBe('arn:aws:dynamodb:us-east-1:000000000000:table/Data-T');
    expect(outputs).toEqual({ 'Data.Table': 'arn:aws:dynamodb:us-east-1:000000000000:table/Data-T' });
  });
});
