import { describe, expect, it } from 'vitest';
import { memoryCredentials } from '../../../../shared/testing/memory-credentials.ts';
import { aStore, input, now, portsOf } from '../../fixtures/put-channel-world.ts';
import { type ChannelInput, putChannel } from './put-channel.ts';

describe('a channel', () => {
  it('has stock gone over when it is new or sells by other settings, and is told where it can be', async () => {
    const store = aStore();
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

  it.each([
    ['another buffer', { buffer: 3 }],
    ['that it is not active', { active: false }],
    ['stock by location', { stockByLocation: true, locations: { '1': 'boston' } }],
    ['another address', { settings: { apiUrl: 'https://other.example' } }],
  ])('that is connected by settings is told anew by %s, and not by its name', async (_what, other) => {
    const store = aStore();
    const put = putChannel(portsOf(store));
    const shop = { ...input, type: 'shopify', settings: { apiUrl: 'https://shop.example' } } as const;
    const walk = () => store.get('stockWalk', { walkId: 'channel-webshop' });
    await put(shop, now);
    expect(await walk()).toMatchObject({ generation: 1, tell: 'online' });
    await put({ ...shop, name: 'Shop' }, now);
    expect(await walk()).toMatchObject({ generation: 1 });
    await put({ ...shop, ...other }, now);
    expect(await walk()).toMatchObject({ generation: 2, tell: 'online' });
  });

  it('has moved with another address, or another place of its stock, and with nothing else', async () => {
    const store = aStore();
    const put = putChannel(portsOf(store));
    const moves = async (over: Partial<ChannelInput>) => {
      const done = await put({ ...input, type: 'shopify', ...over }, now);
      return done.ok ? (done.value.moves ?? 0) : done.refusal;
    };
    const apiUrl = 'https://shop.example';
    expect(await moves({ settings: { apiUrl } })).toBe(0);
    expect(await moves({ settings: { apiUrl, mode: 'old' }, buffer: 2, name: 'Shop', active: false })).toBe(0);
    expect(await moves({ settings: { apiUrl: 'https://other.example' } })).toBe(1);
    expect(await moves({ settings: { apiUrl: 'https://other.example', placeId: 'main' } }), 'the default').toBe(1);
    expect(await moves({ settings: { apiUrl: 'https://other.example', placeId: '7' } })).toBe(2);
    expect(await moves({ settings: { apiUrl: 'https://other.example', placeId: '7' } }), 'again').toBe(2);
    expect(await moves({ stockByLocation: true, locations: { '1': 'boston' } })).toBe(3);
    expect(await moves({ endpoint: { kind: 'webhook', url: 'https://shop.example/stock' } })).toBe(4);
    expect(await moves({ endpoint: { kind: 'webhook', url: 'https://shop.example/2' } })).toBe(5);
    const events = async () =>
      ((await store.get('channel', input))?.events ?? []).map(({ type, data }) => [type, data]);
    expect(await events()).toEqual([['ChannelMoved.v1', { channelId: 'webshop', moves: 5 }]]);
    await moves({ endpoint: { kind: 'webhook', url: 'https://shop.example/2' }, buffer: 9 });
    expect(await events()).toEqual([]);
  });

  it('that lacks what its stock is told by, is taken with a word of that', async () => {
    const ports = portsOf(aStore());
    const lacking = {
      availability: { batch: 1, publish: () => Promise.resolve(new Map()), lacksSetting: () => 'give it' },
    };
    expect(await putChannel({ ...ports, connectorOf: () => lacking })(input, now)).toMatchObject({
      value: { warnings: ['webshop is told of no stock: give it (PUT /v1/channels/webshop).'] },
    });
    const told = await putChannel(ports)({ ...input, type: 'shopify' }, now);
    expect(told.ok && told.value).not.toHaveProperty('warnings');
  });

  it('has the limits of holds that were stated last', async () => {
    const store = aStore();
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
    const store = aStore();
    const put = putChannel(portsOf(store));
    await put(input, now);
    const channel = await store.get('channel', input);
    if (channel === undefined) throw new Error('the channel is gone');
    store.given('channel', { ...channel, fenced: true });
    expect(await put({ ...input, buffer: 2 }, now)).toMatchObject({ ok: true, value: { buffer: 2, fenced: true } });
  });
});

describe('what a channel cannot be', () => {
  const stated: ChannelInput = { ...input, settings: { apiUrl: 'https://shop.example', mode: 'new' } };
  const wrongs: readonly (readonly [string, Partial<ChannelInput>, RegExp])[] = [
    ['/settings/apiUri', { settings: { apiUri: 'https://shop.example' } }, /^is none of apiUrl, placeId, mode$/],
    ['/settings/apiUrl', { settings: { apiUrl: 'garbage' } }, /^is no URL/],
    ['/settings/apiUrl', { settings: { apiUrl: 'http://shop.example' } }, /^must be https/],
    ['/settings/mode', { settings: { mode: 'newest' } }, /^must be one of old, new$/],
    ['/endpoint/url', { endpoint: { kind: 'webhook', url: 'http://shop.example' } }, /^must be https/],
    ['/endpoint/url', { endpoint: { kind: 'webhook', url: 'https://169.254.169.254/' } }, /^is a link-local address/],
    [
      '/endpoint/kind',
      { endpoint: { kind: 'shopify', url: 'https://shop.example', locationId: '1' } },
      /give one of kind webhook, or none$/,
    ],
    [
      '/endpoint/kind',
      { type: 'onx', settings: {}, endpoint: { kind: 'webhook', url: 'https://shop.example' } },
      /leave the endpoint out$/,
    ],
    ['/stockByLocation', { stockByLocation: true, locations: { 'till-7': 'boston' } }, /: leave it out$/],
    ['/stockByLocation', { type: 'shopify', stockByLocation: true }, /^needs the channel's locations/],
    ['/pool', { pool: 'nowhere' }, /^no location has pool nowhere.* name one of online$/],
    ['/locations/till~17', { locations: { 'till/7': 'chicago' } }, /location chicago, which is not there.*PUT/],
  ];

  it.each(wrongs)('%s is refused, with what to do, and nothing is written', async (pointer, wrong, detail) => {
    const [store, kept] = [aStore(), memoryCredentials()];
    const call = { ...stated, ...wrong, secrets: { signing: 'a-secret' } };
    expect(await putChannel(portsOf(store, kept))(call, now)).toMatchObject({
      refusal: { code: 'invalid-request', errors: [{ pointer, detail: expect.stringMatching(detail) as string }] },
    });
    expect(store.all('channel')).toEqual([]);
    expect(await kept.credentials('webshop')).toEqual({ signing: [], values: {} });
  });

  it('are secrets that its type does not know', async () => {
    const call: ChannelInput = { ...input, type: 'onx', secrets: { accessToken: 'a-token' } };
    expect(await putChannel(portsOf(aStore()))(call, now)).toMatchObject({
      refusal: {
        errors: [{ pointer: '/secrets/accessToken', detail: 'is nothing that this type knows: leave it out' }],
      },
    });
  });

  it('is of another type than before: that would read its orders otherwise', async () => {
    const put = putChannel(portsOf(aStore()));
    await put(input, now);
    expect(await put({ ...input, type: 'onx' }, now)).toMatchObject({
      refusal: {
        code: 'state-conflict',
        detail: expect.stringContaining('Add another channel with type onx') as string,
        errors: [{ pointer: '/type', detail: 'must stay api' }],
      },
    });
  });

  it('is in another currency or pool than before, of which it says why and what to do', async () => {
    const put = putChannel(portsOf(aStore()));
    await put(input, now);
    const refused = await put({ ...input, currency: 'EUR' }, now);
    expect(refused).toMatchObject({
      refusal: { code: 'state-conflict', errors: [{ pointer: '/currency', detail: 'must stay USD' }] },
    });
    expect(refused.ok ? '' : refused.refusal.detail).toMatch(/its orders rest on it.*Add another channel/);
  });

  it('what it was before is not held against it: its pool may have lost its last location since', async () => {
    const store = aStore();
    const locations = { 'till-7': 'boston' };
    await putChannel(portsOf(store))({ ...input, locations }, now);
    const later = { ...portsOf(store), locations: () => Promise.reject(new Error('nobody needs to look')) };
    expect(await putChannel(later)({ ...input, locations, name: 'Shop' }, now)).toMatchObject({ ok: true });
  });

  it('on this machine it may be spoken to in the clear', async () => {
    const endpoint = { kind: 'webhook', url: 'http://127.0.0.1:4000/stock' } as const;
    const call = {
      ...stated,
      endpoint,
      settings: { apiUrl: 'http://localhost:4000' },
      locations: { 'till-7': 'boston' },
    };
    expect(await putChannel(portsOf(aStore()))(call, now)).toMatchObject({ ok: true });
  });
});

describe('the version that a channel is put with', () => {
  it('is the current one, so that no change of another is lost; without it, that is not looked at', async () => {
    const store = aStore();
    const put = putChannel(portsOf(store));
    await put(input, now);
    expect(await put({ ...input, buffer: 2, version: 1 }, now)).toMatchObject({ value: { version: 2, buffer: 2 } });
    expect(await put({ ...input, buffer: 7, version: 1 }, now)).toMatchObject({
      refusal: { code: 'version-stale', facts: { version: 2 }, errors: [{ pointer: '/version' }] },
    });
    expect(await store.get('channel', input)).toMatchObject({ version: 2, buffer: 2 });
    expect(await put(input, now)).toMatchObject({ value: { version: 3, buffer: 0 } });
  });

  it('is none of a channel that is not there', async () => {
    expect(await putChannel(portsOf(aStore()))({ ...input, version: 4 }, now)).toMatchObject({
      refusal: { code: 'version-stale', facts: { version: 0 } },
    });
  });
});
