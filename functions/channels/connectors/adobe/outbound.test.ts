import { describe, expect, it, onTestFinished } from 'vitest';
import { startAdobeCommerceSandbox } from '../../../../tests/sandboxes/adobe-commerce.ts';
import { bodies } from '../../../../tests/sandboxes/adobe-commerce/writes.ts';
import { channelOrderSnapshot } from '../../../../shared/contracts/channels/channel-order.ts';
import { type Offer } from '../../domain/availability-connector.ts';
import { type Connection } from '../../domain/connection.ts';
import { type NoticeToTell } from '../../domain/tell.ts';
import { connectionOf } from '../../fixtures/connection.ts';
import { inputBytes, inputsPresent } from '../../fixtures/inputs.ts';
import { now } from '../../fixtures/now.ts';
import { channelOf } from '../../fixtures/world.ts';
import { outboundContract } from '../../testing/outbound-contract.ts';
import { adobe } from './connector.ts';
import { item, order } from './fixtures/orders.ts';
import { shipmentBody } from './tell/ship.ts';

const credentials: string[] = [];
const offer = (sku: string, quantity: number, inventoryItemId?: string): Offer => ({
  ...{ sku, quantity, sequence: 1 },
  ids: inventoryItemId === undefined ? {} : { inventoryItemId },
});

async function open({ settings = {}, ...over }: Partial<Connection['channel']> = {}) {
  const store = await startAdobeCommerceSandbox();
  onTestFinished(() => store.stop());
  credentials.splice(0, credentials.length, store.integration.consumerSecret, store.integration.accessTokenSecret);
  for (const sku of ['LAMP-OAK', 'LAMP-ASH', 'THEIRS-1']) store.book.skus.add(sku);
  store.book.sourceCodes.add('east');
  for (const entity_id of [902, 903])
    store.order(
      order({
        entity_id,
        items: [
          item(),
          item({ item_id: 42, sku: 'LAMP-ASH', qty_ordered: 1, base_row_total: 10, base_tax_amount: 0.6 }),
        ],
      }),
    );
  const channel = channelOf({
    ...{ channelId: 'magento', type: 'adobe', ...over },
    settings: { apiUrl: store.url, ...settings },
  });
  const connection = connectionOf(channel, { values: { ...store.integration } });
  const state = () =>
    structuredClone({
      quantities: [...store.book.quantities],
      shipments: store.book.shipments.map((one) => ({ ...one, created_at: '' })),
      memos: store.book.memos,
      orders: [902, 903].map((id) => store.book.read(`orders/${id}`, new URLSearchParams())),
    });
  const fail = (status: 429 | 503, next: number) => store.fault({ status, next });
  return { store, connection, state, fail };
}

const about = { noticeId: 'n-1', orderId: 'ord-1', externalId: '902', happenedAt: now, tries: 0 };
const line = (lineId: string, quantity: number) => ({ lineId, sku: 'A', quantity });
const all = [line('41', 2), line('42', 1)];
const parcel: NoticeToTell<'shipped'> = {
  ...about,
  facts: {
    ...{ fulfillmentOrderId: 'ful-1', location: 'dayton', carrier: 'UPS Ground', trackingNumber: '1Z999AA10123456784' },
    ...{ shippedAt: now, lines: all },
  },
};
const cancellation: NoticeToTell<'cancelled'> = {
  ...about,
  externalId: '903',
  facts: { reason: 'out of stock', lines: all, complete: true },
};
const refund: NoticeToTell<'refunded'> = {
  ...about,
  facts: {
    ...{ refundId: 'ref_1', amount: { amount: 3000, currency: 'USD' }, reason: 'scratched' },
    lines: [line('41', 1)],
  },
};
const pickup = { fulfillmentOrderId: 'ful-2', location: 'dayton', lines: all };

