import { describe, expect, it } from 'vitest';
import { type ChannelType } from '../../../../shared/contracts/network/channel-types.ts';
import { ok } from '../../../../shared/kernel/result.ts';
import { connectors } from '../../connectors/index.ts';
import { channelWorld as world, connector, input } from '../../fixtures/channel-world.ts';
import { now } from '../../fixtures/now.ts';
import { listChannelTypes } from './channel-types.ts';
import { createChannel } from './create-channel.ts';

const shop = { apiUrl: 'https://shop.example.com' };
const square = { notificationUrl: 'https://oms.example/webhooks/square' };
const adobe = { apiUrl: 'https://shop.example.com' };
const oauth = ['consumerKey', 'consumerSecret', 'accessTokenSecret'];

describe('adding a channel', () => {
  it('is one call: the channel, its credentials, and where its webhooks go', async () => {
    const { store, ports, kept } = world();
    expect(await createChannel(ports)({ input: input(), now })).toMatchObject({
      ok: true,
      value: { channelId: 'bc-us', version: 1, webhookPath: '/webhooks/bc-us' },
    });
    expect(await kept.credentials('bc-us')).toMatchObject({ values: { accessToken: 'token' } });
    expect(JSON.stringify(store.all('channel'))).not.toContain('token');
  });

  it('says what its stock lacks, also when the call is made again', async () => {
    const lacksSetting = () => 'give its setting locationId';
    const { ports } = world({
      ...connector,
      availability: { batch: 1, publish: () => Promise.resolve(new Map()), lacksSetting },
    });
    const once = { key: 'add', requestHash: 'h' };
    for (let times = 0; times < 2; times += 1)
      expect(await createChannel(ports)({ input: input(), now, once })).toMatchObject({
        value: { warnings: ['bc-us is told of no stock: give its setting locationId (PUT /v1/channels/bc-us).'] },
      });
  });

  it('names everything that its type needs, or does not know, and writes nothing', async () => {
    const { store, ports, kept } = world();
    const call = input({ settings: { storeid: '7' }, credentials: { values: { acessToken: 'token' } } });
    expect(await createChannel(ports)({ input: call, now })).toMatchObject({
      refusal: {
        code: 'invalid-request',
        errors: [
          { pointer: '/settings/storeId', detail: 'is needed: The number of the store.' },
          { pointer: '/settings/storeid', detail: 'is none of apiUrl, storeId' },
          { pointer: '/credentials/values/accessToken', detail: 'is needed: A token of the store.' },
          { pointer: '/credentials/values/acessToken', detail: 'is none of accessToken' },
        ],
      },
    });
    expect(store.all('channel')).toHaveLength(1);
    expect((await kept.credentials('bc-us')).values).toEqual({});
  });

  it.each([
    ['shopify', {}, shop, ['/credentials/values/accessToken']],
    ['shopify', { clientId: 'id' }, shop, ['/credentials/values/clientSecret']],
    ['shopify', { clientSecret: 'secret' }, shop, ['/credentials/values/clientId']],
    ['square', { clientId: 'id', refreshToken: 'token' }, square, ['/credentials/values/clientSecret']],
    ['adobe', { accessToken: 'token' }, adobe, oauth.map((name) => `/credentials/values/${name}`)],
  ] as const)('of type %s with %j names the credentials that it lacks', async (type, values, settings, pointers) => {
    const { store, ports } = world();
    const real = { ...ports, connectorOf: (one: ChannelType) => connectors[one] };
    const refused = await createChannel(real)({ input: input({ type, settings, credentials: { values } }), now });
    if (refused.ok) throw new Error('it is not refused');
    expect(refused.refusal.errors?.map(({ pointer }) => pointer)).toEqual(pointers);
    expect(refused.refusal.errors?.every(({ detail }) => detail.startsWith('is needed'))).toBe(true);
    expect(store.all('channel')).toHaveLength(1);
  });

  it.each([
    ['shopify', { accessToken: 'token' }, shop],
    ['shopify', { clientId: 'id', clientSecret: 'secret' }, shop],
    ['square', { accessToken: 'token' }, square],
    ['square', { clientId: 'id', clientSecret: 'secret', refreshToken: 'token' }, square],
    ['adobe', { accessToken: 'token' }, { ...adobe, auth: 'bearer' }],
  ] as const)('of type %s with %j has all', async (type, values, settings) => {
    const { ports } = world();
    const real = { ...ports, connectorOf: (one: ChannelType) => connectors[one] };
    const added = await createChannel(real)({ input: input({ type, settings, credentials: { values } }), now });
    expect(added).toMatchObject({ ok: true });
  });

  it('of type shopify needs an address, its own or that of its endpoint', async () => {
    const { ports } = world();
    const add = createChannel({ ...ports, connectorOf: (one: ChannelType) => connectors[one] });
    const credentials = { values: { accessToken: 'token' } };
    const call = input({ type: 'shopify', settings: {}, credentials });
    expect(await add({ input: call, now })).toMatchObject({ refusal: { errors: [{ pointer: '/settings/apiUrl' }] } });
    const endpoint = { kind: 'shopify', url: 'https://shop.example.com', locationId: '1' } as const;
    expect(await add({ input: { ...call, endpoint }, now })).toMatchObject({ ok: true });
  });

  it('with an endpoint of kind webhook needs the secret that signs what goes there', async () => {
    const { ports } = world();
    const add = createChannel({ ...ports, connectorOf: (one: ChannelType) => connectors[one] });
    const endpoint = { kind: 'webhook', url: 'https://shop.example.com' } as const;
    const call = input({ type: 'webhook', settings: {}, credentials: {}, endpoint });
    expect(await add({ input: call, now })).toMatchObject({
      refusal: { code: 'invalid-request', errors: [{ pointer: '/credentials/signing' }] },
    });
    expect(await add({ input: { ...call, credentials: { signing: 'a-secret' } }, now })).toMatchObject({ ok: true });
  });

  it('refuses what cannot be, all of it at once, and stores nothing', async () => {
    const { store, ports, kept } = world();
    const endpoint = { kind: 'webhook', url: 'garbage' } as const;
    const call = input({
      pool: 'nowhere',
      locations: { till: 'nowhere' },
      endpoint,
      settings: { storeId: '7', apiUrl: 'x' },
    });
    const refused = await createChannel(ports)({ input: call, now });
    expect(refused.ok ? [] : refused.refusal.errors?.map(({ pointer }) => pointer)).toEqual([
      '/settings/apiUrl',
      '/endpoint/url',
      '/pool',
      '/locations/till',
    ]);
    expect(store.all('channel')).toHaveLength(1);
    expect((await kept.credentials('bc-us')).values).toEqual({});
  });

  it('is done once under a key, and refused for a channel that is there', async () => {
    const { ports, kept } = world();
    const once = { key: 'k1', requestHash: 'hash' };
    const first = await createChannel(ports)({ input: input(), now, once });
    kept.given('bc-us', { ...(await kept.credentials('bc-us')), values: { accessToken: 'newer' } });
    expect(await createChannel(ports)({ input: input(), now, once })).toEqual(first);
    expect((await kept.credentials('bc-us')).values).toEqual({ accessToken: 'newer' });
    expect(await createChannel(ports)({ input: input(), now })).toMatchObject({ refusal: { code: 'state-conflict' } });
    expect((await kept.credentials('bc-us')).values).toEqual({ accessToken: 'newer' });
  });

  it('is finished by a repeat when it crashed after its credentials were written', async () => {
    const { store, ports } = world();
    const broken = { ...ports, commit: () => Promise.reject(new Error('killed')) };
    await expect(createChannel(broken)({ input: input(), now })).rejects.toThrow('killed');
    expect(await createChannel(ports)({ input: input(), now })).toMatchObject({ ok: true });
    expect(store.all('channel')).toHaveLength(2);
  });

  it('is asked for its orders from that moment on, where it must be asked', async () => {
    const page = () => Promise.resolve(ok({ deliveries: [] }));
    const { ports } = world({ ...connector, poll: { everySeconds: 60, overlapSeconds: 10, page } });
    await createChannel(ports)({ input: input(), now });
    expect(await ports.poll('bc-us')).toMatchObject({ kind: 'live', from: now, dueAt: now });
  });

  it('is told by its type what it needs', () => {
    const { types } = listChannelTypes(world().ports);
    expect(types.find(({ type }) => type === 'bigcommerce')).toMatchObject({
      abilities: ['webhooks', 'check'],
      settings: { storeId: { required: true } },
      signing: 'The secret of the webhook.',
    });
    expect(types.find(({ type }) => type === 'api')).toEqual({
      type: 'api',
      abilities: [],
      settings: {},
      credentials: {},
    });
  });
});
