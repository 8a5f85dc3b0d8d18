import { afterAll, describe, expect, it } from 'vitest';
import { type WalmartSandbox, startWalmartSandbox, walmartKeys } from '../../../../tests/sandboxes/walmart.ts';
import { defaultNode } from '../../../../tests/sandboxes/walmart/stock.ts';
import { ok } from '../../../../shared/kernel/result.ts';
import { type Channel, type Listing } from '../../../../shared/model/network/network.ts';
import { type Offer, isToldBy } from '../../domain/availability-connector.ts';
import { connectionOf } from '../../fixtures/connection.ts';
import { channelOf } from '../../fixtures/world.ts';
import { outboundContract } from '../../testing/outbound-contract.ts';
import { walmart } from './connector.ts';
import { goodwill, orderIn, ours, parcel, shortage } from './fixtures/outbound.ts';

const running: WalmartSandbox[] = [];
afterAll(() => Promise.all(running.map((one) => one.stop())));

const orderId = parcel.externalId;
const skus = ['LAMP-BRASS', 'MUG/BLUE 1'];
async function open({ status = 'Created', ...over }: Partial<Channel> & { status?: string } = {}) {
  const party = await startWalmartSandbox();
  running.push(party);
  party.stock.list(...skus);
  party.put({ order: orderIn(status), modifiedAt: '2026-11-22T09:00:00.000Z' });
  const settings = { apiUrl: party.url, ...over.settings };
  const channel = channelOf({ channelId: 'walmart-us', type: 'walmart', ...over, settings });
  return { party, connection: connectionOf(channel, { values: { ...walmartKeys } }) };
}
const offer = (sku: string, quantity: number, more: Partial<Offer> = {}): Offer => ({
  sku,
  quantity,
  sequence: 1,
  ids: {},
  ...more,
});
const worldIn = (status: string) => async () => {
  const { party, connection } = await open({ status });
  return {
    connection,
    state: () => [skus.map((sku) => party.stock.shown(sku)), party.order(orderId), new Set(party.acknowledged)],
    fail: (code: 429 | 503, times: number) => party.troubles.answer({ status: code }, times),
  };
};
const secrets = Object.values(walmartKeys);

describe('before it is shipped', () => {
  outboundContract({
    connector: walmart,
    open: worldIn('Created'),
    offers: [offer('LAMP-BRASS', 7), offer('MUG/BLUE 1', 0)],
    unknown: offer('NOT-LISTED', 1),
    notices: { acknowledged: ours, shipped: parcel, cancelled: shortage },
    secrets,
  });
});
describe('after it is shipped', () => {
  outboundContract({
    connector: walmart,
    open: worldIn('Shipped'),
    notices: { refunded: goodwill },
    echoes: true,
    secrets,
  });
});

describe('stock', () => {
  it('goes to the ship node of the channel, under the name that Walmart knows the SKU by', async () => {
    const { party, connection } = await open({ settings: { shipNode: '777' } });
    party.stock.open('777');
    await walmart.availability?.publish(connection, [offer('OURS', 5, { ids: { inventoryItemId: 'LAMP-BRASS' } })]);
    expect([party.stock.shown('LAMP-BRASS', '777'), party.stock.shown('LAMP-BRASS')]).toEqual([5, undefined]);
  });

  it('goes to each ship node; the SKU is told once all of them took it', async () => {
    const { party, connection } = await open({ stockByLocation: true });
    party.stock.open('777');
    const good = offer('LAMP-BRASS', 9, { locations: { [defaultNode]: 4, '777': 5 } });
    const half = offer('MUG/BLUE 1', 3, { locations: { [defaultNode]: 1, '888': 2 } });
    const answers = await walmart.availability?.publish(connection, [good, half]);
    expect(answers?.get('LAMP-BRASS')).toEqual(ok(true));
    expect(answers?.get('MUG/BLUE 1')).toMatchObject({
      refusal: { code: 'invalid-request', detail: expect.stringContaining('ship node 888') as string },
    });
    expect([party.stock.shown('LAMP-BRASS', '777'), party.stock.shown('MUG/BLUE 1')]).toEqual([5, 1]);
    const listings: Listing[] = [...skus, 'GONE'].map((sku) => ({ channelId: 'walmart-us', sku, version: 1 }));
    expect(await walmart.availability?.read?.quantities(connection, listings)).toEqual(
      ok(
        new Map([
          ['LAMP-BRASS', { quantity: 9, locations: { [defaultNode]: 4, '777': 5 } }],
          ['MUG/BLUE 1', { quantity: 1, locations: { [defaultNode]: 1 } }],
        ]),
      ),
    );
  });

  it('is read as it was told; a SKU that Walmart does not know is left out', async () => {
    const { connection } = await open();
    await walmart.availability?.publish(connection, [offer('LAMP-BRASS', 12)]);
    const listings: Listing[] = ['LAMP-BRASS', 'GONE'].map((sku) => ({ channelId: 'walmart-us', sku, version: 1 }));
    const shown = await walmart.availability?.read?.quantities(connection, listings);
    expect(shown).toEqual(ok(new Map([['LAMP-BRASS', { quantity: 12 }]])));
  });

  it('is told of listed SKUs alone', () => {
    const channel = channelOf({ channelId: 'walmart-us', type: 'walmart' });
    expect(isToldBy(walmart.availability, channel, undefined)).toBe(false);
    expect(isToldBy(walmart.availability, channel, { channelId: 'walmart-us', sku: 'A', version: 1 })).toBe(true);
  });
});

