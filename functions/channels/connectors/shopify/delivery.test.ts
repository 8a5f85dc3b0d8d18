import { describe, expect, it } from 'vitest';
import { type Mapped, type SnapshotDraft } from '../../domain/connector.ts';
import { shopifyOrderBody } from '../../fixtures/shopify-order.ts';
import { channelOf } from '../../fixtures/world.ts';
import { cashOrder } from './fixtures/orders.ts';
import { mapDelivery } from './map-order.ts';

const channel = channelOf({ channelId: 'shopify-us', type: 'shopify' });
const mapText = (text: string | Buffer, topic = 'orders/create'): Mapped =>
  mapDelivery(Buffer.from(text), { channel, topic, deliveryId: 'd' });
const map = (over: Readonly<Record<string, unknown>> = {}): Mapped => mapText(JSON.stringify(shopifyOrderBody(over)));

function snapshot(over: Readonly<Record<string, unknown>> = {}): SnapshotDraft {
  const mapped = map(over);
  if (mapped.kind !== 'order') throw new Error(JSON.stringify(mapped));
  return mapped.snapshot;
}
const order = (over: Readonly<Record<string, unknown>> = {}) => snapshot(over).order;

describe('where it goes', () => {
  it('a till’s sale was collected where it was sold', () => {
    const mapped = mapText(JSON.stringify(cashOrder()));
    expect(mapped).toMatchObject({
      snapshot: {
        state: 'closed',
        order: {
          delivery: { method: 'pickup', pickupPoint: { externalId: '7701' } },
          shipTo: { country: 'US', postalCode: '02199' },
          attributes: { pos: 'true' },
        },
      },
    });
  });

  it('a pickup of Shopify’s own has no address and a store for its shipping line', () => {
    const pickup = { shipping_address: null, shipping_lines: [{ title: 'Back Bay', code: 'Back Bay', price: '0.00' }] };
    expect(map(pickup)).toMatchObject({
      kind: 'quarantined',
      code: 'address',
      reason: expect.stringContaining('setting country') as string,
    });
    const known = mapDelivery(Buffer.from(JSON.stringify(shopifyOrderBody(pickup))), {
      channel: { ...channel, settings: { country: 'us' } },
      topic: 'orders/create',
      deliveryId: 'd',
    });
    expect(known).toMatchObject({
      snapshot: {
        order: { delivery: { method: 'pickup', pickupPoint: { name: 'Back Bay' } }, shipTo: { country: 'US' } },
      },
    });
  });

  it('a pickup that an app sold as shipping is one', () => {
    const attributes = [
      { name: 'shipping_additional_delivery_method_type', value: 'PICKUP' },
      { name: 'shipping_additional_location_id', value: '7702' },
      { name: 'shipping_additional_location_name', value: 'Harbor' },
    ];
    expect(order({ note_attributes: attributes }).delivery).toMatchObject({
      method: 'pickup',
      pickupPoint: { externalId: '7702', name: 'Harbor' },
    });
    const coded = [{ title: 'Collect at Harbor', code: 'pickup-harbor', price: '0.00' }];
    expect(order({ shipping_lines: coded }).delivery).toMatchObject({
      method: 'pickup',
      pickupPoint: { name: 'Collect at Harbor' },
    });
  });

  it('a local delivery is one; a draft without an address is for a person, and one that is cancelled needs none', () => {
    const local = [{ title: 'Local Delivery', code: 'Local Delivery', price: '0.00' }];
    expect(order({ shipping_lines: local }).delivery).toMatchObject({ method: 'local-delivery' });
    const draft = { shipping_address: null, shipping_lines: [{ title: 'Van', code: 'custom', price: '5.00' }] };
    expect(map(draft)).toMatchObject({
      code: 'address',
      reason: expect.stringContaining('no shipping address') as string,
    });
    const over = { ...draft, cancelled_at: '2026-11-21T00:00:00Z', billing_address: { country_code: 'US' } };
    expect(snapshot(over)).toMatchObject({ state: 'cancelled', order: { shipTo: { country: 'US' } } });
  });
});
