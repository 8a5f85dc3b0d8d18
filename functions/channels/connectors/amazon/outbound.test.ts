import { afterAll, describe, expect, it } from 'vitest';
import { type AmazonSandbox, startAmazonSandbox } from '../../../../tests/sandboxes/amazon.ts';
import { ok } from '../../../../shared/kernel/result.ts';
import { type Channel, type Listing } from '../../../../shared/model/network/network.ts';
import { type Offer, isToldBy } from '../../domain/availability-connector.ts';
import { type Connection } from '../../domain/connection.ts';
import { type NoticeToTell } from '../../domain/tell.ts';
import { connectionOf } from '../../fixtures/connection.ts';
import { channelOf } from '../../fixtures/world.ts';
import { outboundContract } from '../../testing/outbound-contract.ts';
import { amazon } from './connector.ts';
import { allCancelled, allLines, collection, goodwill, ours, parcel, pickup, snapshot } from './fixtures/outbound.ts';
import { order2026 } from './fixtures/orders.ts';
import { messageIds } from './stock/feed.ts';

const credentials = { clientId: 'amzn1.app', clientSecret: 'a-client-secret', refreshToken: 'Atzr|refresh' };
const running: AmazonSandbox[] = [];
afterAll(() => Promise.all(running.map((one) => one.stop())));

const skus = ['MUG-BLUE', 'TRAY/OAK 1'];
async function open(over: Partial<Channel> = {}) {
  const party = await startAmazonSandbox(credentials);
  running.push(party);
  party.book.listings.list(...skus);
  party.book.put(order2026);
  const place = { apiUrl: party.url, lwaUrl: party.lwaUrl, sellerId: 'A1TESTSELLER', marketplaceIds: 'ATVPDKIKX0DER' };
  const settings = { ...place, ...over.settings };
  const channel = channelOf({ channelId: 'amazon-us', type: 'amazon', ...over, settings });
  return { party, connection: connectionOf(channel, { values: { ...credentials } }) };
}
const offer = (sku: string, quantity: number, more: Partial<Offer> = {}): Offer => ({
  sku,
  quantity,
  sequence: 1,
  ids: {},
  ...more,
});
const world = async () => {
  const { party, connection } = await open();
  const { book } = party;
  return {
    connection,
    state: () => {
      book.feeds.workThrough(book);
      const stock = skus.map((sku) => book.listings.shown(sku));
      return [stock, book.orders.get(order2026.orderId), [...book.refunds], new Map(book.pickups)];
    },
    fail: party.fail,
  };
};
const secrets = [...Object.values(credentials), 'Atza|'];

outboundContract({
  connector: amazon,
  open: world,
  offers: [offer('MUG-BLUE', 7), offer('TRAY/OAK 1', 0)],
  unknown: offer('NOT-LISTED', 1),
  notices: { shipped: parcel, refunded: goodwill, ready: pickup, collected: collection },
  secrets,
});
describe('an order that is not shipped', () => {
  outboundContract({ connector: amazon, open: world, notices: { cancelled: allCancelled }, secrets });
});

