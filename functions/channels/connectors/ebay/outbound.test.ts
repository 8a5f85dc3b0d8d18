import { afterEach, describe, expect, it } from 'vitest';
import { ebayKeys, type EbaySandbox, startEbaySandbox } from '../../../../tests/sandboxes/ebay.ts';
import { type Channel } from '../../../../shared/model/network/network.ts';
import { type Acknowledgements, type Offer, isToldBy } from '../../domain/availability-connector.ts';
import { type Connection } from '../../domain/connection.ts';
import { outboundContract } from '../../testing/outbound-contract.ts';
import { ebay } from './connector.ts';
import { ebayOrder } from './fixtures/orders.ts';
import { stockRefusal } from './stock-answer.ts';
import { cancel, connect, listed, offer, parcel, refund } from './fixtures/outbound.ts';

const opened: EbaySandbox[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map(({ stop }) => stop()));
});

async function open(over: Partial<Channel> = {}) {
  const party = await startEbaySandbox();
  opened.push(party);
  return { party, connection: connect(party, { ...ebayKeys }, over) };
}

outboundContract({
  connector: ebay,
  open: async () => {
    const { party, connection } = await open();
    return {
      connection,
      state: () => [
        [...party.inventory.items],
        [...party.inventory.offers],
        [...party.afterSale.parcels],
        party.order(ebayOrder.orderId)?.cancelStatus,
        JSON.stringify(party.order(ebayOrder.orderId)?.['paymentSummary']).replaceAll(/"refundDate":"[^"]*"/g, ''),
      ],
      fail: (status, times) => party.troubles.answer({ status }, times),
    };
  },
  offers: [offer('MUG-TEAL', 5, { ids: listed }), offer('MUG-RED', 7)],
  unknown: offer('NOWHERE', 3),
  notices: { shipped: parcel, cancelled: cancel, refunded: refund },
  secrets: [ebayKeys.clientSecret, ebayKeys.refreshToken],
});

describe('a refund for which eBay wants a digital signature', () => {
  const answers = (errorId: number) => ({
    status: 403,
    body: {
      errors: [{ errorId, domain: 'ACCESS', category: 'REQUEST', message: 'Missing x-ebay-signature-key header' }],
    },
  });

  it("is a person's to make; a want of a scope is not", async () => {
    for (const [errorId, code] of [
      [215001, 'state-conflict'],
      [1100, 'provider-unavailable'],
    ] as const) {
      const { party, connection } = await open();
      await ebay.check?.(connection);
      party.troubles.answer(answers(errorId));
      expect(await ebay.tell?.refunded?.(refund, connection)).toMatchObject({ refusal: { code } });
    }
  });
});

