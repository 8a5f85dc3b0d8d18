import { describe, expect, it } from 'vitest';
import { type Mapped } from '../../../domain/connector.ts';
import { channelOf } from '../../../fixtures/world.ts';
import { canonical } from '../../../testing/connector-contract.ts';
import { purchase, purchaseWith } from '../fixtures/purchase-orders.ts';
import { mapDocument } from '../map-document.ts';

const channel = channelOf({ channelId: 'amazon-us', type: 'amazon' });
const mapped = (body: Buffer, settings: Record<string, string> = {}): Mapped =>
  mapDocument(body, { channel: { ...channel, settings } });
const snapshotOf = (body: Buffer) => canonical(channel, mapped(body));
const usd = (amount: number) => ({ amount, currency: 'USD' });
const bytes = (value: object) => Buffer.from(JSON.stringify(value));

describe('a purchase order', () => {
  it('counts cases as their units and leaves out what is not wanted any more', async () => {
    expect(await snapshotOf(bytes(purchase))).toMatchObject({
      asOf: '2026-11-19T11:00:00.000Z',
      state: 'open',
      order: {
        externalId: '4TESTPO1',
        shipTo: { name: 'Amazon BOS7', country: 'US' },
        promised: { shipBy: '2026-11-27T08:00:00.000Z' },
        lines: [
          { quantity: 60, unitPrice: usd(615), listing: { variantId: 'B0TESTMUG1', barcode: '4006381333931' } },
          { quantity: 30, unitPrice: usd(1400) },
        ],
        total: usd(60 * 615 + 30 * 1400),
        payments: [{ provider: 'recorded', amount: usd(60 * 615 + 30 * 1400), method: 'on account: Invoice' }],
        holds: [],
      },
    });
  });

  it('with nothing wanted any more is cancelled', () => {
    const items = purchase.orderDetails.items.filter(({ orderedQuantity }) => orderedQuantity.amount === 0);
    expect(mapped(bytes(purchaseWith({ items })))).toMatchObject({ kind: 'change', change: { kind: 'cancel' } });
  });

  it('to a warehouse in a country that nothing tells is set aside, until the channel says it', () => {
    const [first] = purchase.orderDetails.items;
    const items = [{ ...first, netCost: { amount: '6', currencyCode: 'EUR' }, listPrice: undefined }];
    const body = bytes(purchaseWith({ items }));
    expect(mapped(body)).toMatchObject({ kind: 'quarantined', code: 'address' });
    expect(mapped(body, { shipToCountry: 'DE' })).toMatchObject({ snapshot: { order: { shipTo: { country: 'DE' } } } });
  });
});
