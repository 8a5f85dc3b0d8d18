import { describe, expect, it } from 'vitest';
import { eventually } from '../../shared/testing/eventually.ts';
import { AwsError, type JsonObject } from '../aws-service.ts';
import { createTestTwin, machineArn } from './testing/twin.ts';

const task = (Resource: string, Arguments: JsonObject, more: JsonObject = { End: true }): JsonObject => ({
  Type: 'Task',
  Resource,
  Arguments,
  ...more,
});

describe('integrations', () => {
  it('calls DynamoDB, EventBridge, SQS and the SDK through the port', async () => {
    const twin = createTestTwin();
    const keep = (Next: string) => ({ Output: '{% $states.input %}', Next });
    const Key = { pk: { S: '{% $states.input.id %}' } };
    const Entries = [{ Source: 'oms', DetailType: 'X', Detail: { id: '{% $states.input.id %}' } }];
    twin.define('calls', {
      A: task('arn:aws:states:::dynamodb:updateItem', { TableName: 't', Key }, keep('B')),
      B: task('arn:aws:states:::events:putEvents', { Entries }, keep('C')),
      C: task('arn:aws:states:::sqs:sendMessage', { QueueUrl: 'q', MessageBody: { n: 1 } }, keep('D')),
      D: task('arn:aws:states:::aws-sdk:sqs:getQueueAttributes', { QueueUrl: 'q' }),
    });
    const arn = await twin.start('calls', { id: 'o1' }, 'e1');
    expect(await twin.ended(arn)).toEqual({ status: 'SUCCEEDED', output: { MessageId: 'm-1' } });
    const event = { Source: 'oms', DetailType: 'X', Detail: '{"id":"o1"}', Resources: [arn, machineArn('calls')] };
    expect(twin.calls).toEqual([
      { service: 'dynamodb', action: 'updateItem', input: { TableName: 't', Key: { pk: { S: 'o1' } } } },
      { service: 'events', action: 'putEvents', input: { Entries: [event] } },
      { service: 'sqs', action: 'sendMessage', input: { QueueUrl: 'q', MessageBody: '{"n":1}' } },
      { service: 'sqs', action: 'getQueueAttributes', input: { QueueUrl: 'q' } },
    ]);
  });

  it.each([
    ['arn:aws:states:::dynamodb:putItem', 'DynamoDB.ConditionalCheckFailedException'],
    ['arn:aws:states:::aws-sdk:dynamodb:putItem', 'DynamoDb.ConditionalCheckFailedException'],
    ['arn:aws:states:::aws-sdk:sqs:purgeQueue', 'Sqs.ConditionalCheckFailedException'],
  ])('names errors of %s as AWS does', async (resource, name) => {
    const refusal = new AwsError('ConditionalCheckFailedException', 'The conditional request failed');
    const twin = createTestTwin({ integrations: () => Promise.reject(refusal) });
    twin.define('refused', { A: task(resource, { TableName: 't' }) });
    expect(await twin.run('refused')).toMatchObject({ error: name, cause: 'The conditional request failed' });
  });

  it('fails when EventBridge takes only a part', async () => {
    const twin = createTestTwin({ integrations: () => Promise.resolve({ FailedEntryCount: 1, Entries: [] }) });
    twin.define('partial', { A: task('arn:aws:states:::events:putEvents', { Entries: [{}] }) });
    expect((await twin.run('partial')).error).toBe('EventBridge.FailedEntry');
  });

  it('invokes a function named by ARN, directly or with a qualifier', async () => {
    const twin = createTestTwin({ functions: { double: (n) => Number(n) * 2 } });
    const arn = 'arn:aws:lambda:us-east-1:000000000000:function:double';
    twin.define('direct', { A: task(arn, { x: 1 }, { Arguments: '{% $states.input %}', End: true }) });
    const Payload = '{% $states.input %}';
    twin.define('qualified', {
      A: task('arn:aws:states:::lambda:invoke', { FunctionName: `${arn}:$LATEST`, Payload }),
    });
    expect((await twin.run('direct', 4)).output).toBe(8);
    expect((await twin.run('qualified', 4)).output).toMatchObject({ Payload: 8, StatusCode: 200 });
  });

  it('keeps the payload limit', async () => {
    const big = 'é'.repeat(131_100);
    const twin = createTestTwin({ functions: { big: () => big } });
    const Catch = [{ ErrorEquals: ['States.ALL'], Next: 'C' }];
    const Arguments = { FunctionName: 'big' };
    const end = { C: { Type: 'Succeed' } };
    twin.define('result', { A: task('arn:aws:states:::lambda:invoke', Arguments, { Catch, End: true }), ...end });
    twin.define('output', { A: { Type: 'Pass', Output: "{% $pad('', 262145, 'x') %}", End: true } });
    expect((await twin.run('result')).error).toBe('States.DataLimitExceeded');
    expect((await twin.run('output')).error).toBe('States.DataLimitExceeded');
    await expect(twin.start('output', big)).rejects.toMatchObject({ code: 'ValidationException' });
  });
});

describe('startExecution', () => {
  const child = {
    W: { Type: 'Wait', Seconds: 1, Next: 'E' },
    E: { Type: 'Pass', Output: '{% $states.input.n + 1 %}', End: true },
  };
  const Arguments = { StateMachineArn: machineArn('child'), Input: { n: '{% $states.input.n %}' } };

  it('waits for the child with .sync:2 and gives its output as JSON', async () => {
    const twin = createTestTwin();
    twin.define('child', child);
    twin.define('parent', { A: task('arn:aws:states:::states:startExecution.sync:2', Arguments) });
    const { output } = await twin.run('parent', { n: 1 });
    expect(output).toMatchObject({ Status: 'SUCCEEDED', Output: 2, Input: { n: 1 } });
  });

  it('fails with States.TaskFailed when the child fails, and stops it when the parent is stopped', async () => {
    const twin = createTestTwin();
    twin.define('child', { F: { Type: 'Fail', Error: 'No' } });
    twin.define('parent', { A: task('arn:aws:states:::states:startExecution.sync:2', { ...Arguments, Name: 'c1' }) });
    const ended = await twin.run('parent', { n: 1 });
    expect(ended.error).toBe('States.TaskFailed');
    expect(JSON.parse(ended.cause ?? '')).toMatchObject({ Status: 'FAILED', Error: 'No' });
    twin.define('child', { W: { Type: 'Wait', Seconds: 9000, End: true } });
    twin.define('parent', { A: task('arn:aws:states:::states:startExecution.sync:2', { ...Arguments, Name: 'c2' }) });
    const parent = await twin.start('parent', { n: 1 });
    const childArn = `${machineArn('child').replace('stateMachine', 'execution')}:c2`;
    await eventually(() => twin.status(childArn), { what: 'the child' });
    await twin.call('StopExecution', { executionArn: parent });
    expect((await twin.ended(childArn)).status).toBe('ABORTED');
  });

  it('does not wait without .sync', async () => {
    const twin = createTestTwin();
    twin.define('child', child);
    twin.define('parent', { A: task('arn:aws:states:::states:startExecution', Arguments) });
    const { output } = await twin.run('parent', { n: 1 });
    const { ExecutionArn } = output as { ExecutionArn: string };
    expect((await twin.ended(ExecutionArn)).output).toBe(2);
  });
});
