import { describe, expect, it } from 'vitest';
import { type Mapped, type SnapshotDraft } from '../../domain/connector.ts';
import { channelOf } from '../../fixtures/world.ts';
import { canonical, totalOf } from '../../testing/connector-contract.ts';
import { location, onlineOrder, shipment, squareLine, tillSale, variation } from './fixtures/orders.ts';
import { mapDelivery } from './map-order.ts';

const channel = channelOf({ channelId: 'square-us', type: 'square' });
const bytes = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));
const map = (document: object, topic = 'order.updated', settings = {}): Mapped =>
  mapDelivery(bytes(document), { channel: { ...channel, settings }, topic, deliveryId: 'd' });
function snapshot(order: object): SnapshotDraft {
  const mapped = map({ order, location });
  if (mapped.kind !== 'order') throw new Error(JSON.stringify(mapped));
  return mapped.snapshot;
}
const usd = (amount: number) => ({ amount, currency: 'USD' });

describe('a sale at a till', () => {
  it('was collected where it was sold, and is done', () => {
    expect(map({ order: tillSale(), location, variations: [variation] })).toEqual({
      kind: 'order',
      snapshot: {
        asOf: '00000000000000000004',
        state: 'closed',
        takenAway: true,
        order: {
          externalId: 'ORDER1',
          placedAt: '2026-11-20T10:00:00.123Z',
          currency: 'USD',
          attributes: { pos: 'true', source: 'Square Point of Sale', location_id: 'LOCATION1' },
          shipTo: { lines: ['800 Boylston St'], city: 'Boston', postalCode: '02199', country: 'US' },
          delivery: { method: 'pickup', pickupPoint: { externalId: 'LOCATION1', name: 'Back Bay' } },
          lines: [
            {
              sku: 'MUG-BLUE',
              title: 'Mug - Blue',
              externalLineId: 'line-1',
              listing: { variantId: 'VARIATION1', listingId: 'ITEM1', barcode: '4006381333931' },
              quantity: 2,
              unitPrice: usd(800),
            },
          ],
          channelTotal: usd(1600),
          payments: [{ provider: 'recorded', amount: usd(1600), reference: 'TENDER1', method: 'CASH' }],
          holds: [],
        },
        cancelled: [],
      },
    });
  });

  it('needs a country: of its location, else of the channel', () => {
    expect(map({ order: tillSale() })).toMatchObject({
      code: 'address',
      reason: expect.stringContaining('LOCATION1') as string,
    });
    expect(map({ order: tillSale() }, 'order.updated', { country: 'us' })).toMatchObject({
      snapshot: { order: { shipTo: { country: 'US' } } },
    });
  });

  it('of amounts that were typed in alone takes no stock; parts of a unit are for a person', () => {
    expect(
      map({ order: tillSale({ line_items: [squareLine({ item_type: 'CUSTOM_AMOUNT' })] }), location }),
    ).toMatchObject({ kind: 'ignored' });
    expect(map({ order: tillSale({ line_items: [squareLine({ quantity: '0.75' })] }), location })).toMatchObject({
      kind: 'quarantined',
      code: 'amount',
      reason: expect.stringContaining('0.75') as string,
    });
  });
});