outboundContract({
  connector: adobe,
  open,
  offers: [offer('LAMP-OAK', 5), offer('LAMP-ASH', 7), offer('OURS-1', 3, 'THEIRS-1')],
  unknown: offer('LAMP-LOST', 1),
  notices: {
    shipped: parcel,
    cancelled: cancellation,
    refunded: refund,
    ready: { ...about, facts: pickup },
    collected: { ...about, happenedAt: '2026-01-01T00:00:00.000Z', facts: pickup },
  },
  secrets: credentials,
});

describe('stock at Adobe Commerce', () => {
  it('is what buyers may buy, whatever orders there have reserved', async () => {
    const { store, connection } = await open();
    const publish = (quantity: number) => adobe.availability?.publish(connection, [offer('LAMP-OAK', quantity)]);
    await publish(10);
    store.book.reserved.set('LAMP-OAK', 2);
    await publish(8);
    expect(store.book.salable('LAMP-OAK')).toBe(8);
    expect(store.book.quantities.get('LAMP-OAK default')).toBe(10);
    // The order leaves: its units leave their source and are reserved no more.
    store.book.reserved.delete('LAMP-OAK');
    store.book.quantities.set('LAMP-OAK default', 8);
    expect(store.book.salable('LAMP-OAK')).toBe(8);
  });

  it('is told by source, 20 entities a call, and read by source', async () => {
    const { store, connection } = await open({
      stockByLocation: true,
      locations: { default: 'dayton', east: 'boston' },
    });
    store.book.reserved.set('LAMP-OAK', 1);
    const offers = Array.from({ length: 20 }, (_, index) => ({
      ...offer(index === 0 ? 'LAMP-OAK' : `S-${index}`, 7),
      locations: { default: 3, east: 4 },
    }));
    for (const { sku } of offers) store.book.skus.add(sku);
    const answers = await adobe.availability?.publish(connection, offers);
    expect([...(answers?.values() ?? [])].every(({ ok }) => ok)).toBe(true);
    expect(store.calls.filter((path) => path === '/rest/V1/inventory/source-items')).toHaveLength(2);
    const listing = { channelId: 'magento', sku: 'LAMP-OAK', version: 1 };
    store.book.reserved.set('LAMP-OAK', 2);
    expect(await adobe.availability?.read?.quantities(connection, [listing])).toEqual({
      ok: true,
      value: new Map([['LAMP-OAK', { quantity: 6, locations: { default: 3, east: 3 } }]]),
    });
  });

  it('of a source that there is not is refused with the words of the store', async () => {
    const { connection } = await open({ settings: { sourceCode: 'west' } });
    const answers = await adobe.availability?.publish(connection, [offer('LAMP-OAK', 5)]);
    expect(answers?.get('LAMP-OAK')).toMatchObject({
      refusal: { code: 'state-conflict', detail: expect.stringContaining('"west" does not exist') as string },
    });
  });
});