describe('a feed', () => {
  const feed = walmart.availability?.feed;
  const submitted = async (connection: Parameters<NonNullable<typeof feed>['submit']>[0], offers: readonly Offer[]) => {
    const answer = await feed?.submit(connection, offers);
    if (answer?.ok !== true) throw new Error(JSON.stringify(answer));
    return answer.value.feedId;
  };

  it('is pending, then taken but for what Walmart names, page by page', async () => {
    const { party, connection } = await open();
    const many = Array.from({ length: 120 }, (_, n) => `SKU-${n}`);
    party.stock.list(...many.slice(0, 119));
    party.stock.stumbling.add('SKU-60');
    const offers = many.map((sku, n) => offer(sku, n));
    const feedId = await submitted(connection, offers);
    expect(await feed?.outcome(connection, feedId, offers)).toEqual(ok('pending'));
    party.stock.workThrough();
    const answer = await feed?.outcome(connection, feedId, offers);
    const refused = answer?.ok === true && answer.value !== 'pending' ? [...answer.value] : [];
    expect(refused).toMatchObject([
      ['SKU-60', { refusal: { code: 'provider-unavailable' } }],
      ['SKU-119', { refusal: { code: 'invalid-request', detail: expect.stringContaining('not set up') as string } }],
    ]);
    expect([party.stock.shown('SKU-118'), party.stock.shown('SKU-60')]).toEqual([118, undefined]);
    expect(party.calls.filter((call) => call.includes('/v3/feeds/'))).toHaveLength(4);
  });

  it('of a channel by location names the ship nodes', async () => {
    const { party, connection } = await open({ stockByLocation: true });
    await submitted(connection, [offer('LAMP-BRASS', 9, { locations: { a: 4, b: 5 } })]);
    party.stock.workThrough();
    expect([party.stock.shown('LAMP-BRASS', 'a'), party.stock.shown('LAMP-BRASS', 'b')]).toEqual([4, 5]);
  });

  it.each([429, 503] as const)('that is answered %i is tried again', async (status) => {
    const { party, connection } = await open();
    party.troubles.answer({ status }, 5);
    expect(await feed?.submit(connection, [offer('LAMP-BRASS', 1)])).toMatchObject({
      refusal: { code: 'provider-unavailable' },
    });
  });
});

describe('a parcel', () => {
  it('by a carrier that Walmart does not know needs its tracking URL', async () => {
    const { connection, party } = await open();
    const by = (trackingUrl?: string) => ({
      ...parcel,
      facts: { ...parcel.facts, carrier: 'Bike & Co', ...(trackingUrl !== undefined && { trackingUrl }) },
    });
    expect(await walmart.tell?.shipped?.(by(), connection)).toMatchObject({ refusal: { code: 'invalid-request' } });
    expect(await walmart.tell?.shipped?.(by('https://bike.example/1'), connection)).toEqual(ok({}));
    expect(JSON.stringify(party.order(orderId))).toContain('"otherCarrier":"Bike & Co"');
  });

  it('of units that are not there any more is refused in words', async () => {
    const { connection } = await open({ status: 'Cancelled' });
    expect(await walmart.tell?.shipped?.(parcel, connection)).toMatchObject({
      refusal: { code: 'invalid-request', detail: expect.stringContaining('Seller Center') as string },
    });
    expect(await walmart.tell?.shipped?.({ ...parcel, externalId: '99' }, connection)).toMatchObject({
      refusal: { code: 'not-found' },
    });
  });

  it('that Seller Center was told of already is told', async () => {
    const { connection } = await open();
    await walmart.tell?.shipped?.(parcel, connection);
    const rest = {
      ...parcel,
      facts: {
        ...parcel.facts,
        trackingNumber: '2',
        lines: parcel.facts.lines.map((line) => ({ ...line, quantity: 1 })),
      },
    };
    expect(await walmart.tell?.shipped?.(rest, connection)).toEqual(ok({}));
    expect(await walmart.tell?.shipped?.(rest, connection)).toEqual(ok({}));
  });
});

describe('a cancellation', () => {
  it('counts what the buyer had cancelled before as not ours', async () => {
    const { party, connection } = await open();
    await walmart.tell?.cancelled?.(shortage, connection);
    const { snapshot } = shortage;
    if (snapshot === undefined) throw new Error('the fixture has none');
    const second = {
      ...shortage,
      tries: 1,
      snapshot: { ...snapshot, cancelled: [{ externalLineId: '1', quantity: 1 }] },
    };
    expect(await walmart.tell?.cancelled?.(second, connection)).toEqual(ok({}));
    expect(JSON.stringify(party.order(orderId)).match(/"Cancelled"/g)).toHaveLength(2);
  });
});

it.each([
  ['acknowledged', ours],
  ['shipped', parcel],
  ['cancelled', shortage],
  ['refunded', goodwill],
] as const)('what is %s is not told by a 200 that has errors in it', async (kind, notice) => {
  const { connection } = await open({ status: kind === 'refunded' ? 'Shipped' : 'Created' });
  const errors = { error: [{ code: 'INVALID_REQUEST', description: 'Line 1 is on hold' }] };
  const call: typeof connection.call = async (asked) => {
    const isWrite = /\/(acknowledge|shipping|cancel|refund)$/.test(String(asked.url));
    return isWrite
      ? ok({ status: 200, headers: {}, body: Buffer.from(JSON.stringify({ errors })) })
      : connection.call(asked);
  };
  const tell = walmart.tell?.[kind] as ((told: unknown, to: typeof connection) => Promise<unknown>) | undefined;
  expect(await tell?.(notice, { ...connection, call })).toMatchObject({
    ok: false,
    refusal: { detail: expect.stringContaining('Line 1 is on hold') as string },
  });
});
