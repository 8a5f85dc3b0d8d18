import { describe, expect, it } from 'vitest';
import { type ChannelType } from '../../../../shared/contracts/network/channel-types.ts';
import { refuse } from '../../../../shared/kernel/result.ts';
import { connectors } from '../../connectors/index.ts';
import { noNeeds } from '../connector-needs.ts';
import { channelWorld as world, connector, input } from '../../fixtures/channel-world.ts';
import { connectionOf } from '../../fixtures/connection.ts';
import { now } from '../../fixtures/now.ts';
import { channelOf } from '../../fixtures/world.ts';
import { createChannel } from './create-channel.ts';
import { pauseChannel } from './pause-channel.ts';
import { testChannel } from './test-channel.ts';

describe('testing a connection', () => {
  it('says what works', async () => {
    const { ports } = world();
    await createChannel(ports)({ input: input(), now });
    expect(await testChannel(ports)('bc-us')).toMatchObject({
      value: {
        ok: true,
        checks: [
          { name: 'settings and credentials', ok: true },
          { name: 'signing secret', ok: true },
          { name: 'working', ok: true },
          { name: 'orders', ok: true },
        ],
      },
    });
  });

  it('does not say of a check that it is repeated: a test is not', async () => {
    const check = () => Promise.resolve([{ name: 'orders', ok: false, detail: 'It answered 503. It is tried again.' }]);
    const { ports } = world({ ...connector, check });
    await createChannel(ports)({ input: input(), now });
    const report = await testChannel(ports)('bc-us');
    expect(report.ok && report.value.checks.at(-1)?.detail).toBe('It answered 503.');
  });

  it('says what is missing and how to mend it, and asks the channel nothing while it cannot be spoken to', async () => {
    const { store, ports } = world();
    store.given('channel', channelOf({ channelId: 'bc-us', type: 'bigcommerce', active: false }));
    const report = await testChannel(ports)('bc-us');
    expect(report).toMatchObject({ value: { ok: false } });
    expect(report.ok && report.value.checks.map(({ name, ok: good }) => [name, good])).toEqual([
      ['settings and credentials', false],
      ['signing secret', false],
      ['working', false],
    ]);
    expect(JSON.stringify(report)).toContain('The number of the store.');
    expect(JSON.stringify(report)).not.toContain('{channelId}');
  });

  it('says that what is there was not tried out where nothing tries it, and how to resume', async () => {
    const { check: _check, ...silent } = connector;
    const { ports } = world(silent);
    await createChannel(ports)({ input: input(), now });
    await pauseChannel(ports)({ channelId: 'bc-us', paused: true, now });
    const report = await testChannel(ports)('bc-us');
    const details = report.ok ? report.value.checks.map(({ detail }) => detail) : [];
    expect(details[0]).toBe('All that this type of channel needs is there; nothing has tried them out.');
    expect(details.at(-1)).toBe('The channel is paused: resume it with POST /v1/channels/bc-us/resume.');
  });

  it.each(Object.entries(connectors))('of type %s looks at each thing once', async (type, one) => {
    const channel = channelOf({
      channelId: 'shop',
      type: type as ChannelType,
      settings: { apiUrl: 'http://127.0.0.1:1' },
    });
    const call = () => Promise.resolve(refuse('provider-unavailable', 'Nobody is there.'));
    const connection = connectionOf(channel, { call, signing: ['a-secret'] });
    const names = ((await one.check?.(connection)) ?? []).map(({ name }) => name);
    expect(names).not.toContain('signing secret');
    expect(new Set(names).size).toBe(names.length);
  });

  it('says which setting its stock lacks, and holds nothing else up by it', async () => {
    const lacksSetting = () => 'give its setting locationId';
    const availability = { batch: 1, publish: () => Promise.resolve(new Map()), lacksSetting };
    const { ports } = world({ ...connector, needs: { ...noNeeds, endpoint: 'shopify' }, availability });
    const wakes: string[] = [];
    const wake = (_channelId: string, lane: string) => Promise.resolve(void wakes.push(lane));
    const { storeId: _storeId, ...settings } = input().settings ?? {};
    await createChannel(ports)({ input: input({ settings, credentials: { signing: 'a-signing-secret' } }), now });
    await ports.lanes.ask({ channelId: 'bc-us', lane: 'orders' }, now);
    await ports.lanes.take({ channelId: 'bc-us', lane: 'orders' }, { by: 'w', now, until: now });
    const report = await testChannel({ ...ports, wake })('bc-us');
    const detail = 'bc-us is told of no stock: give its setting locationId (PUT /v1/channels/bc-us).';
    expect(report.ok && report.value.checks.at(-1)).toEqual({ name: 'stock', ok: false, detail });
    expect(report).toMatchObject({ value: { ok: false } });
    expect(wakes).toEqual(['orders']);
  });

  it('says nothing of stock where a channel has no endpoint: it wants to be told nothing', async () => {
    const lacksSetting = () => 'give it an endpoint';
    const availability = { batch: 1, publish: () => Promise.resolve(new Map()), lacksSetting };
    const { ports } = world({ ...connector, availability });
    await createChannel(ports)({ input: input(), now });
    expect(await testChannel(ports)('bc-us')).toMatchObject({ value: { ok: true } });
  });

  it('shows a check that breaks as one that failed', async () => {
    const { ports } = world({ ...connector, check: () => Promise.reject(new Error('no route')) });
    await createChannel(ports)({ input: input(), now });
    expect(await testChannel(ports)('bc-us')).toMatchObject({ value: { ok: false } });
  });
});
