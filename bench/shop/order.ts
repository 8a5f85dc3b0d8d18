import type * as z from 'zod';
import { type orderInput } from '../../shared/contracts/orders/order-input.ts';
import { type Shop } from './shop.ts';

/** A body of `POST /v1/orders`. */
export type OrderBody = z.input<typeof orderInput>;

const priceMinor = 2499;
const taxMinor = 156;
const usd = (amount: number) => ({ amount, currency: 'USD' });

/**
 * An order as a web shop hands it over, with everything that one has (names, address, taxes, shipping), so that items are as large as in
 * life. Orders run through the shop's SKUs in turn.
 * @param number names the order within its shop
 */
export function orderBody({ channelId, skus }: Shop, number: number, lines: number): OrderBody {
  const ordered = Array.from({ length: lines }, (_, index) => skus[(number * lines + index) % skus.length] ?? '');
  return {
    channelId,
    externalId: `${channelId}-${number}`,
    currency: 'USD',
    customer: { name: 'Jordan Rivera', email: 'jordan.rivera@example.com', externalId: '7312894410' },
    shipTo: {
      name: 'Jordan Rivera',
      lines: ['18 Beacon Street', 'Apartment 4B'],
      city: 'Boston',
      region: 'MA',
      postalCode: '02108',
      country: 'US',
      phone: '+1 617 555 0142',
    },
    lines: ordered.map((sku, index) => ({
      sku,
      quantity: 1,
      title: 'T-shirt, organic cotton, black, M',
      externalLineId: `1479${number}${index}`,
      unitPrice: usd(priceMinor),
      tax: usd(taxMinor),
    })),
    shipping: { price: usd(595) },
    payments: [{ provider: 'recorded', amount: usd(lines * (priceMinor + taxMinor) + 595), reference: `pi_${number}` }],
  };
}
