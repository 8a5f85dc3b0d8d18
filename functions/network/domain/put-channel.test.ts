import { describe, expect, it } from 'vitest';
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

const portsOf = (store: MemoryStore) => ({
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

  it('keeps its secrets and that it is ring-fenced when it is changed', async () => {
    const store = memoryStore();
    const put = putChannel(portsOf(store));
    await put({ ...input, secrets: { signing: 'a-secret' } }, now);
    const channel = await store.get('channel', input);
    if (channel === undefined) throw new Error('the channel is gone');
    store.given('channel', { ...channel, fenced: true });
    expect(await put({ ...input, buffer: 2 }, now)).toMatchObject({ ok: true, value: { buffer: 2, fenced: true } });
    expect(await store.get('channel', input)).toMatchObject({ secrets: { signing: 'a-secret' }, fenced: true });
  });
});
