import { decimalFromMinor } from '../../shared/kernel/money.ts';
import { type BookedOrder, bookedOrder } from '../../tests/sandboxes/shopify/booked-order.ts';
import { type Names, type Product } from './scene.ts';

const currency = 'USD';
const decimal = (amount: number): string => decimalFromMinor({ amount, currency });
const moneySet = (amount: number) => ({
  shop_money: { amount: decimal(amount), currency_code: currency },
  presentment_money: { amount: decimal(amount), currency_code: currency },
});

/** What the buyer pays for shipping, and the tax on the mug (Massachusetts taxes no clothing). */
export const shippingMinor = 500;
const mugTaxMinor = 78;

/** What the order comes to. */
export const totalMinor = ({ tee, mug }: Pick<Names, 'tee' | 'mug'>): number =>
  2 * tee.priceMinor + mug.priceMinor + mugTaxMinor + shippingMinor;

/**
 * Body of an `orders/create` webhook, written here in the wire form of Shopify's REST Order: two tees and a mug, paid, to Cambridge, MA.
 * As in many real shops its lines carry no SKU: the listing of their variant says which it is.
 * Source: https://shopify.dev/docs/api/admin-rest/latest/resources/order
 */
export function shopifyOrderBody(names: Names, placedAt: Date): string {
  const { tee, mug, orderNumber } = names;
  const total = totalMinor(names);
  return JSON.stringify({
    id: Number(orderNumber),
    admin_graphql_api_id: `gid://shopify/Order/${orderNumber}`,
    name: `#${orderNumber.slice(-5)}`,
    created_at: placedAt.toISOString().replace(/\.\d+Z$/, '+00:00'),
    currency,
    presentment_currency: currency,
    test: false,
    confirmed: true,
    financial_status: 'paid',
    fulfillment_status: null,
    taxes_included: false,
    total_price: decimal(total),
    total_price_set: moneySet(total),
    total_outstanding: '0.00',
    payment_gateway_names: ['shopify_payments'],
    email: 'grace@example.com',
    customer: { id: Number(orderNumber) + 1, email: 'grace@example.com', first_name: 'Grace', last_name: 'Example' },
    shipping_address: address,
    line_items: [lineItem(names, tee, 2, 0), lineItem(names, mug, 1, mugTaxMinor)],
    shipping_lines: [
      {
        title: 'Standard',
        price: decimal(shippingMinor),
        price_set: moneySet(shippingMinor),
        discount_allocations: [],
        tax_lines: [],
      },
    ],
  });
}

/** The order in the shop's own books: what Crossdock does to it there, it does to this. */
export function bookedAtShopify(names: Names): BookedOrder {
  const { tee, mug, orderNumber, shopifyLocation } = names;
  const locationId = Number(shopifyLocation);
  const lines = [
    { id: lineIdOf(names, tee), quantity: 2, locationId },
    { id: lineIdOf(names, mug), quantity: 1, locationId },
  ];
  return bookedOrder(Number(orderNumber), lines, { paid: decimal(totalMinor(names)) });
}

const lineIdOf = ({ orderNumber }: Pick<Names, 'orderNumber'>, { variantId }: Product): number =>
  Number(orderNumber) + Number(variantId.slice(-1)) + 100;

const address = {
  first_name: 'Grace',
  last_name: 'Example',
  name: 'Grace Example',
  address1: '1 Memorial Drive',
  address2: null,
  city: 'Cambridge',
  province: 'Massachusetts',
  province_code: 'MA',
  zip: '02139',
  country: 'United States',
  country_code: 'US',
  phone: null,
};

const lineItem = (names: Names, product: Product, quantity: number, taxMinor: number) => ({
  id: lineIdOf(names, product),
  variant_id: Number(product.variantId),
  sku: '',
  name: product.title,
  title: product.title,
  quantity,
  current_quantity: quantity,
  fulfillable_quantity: quantity,
  price: decimal(product.priceMinor),
  price_set: moneySet(product.priceMinor),
  requires_shipping: true,
  gift_card: false,
  taxable: taxMinor > 0,
  discount_allocations: [],
  tax_lines:
    taxMinor === 0
      ? []
      : [{ title: 'MA State Tax', rate: 0.0625, price: decimal(taxMinor), price_set: moneySet(taxMinor) }],
});
