import { orderIdOf } from '../kernel/ids.ts';
import { type Order, type OrderLine, lineTotalMinor } from '../model/orders/order.ts';
import { unitsIn } from '../model/orders/units.ts';

/** A line as a test states it; the rest is made up. */
export type ALine = Partial<OrderLine> & { readonly sku: string; readonly quantity: number };

/** A valid order, reserved and paid, made from what matters to a test; totals and payment are computed from its lines. */
export function anOrder({
  lines = [{ sku: 'TEE-BLACK-M', quantity: 1 }],
  ...rest
}: Omit<Partial<Order>, 'lines'> & { readonly lines?: readonly ALine[] } = {}): Order {
  const complete = lines.map((line, index): OrderLine => ({
    lineId: String(index + 1),
    unitPriceMinor: 1000,
    discountMinor: 0,
    taxMinor: 0,
    units: unitsIn('reserved', line.quantity),
    ...line,
  }));
  const {
    channelId = 'webshop',
    externalId = '1001',
    currency = 'USD',
    shippingMinor = 0,
    shippingTaxMinor = 0,
  } = rest;
  const totalMinor = complete.reduce((sum, line) => sum + lineTotalMinor(line), shippingMinor + shippingTaxMinor);
  return {
    orderId: orderIdOf(channelId, externalId),
    version: 1,
    updatedAt: '2026-11-22T09:30:00.000Z',
    events: [],
    channelId,
    externalId,
    pool: 'online',
    currency,
    placedAt: '2026-11-22T09:30:00.000Z',
    capturedAt: '2026-11-22T09:30:00.000Z',
    shipTo: { country: 'US', postalCode: '02108', lines: ['1 Beacon St'] },
    lines: complete,
    shippingMinor,
    shippingTaxMinor,
    totalMinor,
    payments: [
      {
        paymentId: 'pay_1',
        provider: 'recorded',
        state: 'captured',
        amount: { amount: totalMinor, currency },
        capturedMinor: totalMinor,
        refundedMinor: 0,
      },
    ],
    refunds: [],
    holds: [],
    exceptions: [],
    fulfillmentOrders: 0,
    returns: 0,
    rejectedBy: [],
    requestHash: 'test',
    ...rest,
  };
}
