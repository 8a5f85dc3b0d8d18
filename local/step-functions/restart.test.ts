import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../../shared/testing/eventually.ts';
import { type Json } from '../aws-service.ts';
import { fastClock } from './testing/fast-clock.ts';
import {
  createTestTwin,
  FunctionError,
  lambdaInvoke,
  machineArn,
  type TestFunction,
  type TestTwin,
} from './testing/twin.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'sfn-restart-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A twin that can be closed and opened again on the same file, at the same speed of time. */
function restartable(name: string, functions: Record<string, TestFunction>, deploy: (twin: TestTwin) => void) {
  const clock = fastClock(100);
  const open = (): TestTwin => {
    const twin = createTestTwin({ file: path.join(folder, `${name}.db`), functions, clock });
    deploy(twin);
    return twin;
  };
  const restart = async (twin: TestTwin): Promise<TestTwin> => {
    await twin.stepFunctions.close();
    twin.db.close();
    const next = open();
    await next.stepFunctions.recover();
    return next;
  };
  return { open, restart };
}

const invoke = (FunctionName: string, more: object = { End: true }) => ({
  Type: 'Task',
  Resource: lambdaInvoke,
  Arguments: { FunctionName, Payload: '{% $states.input %}' },
  Output: '{% $states.result.Payload %}',
  ...more,
});
const ask = (more: object = {}) => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
  Arguments: { QueueUrl: 'q', MessageBody: '{% $states.context.Task.Token %}' },
  End: true,
  ...more,
});
const sentToken = (twin: TestTwin) =>
  eventually(() => twin.calls[0]?.input['MessageBody'] as string | undefined, { everyMs: 2, what: 'the message' });
const idle = (twin: TestTwin) =>
  eventually(() => (twin.stepFunctions.idle() ? true : undefined), { everyMs: 2, what: 'idleness' });

