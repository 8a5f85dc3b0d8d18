import { expect, it } from 'vitest';
import { processNeeds } from './process-needs.ts';

const task = (Resource: string, Arguments: Record<string, string | object[]>) => ({
  Type: 'Task',
  Resource,
  Arguments,
});

it('reads from a definition what its role must allow', () => {
  const definition = {
    States: {
      Ask: task('arn:aws:states:::lambda:invoke.waitForTaskToken', { FunctionName: 'ask' }),
      Computed: task('arn:aws:states:::lambda:invoke', { FunctionName: '{% $f %}' }),
      Each: {
        Type: 'Map',
        ItemProcessor: { States: { Put: task('arn:aws:states:::dynamodb:putItem', { TableName: 't' }) } },
      },
      Tell: task('arn:aws:states:::events:putEvents', { Entries: [{ EventBusName: 'b' }] as object[] }),
      Child: task('arn:aws:states:::states:startExecution', { StateMachineArn: 'arn:m' }),
    },
  };
  expect(
    processNeeds(definition as never, { accountId: '0', region: 'r' }).map((n) => `${n.action} ${n.resource}`),
  ).toEqual([
    'lambda:InvokeFunction arn:aws:lambda:r:0:function:ask',
    'dynamodb:PutItem arn:aws:dynamodb:r:0:table/t',
    'events:PutEvents arn:aws:events:r:0:event-bus/b',
    'states:StartExecution arn:m',
  ]);
});
