import { describe, expect, it } from 'vitest';
import { channelWorld as world, input } from '../../fixtures/channel-world.ts';
import { now } from '../../fixtures/now.ts';
import { retryWaiting } from '../retry-waiting.ts';
import { createChannel } from './create-channel.ts';
import { pauseChannel } from './pause-channel.ts';

describe('pausing a channel', () => {
  it('keeps what it delivers until it is resumed, once each', async () => {
    const { store, ports } = world();
    await createChannel(ports)({ input: input(), now });
    const pause = (paused: boolean) => pauseChannel(ports)({ channelId: 'bc-us', paused, now });
    expect(await pause(true)).toMatchObject({ value: { paused: true, version: 2 } });
    expect(await pause(true)).toMatchObject({ value: { paused: true, version: 2 } });
    const about = {
      inboxId: 'in_1',
      channelId: 'bc-us',
      deliveryId: 'd1',
      topic: 'order',
      receivedAt: now,
      body: Buffer.alloc(0),
    };
    store.given('inboxMessage', { ...about, state: 'WAITING', version: 2, updatedAt: now, events: [] });
    expect(await retryWaiting(ports)(now)).toBe(0);
    await pause(false);
    expect(await store.get('stockWalk', { walkId: 'channel-bc-us' })).toMatchObject({ state: 'RUNNING' });
    expect(await retryWaiting(ports)(now)).toBe(1);
    expect(await retryWaiting(ports)(now)).toBe(0);
    expect(store.all('inboxMessage')).toMatchObject([{ state: 'RECEIVED', events: [{ type: 'WebhookReceived.v1' }] }]);
  });

  it('has a channel told anew when it is resumed, also one that is connected by settings', async () => {
    const { store, ports } = world();
    await createChannel(ports)({ input: input(), now });
    for (const paused of [true, false]) await pauseChannel(ports)({ channelId: 'bc-us', paused, now });
    expect(await store.get('stockWalk', { walkId: 'channel-bc-us' })).toMatchObject({ generation: 2, tell: 'online' });
  });

  it('is refused for a channel that is not there', async () => {
    const { ports } = world();
    expect(await pauseChannel(ports)({ channelId: 'nowhere', paused: true, now })).toMatchObject({
      refusal: { code: 'not-found' },
    });
  });
});
