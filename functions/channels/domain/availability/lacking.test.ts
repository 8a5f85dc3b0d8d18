import { describe, expect, it } from 'vitest';
import { type ChannelType, channelTypes } from '../../../../shared/contracts/network/channel-types.ts';
import { connectors } from '../../connectors/index.ts';
import { now } from '../../fixtures/now.ts';
import { availability, channelOf, worldOf } from '../../fixtures/world.ts';
import { isToldBy } from '../availability-connector.ts';
import { readHealth } from '../lanes/read-health.ts';
import { putListing } from '../listings/put-listing.ts';
import { listingLacks, settingLack } from './lacking.ts';
import { readOffer } from './read-offer.ts';
import { recordOffers } from './record-offers.ts';

const bare = (type: ChannelType, over: Parameters<typeof channelOf>[0] | object = {}) =>
  channelOf({ channelId: 'shop', type, ...over });
const listing = { channelId: 'shop', sku: 'A', version: 1, variantId: '1', listingId: '2', inventoryItemId: '3' };

describe('a channel that lacks what its stock is told by', () => {
  it.each<[ChannelType, string]>([
    ['shopify', 'locationId'],
    ['tiktok', 'warehouseId'],
    ['square', 'stockLocationId'],
    ['amazon', 'sellerId and marketplaceIds'],
  ])('of type %s: %s is named wherever one looks', async (type, setting) => {
    const { store, ports } = worldOf(bare(type));
    const says = expect.stringMatching(new RegExp(`${setting}.*PUT /v1/channels/shop`)) as string;
    expect(settingLack(bare(type), connectors[type])).toEqual(says);
    store.given('listing', listing);
    expect(await putListing(ports)(listing, { ...listing }, { now, actor: 'ops' })).toMatchObject({
      value: { warnings: [says] },
    });
    expect(await readOffer(ports)(listing)).toMatchObject({ refusal: { code: 'not-found', detail: says } });
    expect(await readHealth(ports)('shop', now)).toMatchObject({ value: { stock: { lacks: says } } });
  });

  it.each<[ChannelType, object]>([
    ['shopify', { settings: { locationId: '1' } }],
    ['shopify', { stockByLocation: true, locations: { '1': 'boston' } }],
    ['tiktok', { settings: { warehouseId: '7' } }],
    ['square', { stockByLocation: true, locations: { L1: 'boston' } }],
    ['amazon', { settings: { sellerId: 'A1', marketplaceIds: 'ATVPDKIKX0DER' } }],
    ['amazon', { settings: { program: 'vendor' } }],
    ['walmart', {}],
    ['webhook', { endpoint: { kind: 'webhook', url: 'https://shop.example.com' } }],
  ])('is none of type %s with %j', (type, over) => {
    expect(settingLack(bare(type, over), connectors[type])).toBeUndefined();
  });

  it.each<[ChannelType, string]>([
    ['api', 'GET /v1/channels/shop/availability/{sku}'],
    ['edi', 'no channel of type edi is'],
    ['onx', 'no channel of type onx is'],
    ['webhook', 'give it an endpoint of kind webhook'],
  ])('is told of no stock, and whoever lists a SKU there learns it: %s', async (type, words) => {
    const { ports } = worldOf(bare(type));
    expect(await putListing(ports)(listing, {}, { now, actor: 'ops' })).toMatchObject({
      value: { warnings: [expect.stringContaining(words)] },
    });
    expect(await readOffer(ports)(listing)).toMatchObject({
      refusal: { detail: expect.stringContaining(words) as string },
    });
  });

  it.each(channelTypes)('of type %s: what warns of nothing is told, and what warns is not', (type) => {
    for (const over of [{}, { settings: { locationId: '1', warehouseId: '1', stockLocationId: '1', sellerId: 'A' } }])
      for (const one of [{ channelId: 'shop', sku: 'A', version: 1 }, listing]) {
        const channel = bare(type, over);
        const isTold = isToldBy(connectors[type].availability, channel, one);
        expect(listingLacks(channel, connectors[type], one).length === 0).toBe(isTold);
      }
  });
});

it('a listing that was told nothing, as its channel lacked a setting, is due once the channel has it', async () => {
  const { store, ports } = worldOf(bare('shopify'));
  store.given('listing', listing);
  const record = (version: number) => recordOffers(ports, { now: () => now })([availability('A', version, 9)]);
  await record(1);
  expect(await store.get('listing', listing)).not.toHaveProperty('offer');
  store.given('channel', bare('shopify', { settings: { locationId: '1' }, moves: 1, version: 2 }));
  await record(2);
  expect(await store.get('listing', listing)).toMatchObject({
    offer: { wanted: 9, moves: 1, due: { urgency: 'fall' } },
  });
});

describe('a SKU that was never to be told', () => {
  const settings = { locationId: '1' };
  const why = async (over: object, isListed = true, stocked = false) => {
    const { store, ports } = worldOf(bare('shopify', { settings, ...over }));
    if (isListed) store.given('listing', listing);
    const found = await readOffer({ ...ports, isInPool: () => Promise.resolve(stocked) })(listing);
    return found.ok ? '' : found.refusal.detail;
  };
  it('says which of all reasons it is, and what to do', async () => {
    expect(await why({}, false)).toMatch(/it is not listed there. List it with PUT/);
    expect(await why({ settings: {} }, false)).toMatch(/give its setting locationId/);
    expect(await why({ paused: true })).toMatch(/paused. Resume it/);
    expect(await why({ active: false })).toMatch(/not active. Put it with active true/);
    expect(await why({})).toMatch(/pool online has no stock of it/);
    expect(await why({}, true, true)).toMatch(/being gone over/);
  });
});
