import { describe, expect, it } from 'vitest';
import { type MemoryCredentials, memoryCredentials } from '../../../shared/testing/memory-credentials.ts';
import { type MemoryStore, memoryStore } from '../../../shared/testing/memory-store.ts';
import { type ChannelInput, putChannel } from './put-channel.ts';

const now = '2026-11-22T09:30:00.000Z';
const input: ChannelInput = {
  channelId: 'webshop',
  name: 'Webshop',
  type: 'api',
  pool: 'online',
  currency: 'USD',
  buffer: 0,
  onShortage: 'refuse',
  endpoint: { kind: 'none' },
  active: true,
};

const portsOf = (store: MemoryStore, { changeCredentials }: MemoryCredentials = memoryCredentials()) => ({
  changeCredentials,
  channel: (channelId: string) => store.get('channel', { channelId }),
  walk: (walkId: string) => store.get('stockWalk', { walkId }),
  commit: store.commit,
});

describe('a channel', () => {
  it('has stock gone over when it is new or sells by other settings, and is told where it can be', async () => {
    const store = memoryStore();
    const put = putChannel(portsOf(store));
    const walk = () => store.get('stockWalk', { walkId: 'channel-webshop' });
    await put(input, now);
    expect(await walk()).toMatchObject({ generation: 1, state: 'RUNNING', events: [{ type: 'StockWalkAsked.v1' }] });
    expect(await walk()).not.toHaveProperty('tell');
    await put({ ...input, name: 'Shop' }, now);
    expect(await walk()).toMatchObject({ generation: 1 });
    const endpoint = { kind: 'webhook', url: 'https://shop.example/stock' } as const;
    await put({ ...input, endpoint }, now);
    expect(await walk()).toMatchObject({ generation: 2, tell: 'online' });
    await put({ ...input, endpoint, active: false }, now);
    await put({ ...input, endpoint, active: false, buffer: 3 }, now);
    expect(await walk()).toMatchObject({ generation: 4, version: 4, tell: 'online' });
  });

  it('has the limits of holds that were stated last', async () => {
    const store = memoryStore();
    const put = putChannel(portsOf(store));
    const holds = { maximumSeconds: 300, maximumUnits: 4, maximumHeld: 5 };
    expect(await put({ ...input, holds, promiseToleranceDays: 2 }, now)).toMatchObject({
      ok: true,
      value: { holds, promiseToleranceDays: 2 },
    });
    await put(input, now);
    expect(await store.get('channel', input)).not.toHaveProperty('holds');
  });

  it('stays ring-fenced when it is changed', async () => {
    const store = memoryStore();
    const put = putChannel(portsOf(store));
    await put(input, now);
    const channel = await store.get('channel', input);
    if (channel === undefined) throw new Error('the channel is gone');
    store.given('channel', { ...channel, fenced: true });
    expect(await put({ ...input, buffer: 2 }, now)).toMatchObject({ ok: true, value: { buffer: 2, fenced: true } });
  });
});

describe('the secrets of a channel', () => {
  const secrets = { signing: 'a-secret', accessToken: 'a-token' };

  it('are kept elsewhere, and stay when it is changed without them', async () => {
    const [store, kept] = [memoryStore(), memoryCredentials()];
    const put = putChannel(portsOf(store, kept));
    const answer = await put({ ...input, secrets }, now);
    await put({ ...input, buffer: 2 }, now);
    await put({ ...input, buffer: 2, secrets: {} }, now);
    expect(await kept.credentials('webshop')).toMatchObject({
      signing: [{ value: 'a-secret', addedAt: now }],
      values: { accessToken: 'a-token' },
    });
    expect(JSON.stringify([answer, await store.get('channel', input)])).not.toMatch(/a-secret|a-token|secrets/);
  });

  it('are replaced without loss: the signing secret before is accepted for a day', async () => {
    const kept = memoryCredentials();
    const put = putChannel(portsOf(memoryStore(), kept));
    await put({ ...input, secrets }, now);
    for (const later of ['2026-11-22T10:00:00.000Z', '2026-11-22T11:00:00.000Z'])
      await put({ ...input, secrets: { signing: 'its-successor' } }, later);
    expect(await kept.credentials('webshop')).toMatchObject({
      signing: [{ value: 'its-successor' }, { value: 'a-secret', until: '2026-11-23T10:00:00.000Z' }],
      values: { accessToken: 'a-token' },
    });
  });

  it('are there before the channel is; a call that crashed in between is mended by its repeat', async () => {
    const [store, kept] = [memoryStore(), memoryCredentials()];
    const ports = portsOf(store, kept);
    const crash = () => Promise.reject(new Error('killed'));
    await expect(putChannel({ ...ports, commit: crash })({ ...input, secrets }, now)).rejects.toThrow('killed');
    expect(await store.get('channel', input)).toBeUndefined();
    const before = await kept.credentials('webshop');
    expect(before.signing).toHaveLength(1);
    expect(await putChannel(ports)({ ...input, secrets }, now)).toMatchObject({ ok: true, value: { version: 1 } });
    expect(await kept.credentials('webshop')).toEqual(before);
    const unwritten = { ...ports, changeCredentials: crash };
    await expect(putChannel(unwritten)({ ...input, buffer: 9, secrets }, now)).rejects.toThrow('killed');
    expect(await store.get('channel', input)).toMatchObject({ buffer: 0 });
  });

  it('are not written by a call that is refused', async () => {
    const kept = memoryCredentials();
    const put = putChannel(portsOf(memoryStore(), kept));
    await put(input, now);
    expect(await put({ ...input, currency: 'EUR', secrets }, now)).toMatchObject({
      refusal: { code: 'state-conflict' },
    });
    expect(await kept.credentials('webshop')).toMatchObject({ signing: [], values: {} });
  });

  it('of two calls at once are both there', async () => {
    const [store, kept] = [memoryStore(), memoryCredentials()];
    const put = putChannel(portsOf(store, kept));
    await Promise.all([
      put({ ...input, secrets: { signing: 'a-secret' } }, now),
      put({ ...input, secrets: { accessToken: 'a-token' } }, now),
    ]);
    expect(await kept.credentials('webshop')).toMatchObject({
      signing: [{ value: 'a-secret' }],
      values: { accessToken: 'a-token' },
    });
    expect(await store.get('channel', input)).toMatchObject({ version: 2 });
  });
});