describe('an order at Adobe Commerce', () => {
  it('is shipped with its track, from the source of the location that sent it', async () => {
    const { store, connection } = await open({ locations: { east: 'dayton' } });
    expect(await adobe.tell?.shipped?.(parcel, connection)).toEqual({ ok: true, value: { reference: '700' } });
    expect(store.book.shipments).toMatchObject([
      { tracks: [{ carrier_code: 'ups', title: 'UPS', track_number: '1Z999AA10123456784' }] },
    ]);
    expect(shipmentBody(connection, all, 'dayton', { ...parcel.facts, carrier: 'Harbor Couriers' })).toMatchObject({
      tracks: [{ carrier_code: 'custom', title: 'Harbor Couriers' }],
      arguments: { extension_attributes: { source_code: 'east' } },
    });
  });

  it.each([
    [3000, [line('41', 1)]],
    [7420, all],
    [500, []],
  ])('is refunded to the cent: %i', async (amount, lines) => {
    const { store, connection } = await open();
    const facts = { ...refund.facts, amount: { amount, currency: 'USD' }, lines };
    expect(await adobe.tell?.refunded?.({ ...refund, facts }, connection)).toMatchObject({ ok: true });
    expect(store.book.memos).toMatchObject([
      { base_grand_total: amount / 100, comments: [{ comment: 'scratched (ref_1)' }] },
    ]);
  });

  it('is refunded by its one invoice where the payment is to give the money back', async () => {
    const { connection } = await open({ settings: { refundOnline: 'yes' } });
    expect(await adobe.tell?.refunded?.(refund, connection)).toMatchObject({
      refusal: { code: 'state-conflict', detail: expect.stringContaining('no invoice') as string },
    });
    const byOurs = { ...refund, facts: { ...refund.facts, givenBack: refund.facts.amount } };
    expect(await adobe.tell?.refunded?.(byOurs, connection)).toMatchObject({ ok: true });
  });

  it('that is invoiced is not cancelled, nor is a part of one: a person is told why', async () => {
    const { store, connection } = await open();
    store.book.invoices.push({ entity_id: 1, order_id: 903 });
    expect(await adobe.tell?.cancelled?.(cancellation, connection)).toMatchObject({
      refusal: { code: 'state-conflict', detail: expect.stringContaining('invoiced') as string },
    });
    const part = { ...cancellation, externalId: '902', facts: { ...cancellation.facts, complete: false } };
    expect(await adobe.tell?.cancelled?.(part, connection)).toMatchObject({ refusal: { code: 'state-conflict' } });
  });
});

describe.runIf(inputsPresent)("the sandbox judges writes as Adobe's own examples are", () => {
  it.each([
    ['inventory-manage-source-items.json', 'Assign products to a source', bodies.sourceItems],
    ['tutorial-order-create-shipment.json', 'Step 9. Create a shipment', bodies.ship],
    ['msi-create-shipment.json', 'Send a partial shipment', bodies.ship],
    ['tutorial-order-issue-refund.json', 'Step 10. Issue a partial refund', bodies.refund],
  ] as const)('%s', (path, heading, schema) => {
    const examples = JSON.parse(inputBytes(`adobe-commerce/${path}`).toString()) as {
      heading: string;
      body: unknown;
    }[];
    const body = examples.find((one) => one.heading === heading)?.body;
    expect(schema.safeParse(body).error).toBeUndefined();
  });
});

it('is not said to be ready while a part of it is still to come: the store would ship all of it', async () => {
  const { store, connection } = await open();
  const ordered = (externalLineId: string, quantity: number) => ({
    ...{ sku: 'A', quantity, unitPrice: { amount: 3000, currency: 'USD' }, externalLineId },
  });
  const placed = {
    channelId: 'adobe',
    externalId: '902',
    currency: 'USD',
    shipTo: { country: 'US', lines: ['1 Elm'] },
  };
  const snapshot = channelOrderSnapshot.parse({
    asOf: now,
    order: { ...placed, lines: [ordered('41', 2), ordered('42', 1)] },
  });
  const some = { ...about, snapshot, facts: { ...pickup, lines: [line('41', 2)] } };
  expect(await adobe.tell?.ready?.(some, connection)).toMatchObject({ refusal: { code: 'state-conflict' } });
  expect(store.book.shipments).toEqual([]);
  expect(await adobe.tell?.ready?.({ ...some, facts: pickup }, connection)).toMatchObject({ ok: true });
});

it.each(['shipped', 'collected'] as const)('two alike that are %s are two shipments, each once', async (kind) => {
  const { store, connection } = await open();
  const one = { ...parcel, happenedAt: '2026-01-01T00:00:00.000Z', facts: { ...parcel.facts, lines: [line('41', 1)] } };
  const first = await adobe.tell?.[kind]?.(one, connection);
  const second = { ...one, tries: 1, others: first?.ok === true ? [first.value.reference ?? ''] : [] };
  await adobe.tell?.[kind]?.(second, connection);
  await adobe.tell?.[kind]?.(second, connection);
  expect(store.book.shipments).toHaveLength(2);
});
