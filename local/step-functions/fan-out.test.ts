import { describe, expect, it } from 'vitest';
import { createTestTwin, FunctionError, lambdaInvoke, type TestTwin } from './testing/twin.ts';

const lines = [{ sku: 'a' }, { sku: 'b' }, { sku: 'c' }];

describe('Parallel', () => {
  it('runs every branch with its arguments and keeps their order', async () => {
    const twin = createTestTwin();
    twin.define('par', {
      P: {
        Type: 'Parallel',
        Arguments: { a: '{% $states.input.a %}' },
        Branches: [
          { StartAt: 'X', States: { X: { Type: 'Wait', Seconds: 1, Output: '{% $states.input.a %}', End: true } } },
          { StartAt: 'W', States: { W: { Type: 'Pass', End: true } } },
        ],
        Output: '{% $states.result %}',
        End: true,
      },
    });
    expect((await twin.run('par', { a: 7, b: 8 })).output).toEqual([7, { a: 7 }]);
    expect(twin.stepFunctions.transitions()).toEqual({ par: 3 });
  });

  it('stops the other branches when one fails, and catches that error', async () => {
    const twin = createTestTwin();
    twin.define('par', {
      P: {
        Type: 'Parallel',
        Branches: [
          { StartAt: 'W', States: { W: { Type: 'Wait', Seconds: 5000, End: true } } },
          { StartAt: 'F', States: { F: { Type: 'Fail', Error: 'Broken' } } },
        ],
        Catch: [{ ErrorEquals: ['Broken'], Next: 'C' }],
        End: true,
      },
      C: { Type: 'Succeed', Output: 'caught' },
    });
    expect((await twin.run('par')).output).toBe('caught');
    expect(twin.stepFunctions.idle()).toBe(true);
  });
});

function defineMap(twin: TestTwin, more: object): void {
  twin.define('map', {
    I: { Type: 'Pass', Assign: { base: 100 }, Next: 'M' },
    M: {
      Type: 'Map',
      Items: '{% $states.input.lines %}',
      ItemSelector: { sku: '{% $states.context.Map.Item.Value.sku %}', i: '{% $states.context.Map.Item.Index %}' },
      ItemProcessor: {
        ProcessorConfig: { Mode: 'INLINE' },
        StartAt: 'T',
        States: {
          T: {
            Type: 'Task',
            Resource: lambdaInvoke,
            Arguments: { FunctionName: 'item', Payload: '{% $states.input %}' },
            Output: { s: '{% $states.result.Payload.sku %}', n: '{% $base + $states.result.Payload.i %}' },
            End: true,
          },
        },
      },
      End: true,
      ...more,
    },
  });
}

describe('Map', () => {
  it('runs at most MaxConcurrency items at once, in order, and sees outer variables', async () => {
    let running = 0;
    let most = 0;
    const item = async (payload: Parameters<TestTwin['functions'][string]>[0]) => {
      most = Math.max(most, ++running);
      await new Promise(setImmediate);
      running--;
      return payload;
    };
    const twin = createTestTwin({ functions: { item } });
    defineMap(twin, { MaxConcurrency: 2 });
    const ended = await twin.run('map', { lines });
    expect(ended.output).toEqual([
      { s: 'a', n: 100 },
      { s: 'b', n: 101 },
      { s: 'c', n: 102 },
    ]);
    expect(most).toBe(2);
  });

  it('ends at once without items', async () => {
    const twin = createTestTwin();
    defineMap(twin, {});
    expect((await twin.run('map', { lines: [] })).output).toEqual([]);
  });

  it.each([
    [{ ToleratedFailureCount: 1 }, 'SUCCEEDED', undefined],
    [{ ToleratedFailurePercentage: '{% 34 %}' }, 'SUCCEEDED', undefined],
    [{}, 'FAILED', 'NoStock'],
  ])('tolerates failures as told: %j', async (more, status, error) => {
    const item = () => {
      throw new FunctionError('NoStock');
    };
    const fine = { sku: 'ok', i: 0 };
    let calls = 0;
    const twin = createTestTwin({ functions: { item: () => (calls++ === 0 ? item() : fine) } });
    defineMap(twin, { ...more, MaxConcurrency: 1 });
    const ended = await twin.run('map', { lines });
    expect([ended.status, ended.error]).toEqual([status, error]);
    if (status === 'SUCCEEDED') expect(ended.output).toMatchObject([{ Error: 'NoStock' }, { s: 'ok' }, { s: 'ok' }]);
  });

  it('fails beyond the tolerance', async () => {
    const item = () => {
      throw new FunctionError('NoStock');
    };
    const twin = createTestTwin({ functions: { item } });
    defineMap(twin, { ToleratedFailureCount: 1 });
    expect((await twin.run('map', { lines })).error).toBe('States.ExceedToleratedFailureThreshold');
  });
});
