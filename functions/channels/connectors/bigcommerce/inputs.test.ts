import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { inputBytes, inputsIn, inputsPresent } from '../../fixtures/inputs.ts';
import { channelOf } from '../../fixtures/world.ts';
import { canonical, totalOf } from '../../testing/connector-contract.ts';
import { bigcommerce } from './connector.ts';
import { address, bytes, documentOf, order, product } from './fixtures/orders.ts';
import { fetchOrder } from './fetch.ts';
import { connectionOf } from '../../fixtures/connection.ts';

const topic = 'store/order/updated';
const channel = channelOf({ channelId: 'bc', type: 'bigcommerce' });
const map = (document: unknown) => {
  const mapped = bigcommerce.map?.(bytes(document), { channel, topic, deliveryId: 'd' });
  if (mapped === undefined) throw new Error('it maps nothing');
  return mapped;
};

const record = z.record(z.string(), z.unknown());
/** The documented answers of a call: an object, or a list of them. */
const examplesOf = (file: string): Record<string, unknown>[] => {
  const { example } = z
    .object({ example: z.union([z.array(record), record]) })
    .parse(JSON.parse(inputBytes(file).toString()));
  return Array.isArray(example) ? example : [example];
};
const filesOf = (call: RegExp) => inputsIn('bigcommerce/orders-v2').filter((path) => call.test(path));

const amounts = z.object({
  subtotal_ex_tax: z.string(),
  subtotal_inc_tax: z.string(),
  items_total: z.int(),
  total_inc_tax: z.string(),
  fees: z.array(z.object({ cost_inc_tax: z.string() })).default([]),
});
const cents = (amount: string): number => Math.round(Number(amount) * 100);

describe.skipIf(!inputsPresent)('documented BigCommerce orders (skipped where the inputs are not here)', () => {
  const orders = filesOf(/(getOrder|getOrders|createOrder|updateOrder)\.response\.200/).flatMap((file) =>
    examplesOf(file).map((example) => ({ file, example })),
  );

  it.each(orders)('$file: what it is made of comes to its total', async ({ example }) => {
    // The documentation shows an order without its products: one stands for all of them, by the order's own subtotal.
    const {
      subtotal_ex_tax: ex,
      subtotal_inc_tax: inc,
      items_total: quantity,
      total_inc_tax: total,
      fees,
    } = amounts.parse(example);
    const all = product({
      quantity,
      total_ex_tax: ex,
      total_inc_tax: inc,
      total_tax: (Number(inc) - Number(ex)).toFixed(4),
    });
    const snapshot = await canonical(
      channel,
      map({ order: example, products: [all], shipping_addresses: [address()] }),
    );
    expect(snapshot.order.externalId).toBe(String(example['id']));
    expect(snapshot.order.channelTotal?.amount).toBe(cents(total));
    // An order of the documentation shows fees that its total does not hold: they are kept, and the difference is flagged.
    const unheld = fees.reduce((sum, fee) => sum + cents(fee.cost_inc_tax), 0);
    expect(totalOf(snapshot)).toBe(cents(total) + unheld);
  });

  it.each(filesOf(/getOrderProducts?\.response\.200/))('%s: lines with their money', async (file) => {
    const products = examplesOf(file).map((one) => ({ ...one, order_address_id: 88 }));
    const paid = z
      .array(
        z.object({ total_inc_tax: z.string(), discounted_total_inc_tax: z.string().optional(), quantity: z.int() }),
      )
      .parse(products);
    const total = paid.reduce((sum, one) => sum + cents(one.discounted_total_inc_tax ?? one.total_inc_tax), 0);
    const over = {
      total_inc_tax: (total / 100).toFixed(4),
      total_tax: null,
      shipping_cost_inc_tax: '0',
      shipping_cost_tax: '0',
    };
    const snapshot = await canonical(channel, map(documentOf(over, { products })));
    expect(totalOf(snapshot)).toBe(total);
    expect(snapshot.order.lines.map(({ quantity }) => quantity)).toEqual(paid.map(({ quantity }) => quantity));
  });

  it.each(filesOf(/getOrderShippingAddress(es)?\.response\.200/))(
    '%s: a place, or several of them held',
    async (file) => {
      const addresses = examplesOf(file);
      const snapshot = await canonical(channel, map(documentOf({}, { addresses })));
      expect(snapshot.order.shipTo.country).toBe('US');
      expect(snapshot.order.holds).toEqual([]);
    },
  );

  it.each(filesOf(/Pickup-Consignments/))('%s: a pickup', async (file) => {
    const [consignments] = examplesOf(file);
    const snapshot = await canonical(channel, map(documentOf({ consignments }, { addresses: [] })));
    expect(snapshot.order.delivery).toMatchObject({ method: 'pickup', pickupPoint: { externalId: 'LOCATION-1' } });
  });

  it.each(inputsIn('bigcommerce/orders-v3').filter((path) => path.includes('getOrderRefund.')))(
    '%s: a refund',
    async (file) => {
      const [refund] = examplesOf(file);
      const snapshot = await canonical(
        channel,
        map(documentOf({ status_id: 14 }, { refunds: { data: [refund?.['data']] } })),
      );
      expect(snapshot.refunds).toMatchObject([
        { externalId: '12', amount: { amount: 5000 }, reason: 'Customer requires a refund.' },
      ]);
    },
  );

  it.each(inputsIn('bigcommerce/webhooks'))('%s: asks for the order, or is ignored', async (file) => {
    const body = inputBytes(file);
    const { scope } = z.object({ scope: z.string() }).parse(JSON.parse(body.toString()));
    const asked: string[] = [];
    const connection = connectionOf(channel, {
      call: ({ url }) => {
        asked.push(String(url));
        return Promise.resolve({
          ok: true,
          value: { status: 200, headers: {}, body: bytes(String(url).includes('/250?') ? order() : []) },
        });
      },
    });
    const fetched = await fetchOrder({ topic: scope, body }, connection);
    if (scope.includes('/message/')) expect(fetched).toMatchObject({ value: { kind: 'ignored' } });
    else expect(asked[0]).toContain('/v2/orders/250?include=');
  });

  it.each([
    ...inputsIn('bigcommerce/orders-v2'),
    ...inputsIn('bigcommerce/orders-v3'),
    ...inputsIn('bigcommerce/webhooks'),
  ])('%s by itself: no order with its products, in words', (file) => {
    const mapped = bigcommerce.map?.(inputBytes(file), { channel, topic, deliveryId: 'd' });
    expect(mapped).toMatchObject({ kind: 'quarantined', code: 'not-as-documented' });
  });
});
