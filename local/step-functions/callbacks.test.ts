import { describe, expect, it } from 'vitest';
import { eventually } from '../../shared/testing/eventually.ts';
import { createTestTwin, lambdaInvoke, type TestTwin } from './testing/twin.ts';

/** A machine that sends its token to the function `ask` and tells how it ended. */
function defineAsking(twin: TestTwin, more: object = {}): { tokens: string[] } {
  const tokens: string[] = [];
  twin.functions['ask'] = (payload) => {
    tokens.push((payload as { token: string }).token);
    return null;
  };
  twin.define('ask', {
    A: {
      Type: 'Task',
      Resource: `${lambdaInvoke}.waitForTaskToken`,
      HeartbeatSeconds: 20,
      TimeoutSeconds: 300,
      Arguments: { FunctionName: 'ask', Payload: { token: '{% $states.context.Task.Token %}' } },
      Output: '{% $states.result %}',
      Catch: [
        { ErrorEquals: ['States.HeartbeatTimeout'], Next: 'H' },
        { ErrorEquals: ['Rejected'], Next: 'R' },
      ],
      End: true,
      ...more,
    },
    H: { Type: 'Pass', Output: 'heartbeat', End: true },
    R: { Type: 'Pass', Output: '{% $states.input %}', End: true },
  });
  return { tokens };
}

const firstToken = (tokens: string[]) => eventually(() => tokens[0], { everyMs: 2, what: 'the token' });

describe('waitForTaskToken', () => {
  it('ends with the output of SendTaskSuccess', async () => {
    const twin = createTestTwin();
    const { tokens } = defineAsking(twin);
    const arn = await twin.start('ask');
    const taskToken = await firstToken(tokens);
    await twin.call('SendTaskSuccess', { taskToken, output: '{"ok":1}' });
    expect((await twin.ended(arn)).output).toEqual({ ok: 1 });
  });

  it('fails with the error of SendTaskFailure, which can be caught', async () => {
    const twin = createTestTwin();
    const { tokens } = defineAsking(twin);
    const arn = await twin.start('ask');
    const taskToken = await firstToken(tokens);
    await twin.call('SendTaskFailure', { taskToken, error: 'Rejected', cause: 'no' });
    expect((await twin.ended(arn)).output).toEqual({ Error: 'Rejected', Cause: 'no' });
  });

  it('lives while heartbeats come, and ends without them', async () => {
    const twin = createTestTwin();
    const { tokens } = defineAsking(twin);
    const arn = await twin.start('ask');
    const taskToken = await firstToken(tokens);
    const begin = performance.now();
    while (performance.now() - begin < 500) {
      await twin.call('SendTaskHeartbeat', { taskToken });
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(await twin.status(arn)).toBe('RUNNING');
    expect((await twin.ended(arn)).output).toBe('heartbeat');
    const late = twin.call('SendTaskSuccess', { taskToken, output: '1' });
    await expect(late).rejects.toMatchObject({ code: 'TaskTimedOut' });
  });

  it('takes the first of two replies', async () => {
    const twin = createTestTwin();
    const { tokens } = defineAsking(twin);
    const arn = await twin.start('ask');
    const taskToken = await firstToken(tokens);
    const replies = [1, 2].map((output) => twin.call('SendTaskSuccess', { taskToken, output: String(output) }));
    const results = await Promise.allSettled(replies);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect((await twin.ended(arn)).output).toBe(1);
  });

  it('times out, and fails if the message cannot be sent', async () => {
    const twin = createTestTwin();
    defineAsking(twin, { TimeoutSeconds: 3, HeartbeatSeconds: 2000 });
    expect((await twin.run('ask')).error).toBe('States.Timeout');
    const broken = createTestTwin();
    defineAsking(broken, { Arguments: { FunctionName: 'gone' } });
    expect((await broken.run('ask')).error).toBe('Lambda.ResourceNotFoundException');
    expect(broken.stepFunctions.idle()).toBe(true);
  });

  it('refuses tokens and outputs that make no sense', async () => {
    const twin = createTestTwin();
    const { tokens } = defineAsking(twin);
    await twin.start('ask');
    const taskToken = await firstToken(tokens);
    const send = (token: string, output: string) => twin.call('SendTaskSuccess', { taskToken: token, output });
    await expect(send('nonsense', '1')).rejects.toMatchObject({ code: 'InvalidToken' });
    await expect(send(taskToken, '{')).rejects.toMatchObject({ code: 'InvalidOutput' });
    const unknown = Buffer.from('[99,"","x"]').toString('base64url');
    await expect(send(unknown, '1')).rejects.toMatchObject({ code: 'TaskDoesNotExist' });
  });

  it('is idle while it waits', async () => {
    const twin = createTestTwin();
    const { tokens } = defineAsking(twin);
    await twin.start('ask');
    await firstToken(tokens);
    await eventually(() => (twin.stepFunctions.idle() ? true : undefined), { what: 'idleness' });
  });
});