describe('an online order', () => {
  it('comes to its total: taxes on top and inside, a discount, a gift card, shipping, gratuity and tip', async () => {
    const read = await canonical(channel, map({ order: onlineOrder() }));
    expect(totalOf(read)).toBe(6078);
    expect(read).toMatchObject({
      asOf: '00000000000000000007',
      state: 'open',
      order: {
        externalNumber: 'WEB-77',
        customer: { name: 'Ada Byron', email: 'ada@example.com', externalId: 'CUSTOMER1' },
        shipTo: { name: 'Ada Byron', lines: ['1 Beacon St'], region: 'MA', country: 'US', phone: '+16175550100' },
        delivery: { method: 'ship', service: 'First class' },
        promised: { shipBy: '2026-11-22T00:00:00.000Z' },
        shipping: { price: usd(600), tax: usd(50) },
        charges: [
          { kind: 'gift-card', price: usd(2000), externalLineId: 'line-2' },
          { kind: 'tip', title: 'Gratuity', price: usd(300) },
          { kind: 'tip', price: usd(300) },
        ],
        lines: [
          {
            quantity: 3,
            tax: usd(334),
            taxes: [
              { title: 'VAT', ratePercent: '8.25' },
              { title: 'State tax', ratePercent: '5' },
            ],
            discounts: [
              { title: 'Spring', amount: usd(300) },
              { title: 'rounding', amount: usd(2) },
            ],
            attributes: { modifiers: 'Engraving' },
          },
        ],
        channelTotal: usd(6078),
        payments: [{ amount: usd(6078), reference: 'PAYMENT1', method: 'VISA' }],
      },
    });
    expect(read.order.attributes?.['pos']).toBeUndefined();
  });

  it.each([
    ['pending while anything is due', { net_amount_due_money: usd(1) }, 'pending'],
    ['pending where no money was received', { net_amount_due_money: null, tenders: [] }, 'pending'],
    ['a draft is pending', { state: 'DRAFT' }, 'pending'],
    ['cancelled', { state: 'CANCELED' }, 'cancelled'],
    ['done', { state: 'COMPLETED' }, 'closed'],
  ])('%s', (_, over, state) => expect(snapshot(onlineOrder(over)).state).toBe(state));

  it('is held while its money is only authorized', () => {
    const tenders = [{ id: 'T1', type: 'CARD', amount_money: usd(6078), card_details: { status: 'AUTHORIZED' } }];
    const { payments, holds } = snapshot(onlineOrder({ tenders })).order;
    expect(payments).toEqual([]);
    expect(holds).toEqual([{ reason: 'payment is authorized at the channel and not captured' }]);
  });

  it('records no more than it costs', () => {
    const tenders = [
      { id: 'A', type: 'CASH', amount_money: usd(6000) },
      { id: 'B', type: 'CASH', amount_money: usd(100) },
    ];
    expect(snapshot(onlineOrder({ tenders })).order.payments).toMatchObject([
      { amount: usd(6000) },
      { amount: usd(78) },
    ]);
  });

  it('is collected, or brought to the door', () => {
    const pickup = {
      uid: 'F1',
      type: 'PICKUP',
      state: 'PROPOSED',
      pickup_details: { pickup_at: '2026-11-23T12:00:00Z', note: 'Ring', recipient: { display_name: 'Ada' } },
    };
    expect(snapshot(onlineOrder({ fulfillments: [pickup] })).order).toMatchObject({
      delivery: { method: 'pickup', pickupPoint: { externalId: 'LOCATION1', name: 'Back Bay' }, instructions: 'Ring' },
      shipTo: { name: 'Ada', lines: ['800 Boylston St'], country: 'US' },
      promised: { deliverBy: '2026-11-23T12:00:00.000Z' },
    });
    const address = { address_line_1: '2 Main St', country: 'US' };
    const courier = {
      uid: 'F1',
      type: 'DELIVERY',
      delivery_details: { dropoff_notes: 'Porch', recipient: { address } },
    };
    expect(snapshot(onlineOrder({ fulfillments: [shipment({ state: 'CANCELED' }), courier] })).order).toMatchObject({
      delivery: { method: 'local-delivery', instructions: 'Porch' },
      shipTo: { lines: ['2 Main St'] },
    });
    expect(map({ order: onlineOrder({ fulfillments: [shipment({ shipment_details: null })] }) })).toMatchObject({
      code: 'address',
    });
  });

  it.each([
    ['all of it, when its only fulfillment failed', [shipment({ state: 'FAILED' })], 3],
    [
      'what a cancelled fulfillment names',
      [shipment({ state: 'CANCELED', entries: [{ line_item_uid: 'line-1', quantity: '1' }] }), shipment()],
      1,
    ],
    ['nothing while all are alive', [shipment()], 0],
  ])('cancelled units are %s', (_, fulfillments, units) =>
    expect(snapshot(onlineOrder({ fulfillments })).cancelled).toEqual(
      units === 0 ? [] : [{ externalLineId: 'line-1', quantity: units }],
    ),
  );

  it('rounds cash as Square did', async () => {
    const order = tillSale({ rounding_adjustment: { amount_money: usd(2) }, total_money: usd(1602) });
    expect(totalOf(await canonical(channel, map({ order, location })))).toBe(1602);
  });
});

it.each(['inventory.count.updated', 'catalog.version.updated', 'customer.created'])('%s is none of ours', (topic) =>
  expect(map({}, topic)).toMatchObject({ kind: 'ignored', reason: expect.stringContaining(topic) as string }),
);
