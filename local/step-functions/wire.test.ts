import { createServer, type Server } from 'node:http';
import { text } from 'node:stream/consumers';
import {
  DescribeExecutionCommand,
  DescribeStateMachineCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  ListStateMachinesCommand,
  SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { afterEach, describe, expect, it } from 'vitest';
import { AwsError, type JsonObject } from '../aws-service.ts';
import { createTestTwin, lambdaInvoke, machineArn, type TestTwin } from './testing/twin.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

/** The twin behind HTTP, and the real client in front. */
async function connect(twin: TestTwin): Promise<SFNClient> {
  const server = createServer((request, response) => {
    void (async () => {
      const operation = String(request.headers['x-amz-target']).split('.')[1] ?? '';
      const input = JSON.parse(await text(request)) as JsonObject;
      try {
        response.end(JSON.stringify(await twin.call(operation, input)));
      } catch (error) {
        const { code, message } = error instanceof AwsError ? error : new AwsError('InternalFailure', String(error));
        response.writeHead(400).end(JSON.stringify({ __type: code, message }));
      }
    })();
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const credentials = { accessKeyId: 'x', secretAccessKey: 'x' };
  return new SFNClient({ endpoint: `http://127.0.0.1:${String(port)}`, region: 'us-east-1', credentials });
}

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : '');
const pass = { A: { Type: 'Pass', End: true } };

describe('the AWSStepFunctions target', () => {
  it('starts once by name, and describes', async () => {
    const twin = createTestTwin();
    twin.define('wait', { W: { Type: 'Wait', Seconds: 5000, End: true } });
    const client = await connect(twin);
    const start = (input: string, name = 'e1') =>
      client.send(new StartExecutionCommand({ stateMachineArn: machineArn('wait'), input, name }));
    const first = await start('{"a":1}');
    expect((await start('{ "a": 1 }')).executionArn).toBe(first.executionArn);
    expect(await start('{"a":2}').catch(nameOf)).toBe('ExecutionAlreadyExists');
    expect(await start('{}', 'not a name').catch(nameOf)).toBe('InvalidName');
    expect(await start('{', 'e2').catch(nameOf)).toBe('InvalidExecutionInput');
    const executionArn = first.executionArn ?? '';
    const description = await client.send(new DescribeExecutionCommand({ executionArn }));
    expect(description).toMatchObject({ status: 'RUNNING', name: 'e1', input: '{"a":1}' });
    expect(Math.abs(Date.now() - Number(description.startDate))).toBeLessThan(600_000);
    const stop = new StopExecutionCommand({ executionArn, error: 'E', cause: 'c' });
    expect((await client.send(stop)).stopDate).toBeInstanceOf(Date);
    const stopped = await client.send(new DescribeExecutionCommand({ executionArn }));
    expect(stopped).toMatchObject({ status: 'ABORTED', error: 'E', cause: 'c' });
    expect(await start('{"a":1}').catch(nameOf)).toBe('ExecutionAlreadyExists');
    expect(twin.stepFunctions.idle()).toBe(true);
  });

  it('answers unknown things with the names AWS gives', async () => {
    const client = await connect(createTestTwin());
    const stateMachineArn = machineArn('none');
    const executionArn = 'arn:aws:states:us-east-1:000000000000:execution:none:e';
    const start = client.send(new StartExecutionCommand({ stateMachineArn }));
    expect(await start.catch(nameOf)).toBe('StateMachineDoesNotExist');
    const describeIt = client.send(new DescribeExecutionCommand({ executionArn }));
    expect(await describeIt.catch(nameOf)).toBe('ExecutionDoesNotExist');
    const stop = client.send(new StopExecutionCommand({ executionArn }));
    expect(await stop.catch(nameOf)).toBe('ExecutionDoesNotExist');
    const list = client.send(new ListExecutionsCommand({ stateMachineArn }));
    expect(await list.catch(nameOf)).toBe('StateMachineDoesNotExist');
  });

  it('lists executions newest first, by status, in pages', async () => {
    const twin = createTestTwin();
    twin.define('pass', pass);
    const client = await connect(twin);
    for (const name of ['a', 'b', 'c']) await twin.run('pass', {}, name);
    const list = async (more: { maxResults?: number; nextToken?: string; statusFilter?: 'RUNNING' | 'SUCCEEDED' }) => {
      const command = new ListExecutionsCommand({ stateMachineArn: machineArn('pass'), ...more });
      const { executions = [], nextToken } = await client.send(command);
      return { names: executions.map(({ name }) => name), nextToken };
    };
    const first = await list({ maxResults: 2, statusFilter: 'SUCCEEDED' });
    expect(first.names).toEqual(['c', 'b']);
    expect(await list({ nextToken: first.nextToken ?? '' })).toEqual({ names: ['a'], nextToken: undefined });
    expect((await list({ statusFilter: 'RUNNING' })).names).toEqual([]);
    expect(await list({ nextToken: '???' }).catch(nameOf)).toBe('InvalidToken');
  });

  it('describes and lists machines', async () => {
    const twin = createTestTwin();
    twin.define('pass', pass);
    twin.define('also', pass);
    const client = await connect(twin);
    const { stateMachines = [] } = await client.send(new ListStateMachinesCommand({ maxResults: 1 }));
    expect(stateMachines.map(({ name }) => name)).toEqual(['also']);
    const described = await client.send(new DescribeStateMachineCommand({ stateMachineArn: machineArn('pass') }));
    expect(JSON.parse(described.definition ?? '')).toMatchObject({ StartAt: 'A' });
  });
});

describe('GetExecutionHistory', () => {
  it('tells every step with its payloads', async () => {
    const twin = createTestTwin({ functions: { echo: (payload) => payload } });
    const Arguments = { FunctionName: 'echo', Payload: 7 };
    twin.define('told', {
      A: { Type: 'Pass', Next: 'B' },
      B: { Type: 'Task', Resource: lambdaInvoke, Arguments, Output: '{% $states.result.Payload %}', End: true },
    });
    const executionArn = await twin.start('told', { n: 1 });
    await twin.ended(executionArn);
    const client = await connect(twin);
    const { events = [] } = await client.send(new GetExecutionHistoryCommand({ executionArn }));
    expect(events.map(({ type, previousEventId }) => [type, previousEventId])).toEqual([
      ['ExecutionStarted', 0],
      ['PassStateEntered', 1],
      ['PassStateExited', 2],
      ['TaskStateEntered', 3],
      ['TaskScheduled', 4],
      ['TaskStarted', 5],
      ['TaskSucceeded', 6],
      ['TaskStateExited', 7],
      ['ExecutionSucceeded', 8],
    ]);
    expect(events[3]?.stateEnteredEventDetails).toMatchObject({ name: 'B', input: '{"n":1}' });
    expect(events[4]?.taskScheduledEventDetails).toMatchObject({ resourceType: 'lambda', resource: 'invoke' });
    expect(events[8]?.executionSucceededEventDetails?.output).toBe('7');
    const reverse = new GetExecutionHistoryCommand({ executionArn, reverseOrder: true, maxResults: 1 });
    expect((await client.send(reverse)).events?.[0]?.id).toBe(9);
  });

  it('ends an execution that never stops at 25,000 events', async () => {
    const twin = createTestTwin();
    twin.define('loop', { A: { Type: 'Pass', Next: 'B' }, B: { Type: 'Pass', Next: 'A' } });
    const executionArn = await twin.start('loop');
    expect(await twin.ended(executionArn)).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
    const history = await twin.call('GetExecutionHistory', { executionArn, reverseOrder: true, maxResults: 1 });
    expect(history['events']).toMatchObject([{ type: 'ExecutionFailed' }]);
  });

  it('has nothing to tell when it is off', async () => {
    const twin = createTestTwin({ options: { history: false } });
    twin.define('pass', pass);
    const executionArn = await twin.start('pass');
    await twin.ended(executionArn);
    expect(await twin.call('GetExecutionHistory', { executionArn })).toMatchObject({ events: [] });
  });
});
