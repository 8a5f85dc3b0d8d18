import { describe, expect, it } from 'vitest';
import { AwsError } from '../aws-service.ts';
import { systemClock } from './clock.ts';
import { createTestTwin, FunctionError, lambdaInvoke, type TestTwin } from './testing/twin.ts';

const call = (FunctionName: string, more: object = {}) => ({
  Type: 'Task',
  Resource: lambdaInvoke,
  Arguments: { FunctionName, Payload: {} },
  ...more,
});
const done = { Type: 'Pass', End: true };

/** A function that fails until it has been called `failures` times. */
function flaky(twin: TestTwin, failures: number, error: () => Error): () => number {
  let calls = 0;
  twin.functions['flaky'] = () => {
    if (calls++ < failures) throw error();
    return calls;
  };
  return () => calls;
}

describe('Retry', () => {
  it('tries again after the interval, and counts each attempt as a transition', async () => {
    const twin = createTestTwin();
    flaky(twin, 2, () => new FunctionError('TransientError'));
    const Retry = [{ ErrorEquals: ['TransientError'], IntervalSeconds: 5, MaxAttempts: 3 }];
    twin.define('retry', { A: call('flaky', { Output: '{% $states.result.Payload %}', Retry, End: true }) });
    const begin = performance.now();
    expect((await twin.run('retry')).output).toBe(3);
    expect(performance.now() - begin).toBeGreaterThanOrEqual(145);
    expect(twin.stepFunctions.transitions()).toEqual({ retry: 3 });
  });

  it('gives up after MaxAttempts with the last error', async () => {
    const twin = createTestTwin();
    const calls = flaky(twin, 9, () => new FunctionError('TransientError', 'again'));
    const Retry = [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 1, MaxAttempts: 2 }];
    twin.define('retry', { A: call('flaky', { Retry, End: true }) });
    expect((await twin.run('retry')).error).toBe('TransientError');
    expect(calls()).toBe(3);
  });

  it('takes throttles of Lambda itself by name', async () => {
    const twin = createTestTwin();
    flaky(twin, 1, () => new AwsError('TooManyRequestsException', 'Rate Exceeded.', 429));
    const Retry = [{ ErrorEquals: ['Lambda.ServiceException', 'Lambda.TooManyRequestsException'], IntervalSeconds: 1 }];
    twin.define('retry', { A: call('flaky', { Retry, End: true }) });
    expect((await twin.run('retry')).status).toBe('SUCCEEDED');
  });
});

describe('Catch', () => {
  it('gives the error by its name, and the cause as the JSON that AWS gives', async () => {
    const twin = createTestTwin();
    flaky(twin, 1, () => new FunctionError('OutOfStock', 'none'));
    const Catch = [
      {
        ErrorEquals: ['OutOfStock'],
        Next: 'C',
        Assign: { why: '{% $parse($states.errorOutput.Cause) %}' },
        Output: { e: '{% $states.errorOutput.Error %}', was: '{% $states.input %}' },
      },
    ];
    twin.define('caught', {
      A: call('flaky', { Catch, End: true }),
      C: { Type: 'Pass', Output: { in: '{% $states.input %}', why: '{% $why %}' }, End: true },
    });
    expect((await twin.run('caught', { k: 1 })).output).toEqual({
      in: { e: 'OutOfStock', was: { k: 1 } },
      why: { errorType: 'OutOfStock', errorMessage: 'none', trace: [] },
    });
  });

  it('takes any function error as States.TaskFailed, and no other as States.Timeout', async () => {
    const twin = createTestTwin();
    flaky(twin, 1, () => new FunctionError('OutOfStock'));
    const Catch = [
      { ErrorEquals: ['States.Timeout'], Next: 'X' },
      { ErrorEquals: ['States.TaskFailed'], Next: 'C' },
    ];
    twin.define('failed', { A: call('flaky', { Catch, End: true }), C: done, X: { Type: 'Fail', Error: 'wrong' } });
    expect((await twin.run('failed')).output).toMatchObject({ Error: 'OutOfStock' });
  });

  it('takes a task that exceeds TimeoutSeconds, given as an expression', async () => {
    const twin = createTestTwin({ functions: { slow: () => new Promise(() => undefined) } });
    const Catch = [{ ErrorEquals: ['States.Timeout'], Next: 'C' }];
    twin.define('timeout', {
      A: call('slow', { TimeoutSeconds: '{% $states.input.s %}', Catch, End: true }),
      C: done,
    });
    expect((await twin.run('timeout', { s: 2 })).output).toMatchObject({ Error: 'States.Timeout' });
  });

  it('names an unknown function, and a function error without a type', async () => {
    const twin = createTestTwin({
      options: { invoke: async () => Promise.resolve({ payload: 'odd', functionError: 'Unhandled' }) },
    });
    twin.define('odd', { A: call('odd', { End: true }) });
    expect(await twin.run('odd')).toEqual({ status: 'FAILED', error: 'Lambda.Unknown', cause: '"odd"' });
    const other = createTestTwin({ clock: systemClock });
    other.define('unknown', { A: call('nowhere', { End: true }) });
    expect((await other.run('unknown')).error).toBe('Lambda.ResourceNotFoundException');
  });
});
