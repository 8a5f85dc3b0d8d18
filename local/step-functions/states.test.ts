import { describe, expect, it } from 'vitest';
import { fastClock } from './testing/fast-clock.ts';
import { createTestTwin, lambdaInvoke } from './testing/twin.ts';

describe('Task, Pass and variables', () => {
  it('evaluates arguments, assigns from the result and passes the output on', async () => {
    const twin = createTestTwin({ functions: { echo: (payload) => payload } });
    const Arguments = {
      FunctionName: 'echo',
      Payload: { n: '{% $states.input.n + 1 %}', id: '{% $states.context.Execution.Name %}' },
    };
    twin.define('task', {
      A: {
        Type: 'Task',
        Resource: lambdaInvoke,
        Arguments,
        Assign: { seen: '{% $states.result.Payload.n %}' },
        Output: '{% $states.result.Payload %}',
        Next: 'B',
      },
      B: { Type: 'Pass', Output: { v: '{% $seen * 10 %}', prev: '{% $states.input %}' }, End: true },
    });
    const ended = await twin.run('task', { n: 1 }, 'ex1');
    expect(ended).toEqual({ status: 'SUCCEEDED', output: { v: 20, prev: { n: 2, id: 'ex1' } } });
  });

  it('evaluates Output with the variables from before Assign', async () => {
    const twin = createTestTwin();
    twin.define('assign', {
      A: { Type: 'Pass', Assign: { x: 1 }, Next: 'B' },
      B: { Type: 'Pass', Assign: { x: 2, y: '{% $x %}' }, Output: '{% $x %}', Next: 'C' },
      C: { Type: 'Pass', Output: '{% [$states.input, $x, $y] %}', End: true },
    });
    expect((await twin.run('assign')).output).toEqual([1, 2, 1]);
  });
});

describe('Choice', () => {
  const states = {
    C: {
      Type: 'Choice',
      Choices: [
        {
          Condition: "{% $states.input.total > 100 and $states.input.ch = 'web' %}",
          Assign: { big: true },
          Output: '{% $states.input.total %}',
          Next: 'Y',
        },
      ],
      Default: 'N',
    },
    Y: { Type: 'Pass', Output: { big: '{% $big %}', t: '{% $states.input %}' }, End: true },
    N: { Type: 'Fail', Error: 'Small', Cause: "{% 'total was ' & $states.input.total %}" },
  };

  it('takes the first rule that is true, with its output and variables', async () => {
    const twin = createTestTwin();
    twin.define('choice', states);
    expect((await twin.run('choice', { total: 101, ch: 'web' })).output).toEqual({ big: true, t: 101 });
  });

  it('takes the default, and a Fail state ends the execution', async () => {
    const twin = createTestTwin();
    twin.define('choice', states);
    const ended = await twin.run('choice', { total: 5, ch: 'web' });
    expect(ended).toEqual({ status: 'FAILED', error: 'Small', cause: 'total was 5' });
  });

  it('fails without a match, and for a condition that is not boolean', async () => {
    const twin = createTestTwin();
    const choice = (Condition: string) => ({
      C: { Type: 'Choice', Choices: [{ Condition, Next: 'Y' }] },
      Y: { Type: 'Succeed' },
    });
    twin.define('none', choice('{% false %}'));
    twin.define('odd', choice('{% 1 %}'));
    expect((await twin.run('none')).error).toBe('States.NoChoiceMatched');
    expect((await twin.run('odd')).error).toBe('States.QueryEvaluationError');
  });
});

describe('Wait', () => {
  it('sleeps to a timestamp', async () => {
    const clock = fastClock(100);
    const twin = createTestTwin({ clock });
    twin.define('wait', {
      W: { Type: 'Wait', Timestamp: '{% $states.input.at %}', Assign: { slept: true }, Next: 'S' },
      S: { Type: 'Succeed', Output: { done: '{% $slept %}' } },
    });
    const begin = performance.now();
    const at = new Date(clock.now() + 30_000).toISOString();
    expect((await twin.run('wait', { at })).output).toEqual({ done: true });
    expect(performance.now() - begin).toBeGreaterThan(290);
  });

  it('sleeps for seconds that an expression gives', async () => {
    const twin = createTestTwin();
    twin.define('wait', { W: { Type: 'Wait', Seconds: '{% $states.input.s %}', End: true } });
    const begin = performance.now();
    expect((await twin.run('wait', { s: 10 })).output).toEqual({ s: 10 });
    expect(performance.now() - begin).toBeGreaterThanOrEqual(99);
  });
});

describe('machine timeout', () => {
  it('ends the execution as TIMED_OUT', async () => {
    const twin = createTestTwin();
    twin.define('slow', { W: { Type: 'Wait', Seconds: 500, End: true } }, { TimeoutSeconds: 2 });
    expect(await twin.run('slow')).toEqual({ status: 'TIMED_OUT', error: 'States.Timeout' });
    expect(twin.stepFunctions.idle()).toBe(true);
  });
});