describe('stock', () => {
  it('is all that changes of a listing: its handling time stays', async () => {
    const { party, connection } = await open();
    await amazon.availability?.publish(connection, [offer('OURS', 5, { ids: { inventoryItemId: 'MUG-BLUE' } })]);
    expect(party.book.listings.shown('MUG-BLUE')).toEqual({ quantity: 5, handlingDays: 3 });
  });

  it('that Amazon answers as invalid is refused with its words, and the others are told', async () => {
    const { party, connection } = await open();
    party.book.listings.blocked.add('MUG-BLUE');
    const answers = await amazon.availability?.publish(connection, [offer('MUG-BLUE', 5), offer('TRAY/OAK 1', 6)]);
    expect(answers?.get('MUG-BLUE')).toMatchObject({
      refusal: { code: 'invalid-request', detail: expect.stringContaining('18742: Restricted Products') as string },
    });
    expect(answers?.get('TRAY/OAK 1')).toEqual(ok(true));
  });

  it('is asked for no more once Amazon is away for two in a row, or has had enough', async () => {
    const { party, connection } = await open();
    const many = Array.from({ length: 6 }, (_, n) => offer(`SKU-${n}`, n));
    party.fail(503, 100);
    expect((await amazon.availability?.publish(connection, many))?.size).toBe(6);
    expect(party.calls).toHaveLength(2);
  });

  it('by location goes to each location, ten a call, and is told once all took it', async () => {
    const { party, connection } = await open({ stockByLocation: true, locations: { DEFAULT: 'boston', S1: 'soho' } });
    party.book.listings.open('S1');
    party.book.listings.list(...Array.from({ length: 6 }, (_, n) => `SKU-${n}`));
    const offers = [
      ...Array.from({ length: 6 }, (_, n) => offer(`SKU-${n}`, n + 1, { locations: { DEFAULT: n, S1: 1 } })),
      offer('MUG-BLUE', 3, { locations: { DEFAULT: 1, S2: 2 } }),
      offer('NOT-LISTED', 1, { locations: { DEFAULT: 1 } }),
      offer('TRAY/OAK 1', 1),
    ];
    const answers = await amazon.availability?.publish(connection, offers);
    const refused = [...(answers ?? [])].filter(([, answer]) => !answer.ok);
    expect(refused).toMatchObject([
      ['MUG-BLUE', { refusal: { code: 'invalid-request', detail: expect.stringContaining('location S2') as string } }],
      ['NOT-LISTED', { refusal: { code: 'invalid-request' } }],
      ['TRAY/OAK 1', { refusal: { code: 'invalid-request' } }],
    ]);
    expect(party.calls.filter((call) => call === 'batchInventory')).toHaveLength(2);
    expect([party.book.listings.at('SKU-5', 'DEFAULT'), party.book.listings.at('MUG-BLUE', 'DEFAULT')]).toEqual([5, 1]);
    const listings: Listing[] = ['SKU-5', 'GONE'].map((sku) => ({ channelId: 'amazon-us', sku, version: 1 }));
    const shown = { quantity: 6, locations: { DEFAULT: 5, S1: 1 } };
    expect(await amazon.availability?.read?.quantities(connection, listings)).toEqual(ok(new Map([['SKU-5', shown]])));
  });

  it('is read as it is shown; what Amazon does not know is left out', async () => {
    const { connection } = await open();
    await amazon.availability?.publish(connection, [offer('MUG-BLUE', 12)]);
    const listings: Listing[] = ['MUG-BLUE', 'GONE'].map((sku) => ({ channelId: 'amazon-us', sku, version: 1 }));
    const shown = await amazon.availability?.read?.quantities(connection, listings);
    expect(shown).toEqual(ok(new Map([['MUG-BLUE', { quantity: 12 }]])));
  });

  it.each<[boolean, Record<string, string>]>([
    [true, { sellerId: 'A1', marketplaceIds: 'ATVPDKIKX0DER' }],
    [false, { sellerId: 'A1' }],
    [false, { marketplaceIds: 'ATVPDKIKX0DER' }],
    [false, { sellerId: 'A1', marketplaceIds: 'ATVPDKIKX0DER', program: 'vendor' }],
  ])('is told: %s, where the channel says %j', (isTold, settings) => {
    const channel = channelOf({ channelId: 'amazon-us', type: 'amazon', settings });
    const listing = { channelId: 'amazon-us', sku: 'MUG-BLUE', version: 1 };
    expect(isToldBy(amazon.availability, channel, listing)).toBe(isTold);
    expect(isToldBy(amazon.availability, channel, undefined)).toBe(false);
  });
});

