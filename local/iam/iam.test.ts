import { describe, expect, it } from 'vitest';
import { type JsonObject } from '../aws-service.ts';
import { AccessGuard } from './access-guard.ts';
import { allows } from './policy.ts';
import { needsOf } from './service-needs.ts';
import { parseStatements } from './statements.ts';

const locality = { accountId: '0', region: 'r' };
const table = 'arn:aws:dynamodb:r:0:table/orders';
const statements = (...Statement: JsonObject[]) => parseStatements({ Statement }, 'Policy');
const allow = (Action: string, Resource: string): JsonObject => ({ Effect: 'Allow', Action, Resource });

describe('policies', () => {
  it.each([
    ['the same action and resource', [allow('dynamodb:PutItem', table)], true],
    ['another action', [allow('dynamodb:GetItem', table)], false],
    ['another resource', [allow('dynamodb:PutItem', `${table}/index/*`)], false],
    ['wildcards, in any case', [allow('DynamoDB:Put*', 'arn:aws:dynamodb:*:*:table/order?')], true],
    ['a denial beside it', [allow('*', '*'), { ...allow('dynamodb:*', '*'), Effect: 'Deny' }], false],
    ['nothing', [], false],
  ])('with %s', (_what, given, expected) => {
    expect(allows(statements(...given), { action: 'dynamodb:PutItem', resource: table })).toBe(expected);
  });

  it('compares leading keys', () => {
    const Condition = { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['A'] } };
    const given = statements({ ...allow('dynamodb:GetItem', table), Condition });
    const need = { action: 'dynamodb:GetItem', resource: table };
    expect(allows(given, { ...need, leadingKeys: ['A'] })).toBe(true);
    expect(allows(given, { ...need, leadingKeys: ['A', 'B'] })).toBe(false);
  });

  it.each([
    [{ NotAction: 'a:b' }, /NotAction is not supported/],
    [{ Condition: { StringEquals: { 'aws:SourceIp': 'x' } } }, /StringEquals aws:SourceIp is not supported/],
  ])('refuses %o loudly', (extra, message) => {
    expect(() => statements({ ...allow('a:b', '*'), ...extra })).toThrow(message);
  });
});

describe('what calls need', () => {
  it.each<[string, string, JsonObject, [string, string][]]>([
    ['DynamoDB_20120810', 'GetItem', { TableName: 'orders' }, [['dynamodb:GetItem', table]]],
    ['DynamoDB_20120810', 'Query', { TableName: 'orders', IndexName: 'by' }, [['dynamodb:Query', `${table}/index/by`]]],
    [
      'DynamoDB_20120810',
      'TransactWriteItems',
      {
        TransactItems: [
          { Put: { TableName: 'orders' } },
          { Put: { TableName: 'orders' } },
          { ConditionCheck: { TableName: 'orders' } },
        ],
      },
      [
        ['dynamodb:PutItem', table],
        ['dynamodb:ConditionCheckItem', table],
      ],
    ],
    [
      'DynamoDB_20120810',
      'BatchGetItem',
      { RequestItems: { orders: { Keys: [] } } },
      [['dynamodb:BatchGetItem', table]],
    ],
    ['AmazonSQS', 'SendMessageBatch', { QueueUrl: 'http://x/0/q' }, [['sqs:SendMessage', 'arn:aws:sqs:r:0:q']]],
    [
      'AWSEvents',
      'PutEvents',
      { Entries: [{ EventBusName: 'b' }, {}] },
      [
        ['events:PutEvents', 'arn:aws:events:r:0:event-bus/b'],
        ['events:PutEvents', 'arn:aws:events:r:0:event-bus/default'],
      ],
    ],
    ['AWSStepFunctions', 'StartExecution', { stateMachineArn: 'm' }, [['states:StartExecution', 'm']]],
    ['AWSStepFunctions', 'SendTaskSuccess', { taskToken: 't' }, [['states:SendTaskSuccess', 'any']]],
    [
      'secretsmanager',
      'CreateSecret',
      { Name: 'dev/shop' },
      [['secretsmanager:CreateSecret', 'arn:aws:secretsmanager:r:0:secret:dev/shop-AbCdEf']],
    ],
    [
      'secretsmanager',
      'GetSecretValue',
      { SecretId: 'arn:aws:secretsmanager:r:0:secret:dev/shop-123456' },
      [['secretsmanager:GetSecretValue', 'arn:aws:secretsmanager:r:0:secret:dev/shop-123456']],
    ],
  ])('%s %s', (target, operation, input, expected) => {
    expect(needsOf(target, operation, input, locality).map(({ action, resource }) => [action, resource])).toEqual(
      expected,
    );
  });
});

describe('guard', () => {
  it('names and records what is missing', () => {
    const guard = new AccessGuard(new Map([['capture', statements(allow('states:SendTaskSuccess', 'm'))]]));
    guard.check('capture', [{ action: 'states:SendTaskSuccess', resource: 'any' }]);
    expect(() => guard.check('capture', [{ action: 'dynamodb:Scan', resource: table }])).toThrow(
      `capture is not authorized to perform: dynamodb:Scan on resource: ${table}`,
    );
    expect(guard.denied).toEqual([{ caller: 'capture', action: 'dynamodb:Scan', resource: table }]);
  });

  it('lets an operator do anything', () => {
    expect(() => new AccessGuard(new Map()).check('', [{ action: 'a:b', resource: '*' }])).not.toThrow();
  });
});