describe('restart', () => {
  it('does not run finished Map items again, nor the wait from its beginning', async () => {
    const counts = new Map<Json, number>();
    const count: TestFunction = (item) => {
      counts.set(item, (counts.get(item) ?? 0) + 1);
      return item;
    };
    const Wait = { Type: 'Wait', Seconds: 40, End: true };
    const { open, restart } = restartable('map', { count }, (twin) =>
      twin.define('saga', {
        R: {
          Type: 'Map',
          Items: '{% $states.input.lines %}',
          ItemProcessor: { StartAt: 'T', States: { T: invoke('count', { Next: 'W' }), W: Wait } },
          Assign: { res: '{% $states.result %}' },
          Next: 'Ask',
        },
        Ask: ask({ Output: { ok: '{% $states.result.ok %}', res: '{% $res %}' } }),
      }),
    );
    let twin = open();
    const begin = performance.now();
    const arn = await twin.start('saga', { lines: ['x', 'y', 'z'] });
    await eventually(() => (counts.size === 3 ? true : undefined), { everyMs: 2 });
    await idle(twin);
    twin = await restart(twin);
    const taskToken = await sentToken(twin);
    expect(performance.now() - begin).toBeLessThan(1500);
    expect(Object.fromEntries(counts)).toEqual({ x: 1, y: 1, z: 1 });
    await idle(twin);
    twin = await restart(twin);
    await twin.call('SendTaskSuccess', { taskToken, output: '{"ok":true}' });
    expect((await twin.ended(arn)).output).toEqual({ ok: true, res: ['x', 'y', 'z'] });
    expect(twin.calls).toEqual([]);
    expect((await twin.call('GetExecutionHistory', { executionArn: arn }))['events']).toHaveLength(39);
  });

  it('keeps a reply that came before the crash', async () => {
    const { open, restart } = restartable('reply', {}, (twin) => twin.define('ask', { A: ask() }));
    let twin = open();
    const arn = await twin.start('ask');
    const taskToken = await sentToken(twin);
    await idle(twin);
    const reply = twin.call('SendTaskSuccess', { taskToken, output: '1' });
    // Down before the frame could go on: the answer alone promises that the reply is kept.
    const closing = twin.stepFunctions.close();
    await reply;
    await closing;
    twin = await restart(twin);
    expect((await twin.ended(arn)).output).toBe(1);
    expect(twin.calls).toEqual([]);
  });

  it('sends the message again if the crash came before it was out', async () => {
    const stuck = createTestTwin({
      file: path.join(folder, 'stuck.db'),
      integrations: () => new Promise(() => undefined),
    });
    stuck.define('ask', { A: ask() });
    const arn = await stuck.start('ask');
    const first = await sentToken(stuck);
    await stuck.stepFunctions.close();
    stuck.db.close();
    const again = createTestTwin({ file: path.join(folder, 'stuck.db') });
    again.define('ask', { A: ask() });
    await again.stepFunctions.recover();
    expect(await sentToken(again)).toBe(first);
    await again.call('SendTaskSuccess', { taskToken: first, output: '"once"' });
    expect((await again.ended(arn)).output).toBe('once');
  });

  it('keeps a heartbeat deadline: neither lost nor begun anew', async () => {
    const { open, restart } = restartable('beat', {}, (twin) =>
      twin.define('ask', { A: ask({ HeartbeatSeconds: 60 }) }),
    );
    let twin = open();
    const arn = await twin.start('ask');
    const taskToken = await sentToken(twin);
    await twin.call('SendTaskHeartbeat', { taskToken });
    const begin = performance.now();
    for (let round = 0; round < 3; round++) {
      await idle(twin);
      twin = await restart(twin);
    }
    await twin.call('SendTaskHeartbeat', { taskToken });
    expect(await twin.status(arn)).toBe('RUNNING');
    twin = await restart(twin);
    expect((await twin.ended(arn)).error).toBe('States.HeartbeatTimeout');
    expect(performance.now() - begin).toBeLessThan(2500);
  });

  it('waits out a retry, keeps its count, and repeats $uuid() arguments', async () => {
    const seen: Json[] = [];
    let stop: () => void = () => undefined;
    const flaky: TestFunction = (payload) => {
      seen.push(payload);
      if (seen.length === 1) throw new FunctionError('Once');
      if (seen.length > 2) return 'done';
      stop();
      return new Promise(() => undefined);
    };
    const Retry = [{ ErrorEquals: ['Once'], IntervalSeconds: 1, MaxAttempts: 1 }];
    const Arguments = { FunctionName: 'flaky', Payload: '{% $uuid() %}' };
    const { open, restart } = restartable('retry', { flaky }, (twin) =>
      twin.define('retry', { A: invoke('flaky', { Arguments, Retry, End: true }) }),
    );
    let twin = open();
    const interrupted = new Promise<void>((resolve) => (stop = resolve));
    const arn = await twin.start('retry');
    await interrupted;
    twin = await restart(twin);
    expect((await twin.ended(arn)).output).toBe('done');
    expect(seen[1]).toBe(seen[2]);
    expect(seen[0]).not.toBe(seen[1]);
  });

  it('goes on with the definition it began with, and keeps names taken', async () => {
    let version = 1;
    const { open, restart } = restartable('version', {}, (twin) =>
      twin.define('ask', { A: ask({ Output: `v${version}` }) }),
    );
    let twin = open();
    const arn = await twin.start('ask', {}, 'n');
    const taskToken = await sentToken(twin);
    await idle(twin);
    version = 2;
    twin = await restart(twin);
    await twin.call('SendTaskSuccess', { taskToken, output: '1' });
    expect((await twin.ended(arn)).output).toBe('v1');
    await expect(twin.start('ask', {}, 'n')).rejects.toMatchObject({ code: 'ExecutionAlreadyExists' });
  });

  it('deletes what is past its retention', async () => {
    const file = path.join(folder, 'prune.db');
    const old = createTestTwin({ file, clock: { ...fastClock(1), now: () => Date.now() - 91 * 86_400_000 } });
    old.define('pass', { A: { Type: 'Pass', End: true } });
    const arn = await old.start('pass');
    await old.ended(arn);
    await old.stepFunctions.close();
    old.db.close();
    const twin = createTestTwin({ file });
    twin.define('pass', { A: { Type: 'Pass', End: true } });
    await twin.run('pass', {}, 'new');
    await twin.stepFunctions.recover();
    const list = await twin.call('ListExecutions', { stateMachineArn: machineArn('pass') });
    expect(list['executions']).toMatchObject([{ name: 'new' }]);
  });
});