describe('a feed', () => {
  const feed = amazon.availability?.feed;
  const submitted = async (connection: Connection, offers: readonly Offer[]) => {
    const answer = await feed?.submit(connection, offers);
    if (answer?.ok !== true) throw new Error(JSON.stringify(answer));
    return answer.value.feedId;
  };

  it('is pending, then taken but for what its report names, were it by a number alone', async () => {
    const { party, connection } = await open();
    party.book.listings.blocked.add('TRAY/OAK 1');
    const offers = [offer('OURS', 7, { ids: { inventoryItemId: 'MUG-BLUE' } }), offer('TRAY/OAK 1', 2)];
    const feedId = await submitted(connection, offers);
    expect(await feed?.outcome(connection, feedId, offers)).toEqual(ok('pending'));
    party.book.feeds.workThrough(party.book);
    const answer = await feed?.outcome(connection, feedId, offers);
    expect(answer?.ok === true && answer.value !== 'pending' && [...answer.value]).toMatchObject([
      ['TRAY/OAK 1', { refusal: { code: 'invalid-request', detail: expect.stringContaining('INVALID') as string } }],
    ]);
    expect(party.book.listings.shown('MUG-BLUE')).toEqual({ quantity: 7, handlingDays: 3 });
  });

  it('that Amazon could not read is told again, all of it', async () => {
    const { party, connection } = await open({ settings: { sellerId: '' } });
    const offers = [offer('MUG-BLUE', 7)];
    const feedId = await submitted(connection, offers);
    party.book.feeds.workThrough(party.book);
    const answer = await feed?.outcome(connection, feedId, offers);
    expect(answer?.ok === true && answer.value !== 'pending' && answer.value.get('MUG-BLUE')).toMatchObject({
      refusal: { code: 'provider-unavailable' },
    });
  });

  it.each([429, 503] as const)('that is answered %i is tried again', async (status) => {
    const { party, connection } = await open();
    party.fail(status, 5);
    expect(await feed?.submit(connection, [offer('MUG-BLUE', 1)])).toMatchObject({
      refusal: { code: 'provider-unavailable' },
    });
  });

  it('numbers its messages by their SKUs, each with a number of its own', () => {
    const offers = Array.from({ length: 5_000 }, (_, n) => offer(`SKU-${n}`, n));
    const ids = messageIds(offers);
    expect([ids.size, new Set(ids.values()).size]).toEqual([5_000, 5_000]);
    expect(messageIds(offers.toReversed())).toEqual(ids);
    expect(Math.max(...ids.keys())).toBeLessThan(2 ** 31 + 5_000);
  });
});

describe('a parcel', () => {
  it('is edited when it is told again, also once all is shipped', async () => {
    const { party, connection } = await open();
    const rest = allLines.map((line) => ({ ...line, quantity: 1 }));
    const second = { ...parcel, facts: { ...parcel.facts, trackingNumber: '2', lines: rest } };
    for (const one of [parcel, second, parcel, second])
      expect(await amazon.tell?.shipped?.(one, connection)).toMatchObject({ ok: true });
    expect(party.book.parcels(order2026.orderId)).toHaveLength(2);
  });

  it('that somebody else has confirmed is told already; of units that are not there it is refused in words', async () => {
    const { party, connection } = await open();
    const orderItems = allLines.map(({ lineId, quantity }) => ({ orderItemId: lineId, quantity }));
    party.book.confirm(order2026.orderId, { packageReferenceId: '1', trackingNumber: '7777 0001', orderItems });
    expect(await amazon.tell?.shipped?.(parcel, connection)).toMatchObject({ ok: true });
    const other = { ...parcel, facts: { ...parcel.facts, trackingNumber: 'another' } };
    expect(await amazon.tell?.shipped?.(other, connection)).toMatchObject({
      refusal: { code: 'invalid-request', detail: expect.stringContaining('PackageToUpdateNotFound') as string },
    });
  });
});

describe('what Amazon cannot do', () => {
  it('is refused in words: to cancel a part of an order', async () => {
    const { party, connection } = await open();
    const part: NoticeToTell<'cancelled'> = {
      ...allCancelled,
      facts: { ...allCancelled.facts, lines: allLines.slice(1), complete: false },
    };
    expect(await amazon.tell?.cancelled?.(part, connection)).toMatchObject({
      refusal: { code: 'invalid-request', detail: expect.stringContaining('1 × TRAY-OAK') as string },
    });
    expect(party.calls).toEqual([]);
  });

  it('is whole where the buyer has cancelled the rest', async () => {
    const { party, connection } = await open();
    const cancelled = allLines.slice(0, 1).map(({ lineId, quantity }) => ({ externalLineId: lineId, quantity }));
    const rest: NoticeToTell<'cancelled'> = {
      ...allCancelled,
      snapshot: { ...snapshot, cancelled },
      facts: { ...allCancelled.facts, lines: allLines.slice(1) },
    };
    await amazon.tell?.cancelled?.(rest, connection);
    expect(party.book.feeds.all).toHaveLength(1);
  });

  it('is told elsewhere: purchase orders of a vendor', async () => {
    const { connection } = await open({ settings: { program: 'vendor' } });
    expect(await amazon.tell?.shipped?.(parcel, connection)).toMatchObject({ refusal: { code: 'invalid-request' } });
    expect(await amazon.tell?.acknowledged?.(ours, connection)).toEqual(ok({}));
  });
});
