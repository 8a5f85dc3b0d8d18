import { describe, expect, it } from 'vitest';
import { ok, refuse } from '../../../../shared/kernel/result.ts';
import { type Once } from '../../../../shared/model/changes.ts';
import { memoryCredentials } from '../../../../shared/testing/memory-credentials.ts';
import { aLocation } from '../../../../shared/testing/world.ts';
import { connectors } from '../../connectors/index.ts';
import { type ChannelType } from '../../../../shared/contracts/network/channel-types.ts';
import { connectionOf } from '../../fixtures/connection.ts';
import { now } from '../../fixtures/now.ts';
import { channelOf, worldOf } from '../../fixtures/world.ts';
import { type Connector } from '../connector.ts';
import { retryWaiting } from '../retry-waiting.ts';
import { listChannelTypes } from './channel-types.ts';
import { type CreateChannelCall, createChannel } from './create-channel.ts';
import { pauseChannel } from './pause-channel.ts';
import { testChannel } from './test-channel.ts';

const connector: Connector = {
  needs: {
    endpoint: 'webhook',
    settings: {
      apiUrl: { required: false, what: 'Where the API is.', default: 'https://example.com', form: 'url' },
      storeId: { required: true, what: 'The number of the store.' },
    },
    credentials: { accessToken: { required: true, what: 'A token of the store.' } },
    signing: 'The secret of the webhook.',
  },
  takeIn: () => Promise.resolve(ok([{ deliveryId: '1', topic: 'order' }])),
  check: () => Promise.resolve([{ name: 'orders', ok: true, detail: 'They can be read.' }]),
};

function world(one: Connector = connector) {
  const { store, ports: plain } = worldOf(channelOf({ channelId: 'taken', type: 'api' }));
  store.given('location', aLocation('boston'));
  const kept = memoryCredentials();
  const records = new Map<string, Once>();
  const ports: typeof plain & { answered: (key: string) => Promise<Once | undefined> } & typeof kept = {
    ...plain,
    ...kept,
    answered: (key) => Promise.resolve(records.get(key)),
    connectorOf: (type) => (type === 'bigcommerce' ? one : {}),
    connection: async (channel) => {
      const { signing, values } = await kept.credentials(channel.channelId);
      return connectionOf(channel, { signing: signing.map(({ value }) => value), values: { ...values } });
    },
    commit: async (changes, once) => {
      const outcome = await store.commit(changes, once);
      if (outcome.ok && once) records.set(once.key, once);
      return outcome;
    },
  };
  return { store, ports, kept };
}

const shop = { apiUrl: 'https://shop.example.com' };
const square = { notificationUrl: 'https://oms.example/webhooks/square' };
const adobe = { apiUrl: 'https://shop.example.com' };
const oauth = ['consumerKey', 'consumerSecret', 'accessTokenSecret'];

const input = (over: Partial<CreateChannelCall['input']> = {}): CreateChannelCall['input'] => {
  const {
    version: _version,
    updatedAt: _updatedAt,
    ...fields
  } = channelOf({ channelId: 'bc-us', type: 'bigcommerce' });
  const credentials = { signing: 'a-signing-secret', values: { accessToken: 'token' } };
  return { ...fields, settings: { storeId: '7' }, credentials, ...over };
};

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

  it('shows a check that breaks as one that failed', async () => {
    const { ports } = world({ ...connector, check: () => Promise.reject(new Error('no route')) });
    await createChannel(ports)({ input: input(), now });
    expect(await testChannel(ports)('bc-us')).toMatchObject({ value: { ok: false } });
  });
});

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

  it('is refused for a channel that is not there', async () => {
    const { ports } = world();
    expect(await pauseChannel(ports)({ channelId: 'nowhere', paused: true, now })).toMatchObject({
      refusal: { code: 'not-found' },
    });
  });
});