describe('stock at eBay', () => {
  const publish = async (connection: Connection, offers: readonly Offer[]): Promise<Acknowledgements> =>
    (await ebay.availability?.publish(connection, offers)) ?? new Map<string, never>();

  it('is told of the item and its offer, and read back; 25 SKUs are one call', async () => {
    const { party, connection } = await open();
    const many = Array.from({ length: 24 }, (_, n) => `SKU-${n}`);
    for (const sku of many) party.inventory.list(sku);
    const answers = await publish(connection, [
      offer('MUG-TEAL', 5, { ids: listed }),
      ...many.map((sku) => offer(sku, 3)),
    ]);
    expect([...answers.values()].every(({ ok }) => ok)).toBe(true);
    expect(party.calls.filter((call) => call.includes('bulk_update'))).toHaveLength(1);
    expect(party.inventory.offers.get('801')?.availableQuantity).toBe(5);
    const listings = ['MUG-TEAL', 'MUG-RED', 'GONE'].map((sku) => ({ channelId: 'ebay-us', sku, version: 1 }));
    expect(await ebay.availability?.read?.quantities(connection, listings)).toEqual({
      ok: true,
      value: new Map([
        ['MUG-TEAL', { quantity: 5 }],
        ['MUG-RED', { quantity: 0 }],
      ]),
    });
  });

  it('is told SKU by SKU where eBay takes one a call', async () => {
    const { party, connection } = await open();
    party.inventory.oneSkuACall = true;
    const answers = await publish(connection, [offer('MUG-TEAL', 5), offer('NOWHERE', 1), offer('MUG-RED', 7)]);
    expect([...answers].map(([sku, { ok }]) => [sku, ok])).toEqual([
      ['MUG-TEAL', true],
      ['NOWHERE', false],
      ['MUG-RED', true],
    ]);
    expect(party.inventory.items.get('MUG-RED')?.quantity).toBe(7);
  });

  it('is told by merchant location, and read so', async () => {
    const { party, connection } = await open({ stockByLocation: true });
    await publish(connection, [offer('MUG-RED', 7, { locations: { dc: 4, store: 3 } })]);
    expect(party.inventory.items.get('MUG-RED')).toEqual({ quantity: 7, locations: { dc: 4, store: 3 } });
    const read = await ebay.availability?.read?.quantities(connection, [
      { channelId: 'e', sku: 'MUG-RED', version: 1 },
    ]);
    expect(read).toMatchObject({ value: new Map([['MUG-RED', { quantity: 7, locations: { dc: 4, store: 3 } }]]) });
  });

  it('is told of offers alone where each marketplace is a channel, and only of listings that name theirs', async () => {
    const { party, connection } = await open({ settings: { stockOf: 'offer' } });
    const shows = (inventoryItemId?: string) =>
      isToldBy(ebay.availability, connection.channel, {
        channelId: 'e',
        sku: 'MUG-TEAL',
        version: 1,
        ...(inventoryItemId !== undefined && { inventoryItemId }),
      });
    expect([shows('801'), shows()]).toEqual([true, false]);
    await publish(connection, [offer('MUG-TEAL', 5, { ids: listed })]);
    expect(party.inventory.items.get('MUG-TEAL')?.quantity).toBe(0);
    const read = await ebay.availability?.read?.quantities(connection, [
      { channelId: 'e', sku: 'MUG-TEAL', inventoryItemId: '801', version: 1 },
      { channelId: 'e', sku: 'MUG-RED', inventoryItemId: '999', version: 1 },
    ]);
    expect(read).toEqual({ ok: true, value: new Map([['MUG-TEAL', { quantity: 5 }]]) });
  });

  it('of a listing that was revised 250 times waits for tomorrow, the others do not', async () => {
    const { party, connection } = await open();
    party.inventory.revisions.set('MUG-TEAL', 250);
    const answers = await publish(connection, [offer('MUG-TEAL', 5), offer('MUG-RED', 7)]);
    expect(answers.get('MUG-RED')).toMatchObject({ ok: true });
    expect(answers.get('MUG-TEAL')).toMatchObject({
      refusal: { code: 'provider-unavailable', facts: { limit: true } },
    });
    const at = (now: string) => stockRefusal('X', 400, [{ errorId: 25019, message: 'revision limit exceeded' }], now);
    expect(at('2026-11-22T07:59:00.000Z')).toMatchObject({ refusal: { facts: { retryAfterSeconds: 60 } } });
    expect(at('2026-11-22T08:00:00.000Z')).toMatchObject({ refusal: { facts: { retryAfterSeconds: 86_400 } } });
  });

  it('of another offer than the listing names is refused, with the remedy', async () => {
    const { connection } = await open();
    const answers = await publish(connection, [offer('MUG-RED', 7, { ids: listed })]);
    expect(answers.get('MUG-RED')).toMatchObject({
      refusal: { code: 'not-found', detail: expect.stringContaining('inventoryItemId') as string },
    });
  });

  it.each(['<html>', '{"responses":"none"}'])('that is answered with %j is told again', async (body) => {
    const { party, connection } = await open();
    await publish(connection, [offer('MUG-RED', 1)]);
    party.troubles.answer({ status: 200, body });
    expect((await publish(connection, [offer('MUG-RED', 7)])).get('MUG-RED')).toMatchObject({
      refusal: { code: 'provider-unavailable' },
    });
  });
});
