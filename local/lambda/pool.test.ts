import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../../shared/testing/eventually.ts';
import { isObject } from '../template/json.ts';
import { fixturePool } from '../testing/fixture-pool.ts';
import { FunctionPool } from './pool.ts';
import { type LogEntry } from './protocol.ts';

const logs: LogEntry[] = [];
const exits: string[] = [];
let fixture: Awaited<ReturnType<typeof fixturePool>>;

beforeAll(async () => {
  const onLogs = (entries: readonly LogEntry[]): void => void logs.push(...entries);
  fixture = await fixturePool({ onLogs, onHostExit: (status) => exits.push(status) });
});
afterAll(() => fixture.pool.close());

const misbehave = (how: string, which = 'One', extra = {}) =>
  fixture.pool.invoke(fixture.name(`Misbehave${which}`), { how, ...extra });

async function self(which: string) {
  const { payload } = await misbehave('describe', which);
  if (!isObject(payload)) throw new Error('no answer');
  return payload;
}

describe('functions in one isolate', () => {
  it('keeps the environments of concurrent functions apart, from loading on', async () => {
    const answers = await Promise.all([self('One'), self('Two'), self('One'), self('Two')]);
    expect(answers.map(({ secret }) => secret)).toEqual(['One', 'Two', 'One', 'Two']);
    expect(answers.map(({ loadedWith }) => loadedWith)).toEqual(['One', 'Two', 'One', 'Two']);
  });

  it("hides this machine's environment and describes the function", async () => {
    const answer = await self('One');
    expect(answer['home']).toBeNull();
    expect(answer['keys']).toEqual(expect.arrayContaining(['AWS_REGION', 'AWS_ENDPOINT_URL', 'SECRET']));
    expect(answer['functionName']).toBe(fixture.name('MisbehaveOne'));
    expect(answer['arn']).toBe(`arn:aws:lambda:us-east-1:000000000000:function:${fixture.name('MisbehaveOne')}`);
    expect(answer['remaining']).toBeGreaterThan(500);
  });

  it('tags what a function prints', async () => {
    await misbehave('log', 'Two', { text: 'hello' });
    const entry = await eventually(() => logs.find(({ text }) => text === 'hello\n'));
    expect(entry).toMatchObject({ functionName: fixture.name('MisbehaveTwo'), stream: 'stdout' });
    expect(entry.requestId).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('counts each cold start once', () => {
    const cold = fixture.pool.statistics.coldStarts().map(({ functionName }) => functionName);
    expect(cold.filter((name) => name === fixture.name('MisbehaveOne'))).toHaveLength(1);
  });
});

describe('failures', () => {
  it('reports an exception as Lambda does', async () => {
    const { payload, functionError } = await misbehave('throw');
    expect(functionError).toBe('Unhandled');
    expect(payload).toMatchObject({ errorType: 'TypeError', errorMessage: 'as asked' });
  });

  it('times out', async () => {
    const { payload, functionError } = await misbehave('wait');
    expect(functionError).toBe('Unhandled');
    expect(payload).toMatchObject({
      errorType: 'Sandbox.Timedout',
      errorMessage: expect.stringMatching(/Task timed out after 1.00 seconds$/) as string,
    });
  });

  it('refuses an answer over 6 MB', async () => {
    const { payload } = await misbehave('large');
    expect(payload).toMatchObject({ errorType: 'Function.ResponseSizeTooLarge' });
  });

  it('refuses a request over 6 MB and an unknown function', async () => {
    await expect(misbehave('x'.repeat(7_000_000))).rejects.toMatchObject({ code: 'RequestEntityTooLargeException' });
    await expect(fixture.pool.invoke('nobody', {})).rejects.toMatchObject({ code: 'ResourceNotFoundException' });
  });

  it('stops waiting when its caller does', async () => {
    const controller = new AbortController();
    const waiting = fixture.pool.invoke(fixture.name('MisbehaveOne'), { how: 'wait' }, controller.signal);
    controller.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
  });

  it('survives a function that ends the process, and fails what ran beside it', async () => {
    const beside = misbehave('wait', 'Two');
    const { payload } = await misbehave('exit');
    expect(payload).toMatchObject({ errorType: 'Runtime.ExitError' });
    expect((await beside).payload).toMatchObject({ errorType: 'Runtime.ExitError' });
    expect(exits).toContain('exit status 7');
    expect((await self('One'))['secret']).toBe('One');
  });

  it('replaces a host that a function blocks', async () => {
    const before = exits.length;
    const { payload } = await misbehave('hang');
    expect(payload).toMatchObject({ errorType: 'Sandbox.Timedout' });
    await eventually(() => exits.slice(before).find((status) => status === 'signal: SIGKILL'));
    expect((await self('Two'))['secret']).toBe('Two');
  });
});

describe('functions apart', () => {
  it('answer while another blocks its process, and do not end with it', async () => {
    const two = fixture.name('MisbehaveTwo');
    const ended: string[] = [];
    const { pool } = await fixturePool({ apart: new Set([two]), onHostExit: (status) => ended.push(status) });
    try {
      expect(new Set(pool.pids).size).toBe(2);
      await pool.invoke(two, { how: 'describe' });
      const blocked = pool.invoke(fixture.name('MisbehaveOne'), { how: 'hang' });
      const answered = pool.invoke(two, { how: 'describe' });
      expect(await Promise.race([blocked, answered])).toMatchObject({ payload: { secret: 'Two' } });
      await blocked;
      const beside = pool.invoke(two, { how: 'wait' });
      expect(await eventually(() => ended[0])).toBe('signal: SIGKILL');
      expect((await beside).payload).toMatchObject({ errorType: 'Sandbox.Timedout' });
      expect(ended).toHaveLength(1);
    } finally {
      pool.close();
    }
  });
});

describe('concurrency', () => {
  it('throttles over the reserved concurrency', async () => {
    const config = fixture.functions.find(({ name }) => name === fixture.name('MisbehaveOne'));
    if (!config) throw new Error('missing');
    const pool = new FunctionPool({ functions: [{ ...config, reservedConcurrency: 1 }], environmentOf: () => ({}) });
    try {
      const running = pool.invoke(config.name, { how: 'describe' });
      await expect(pool.invoke(config.name, {})).rejects.toMatchObject({
        code: 'TooManyRequestsException',
        status: 429,
      });
      await running;
    } finally {
      pool.close();
    }
  });
});
