import { describe, expect, it, vi } from 'vitest';
import { ok, refuse } from '../../../shared/kernel/result.ts';
import { plusSeconds } from '../../../shared/kernel/time.ts';
import { rotated } from '../../../shared/model/network/credentials.ts';
import { memoryCredentials } from '../../../shared/testing/memory-credentials.ts';
import { now } from '../fixtures/now.ts';
import { channelOf } from '../fixtures/world.ts';
import { type ConnectionParts, connections } from './connection.ts';

const channel = channelOf({ channelId: 'shop', type: 'square' });
const order = { operation: 'order', method: 'GET', url: 'https://shop.example/orders/1' } as const;
const minted = (token: string) => vi.fn(() => Promise.resolve(ok({ token, expiresInSeconds: 3600 })));

function world() {
  const kept = memoryCredentials();
  const looked = vi.fn<ConnectionParts['credentialsOf']>((channelId) => kept.credentials(channelId));
  const call = vi.fn<ConnectionParts['call']>(() =>
    Promise.resolve(ok({ status: 200, headers: {}, body: Buffer.alloc(0) })),
  );
  let time = now;
  const changeCredentials = vi.fn(kept.changeCredentials);
  const to = connections({ credentialsOf: looked, changeCredentials, call, now: () => time });
  return {
    kept,
    looked,
    call,
    changeCredentials,
    to,
    pass: (seconds: number) => void (time = plusSeconds(time, seconds)),
  };
}

describe('a connection', () => {
  it('has the credentials that are known, as old as it may be', async () => {
    const { kept, looked, to, pass } = world();
    kept.given('shop', rotated({ signing: [{ value: 'old', addedAt: now }], values: { key: 'x' } }, 'new', now, 60));
    expect((await to(channel, undefined)).credentials).toEqual({ signing: ['new', 'old'], values: { key: 'x' } });
    pass(60);
    expect((await to(channel, undefined, { fresh: true })).credentials.signing).toEqual(['new']);
    await to(channel, undefined, { anew: true });
    expect(looked.mock.calls).toEqual([
      ['shop', {}],
      ['shop', { fresh: true }],
      ['shop', { anew: true }],
    ]);
  });

  it('calls within the limit of the operation', async () => {
    const { call, to } = world();
    const limits = { order: { perSecond: 2, burst: 20 } };
    await (await to(channel, limits)).call(order);
    await (await to(channel, limits)).call({ ...order, operation: 'other' });
    expect(call.mock.calls.map(([, , limit]) => limit)).toEqual([limits.order, undefined]);
  });

  it.each([
    [200, 1],
    [404, 1],
    [401, 2],
    [403, 2],
  ])(
    'that is answered %i has looked at the credentials %i times: a refused one may have been replaced',
    async (status, times) => {
      const { call, looked, to } = world();
      call.mockResolvedValue(ok({ status, headers: {}, body: Buffer.alloc(0) }));
      const connection = await to(channel, undefined);
      expect(await connection.call(order)).toMatchObject({ ok: true, value: { status } });
      expect(looked).toHaveBeenCalledTimes(times);
      if (times === 2) expect(looked).toHaveBeenLastCalledWith('shop', { fresh: true });
    },
  );
});

describe('a token', () => {
  it('is made once for all connections of a channel, and of each channel by itself', async () => {
    const { to } = world();
    const [mint, other] = [minted('one'), minted('two')];
    for (let calls = 0; calls < 3; calls += 1)
      expect(await (await to(channel, undefined)).token('access', mint)).toEqual(ok('one'));
    const second = channelOf({ channelId: 'second', type: 'square' });
    expect(await (await to(second, undefined)).token('access', other)).toEqual(ok('two'));
    expect(mint).toHaveBeenCalledTimes(1);
  });

  it('is made by a connection that is made anew for itself alone: what lasts still may be of earlier credentials', async () => {
    const { to } = world();
    const [mint, fresh] = [minted('one'), minted('two')];
    await (await to(channel, undefined)).token('access', mint);
    expect(await (await to(channel, undefined, { anew: true })).token('access', fresh)).toEqual(ok('two'));
    expect(await (await to(channel, undefined)).token('access', mint)).toEqual(ok('one'));
    expect(mint).toHaveBeenCalledTimes(1);
  });

  it('that is forgotten is made again', async () => {
    const { to } = world();
    const mint = minted('one');
    const connection = await to(channel, undefined);
    await connection.token('access', mint);
    connection.forgetToken('access');
    await connection.token('access', mint);
    expect(mint).toHaveBeenCalledTimes(2);
  });

  it('that cannot be made has the credentials looked at again, and the next connection tries with those', async () => {
    const { kept, looked, to } = world();
    const failing = () => Promise.resolve(refuse('provider-unavailable', 'That refresh token is used up.'));
    expect(await (await to(channel, undefined)).token('access', failing)).toMatchObject({ ok: false });
    expect(looked).toHaveBeenLastCalledWith('shop', { fresh: true });
    kept.given('shop', { values: { refreshToken: 'the next one' } });
    const next = await to(channel, undefined);
    expect(next.credentials.values).toEqual({ refreshToken: 'the next one' });
    expect(await next.token('access', minted('one'))).toEqual(ok('one'));
  });
});

describe('credentials that a channel gives anew', () => {
  it('are kept, beside what is there', async () => {
    const { kept, to } = world();
    kept.given('shop', {
      signing: [{ value: 'secret', addedAt: now }],
      values: { refreshToken: 'one', clientId: 'id' },
    });
    await (await to(channel, undefined)).keep({ refreshToken: 'two' });
    expect(await kept.credentials('shop')).toMatchObject({
      signing: [{ value: 'secret' }],
      values: { refreshToken: 'two', clientId: 'id' },
      since: { refreshToken: now },
    });
  });

  it('that cannot be kept break what is done: the old ones are good no more', async () => {
    const { changeCredentials, to } = world();
    changeCredentials.mockResolvedValue(refuse('too-busy', 'Others keep changing them.'));
    await expect((await to(channel, undefined)).keep({ refreshToken: 'two' })).rejects.toThrow(/not kept.*Others/);
  });
});
