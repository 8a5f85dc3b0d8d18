import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { inputBytes, inputsIn, inputsPresent } from '../../fixtures/inputs.ts';
import { channelOf } from '../../fixtures/world.ts';
import { canonical, totalOf } from '../../testing/connector-contract.ts';
import { adobe } from './connector.ts';
import { bytes, order } from './fixtures/orders.ts';
import { polledTopic as topic } from './poll.ts';

const channel = channelOf({ channelId: 'magento', type: 'adobe' });
const map = (body: Buffer) => {
  const mapped = adobe.map?.(body, { channel, topic, deliveryId: 'd' });
  if (mapped === undefined) throw new Error('it maps nothing');
  return mapped;
};
const steps = z.array(z.object({ near_http: z.string(), body: z.unknown() }));
const examples = inputsIn('adobe-commerce').flatMap((file) =>
  steps
    .parse(JSON.parse(inputBytes(file).toString()))
    .map(({ near_http: call, body }, index) => ({ name: `${file} ${index}: ${call}`, call, body })),
);
const invoice = z.looseObject({
  base_grand_total: z.number(),
  base_shipping_amount: z.number(),
  items: z.array(
    z.looseObject({ order_item_id: z.int(), sku: z.string(), qty: z.int(), base_row_total: z.number().optional() }),
  ),
});

describe.skipIf(!inputsPresent)('documented Adobe Commerce payloads (skipped where the inputs are not here)', () => {
  const orders = examples.filter(({ call }) => /GET .*\/V1\/orders\//.test(call));

  it.each(orders)(
    '$name: cut short in the documentation, so unreadable; without the gaps, what is left of it',
    async ({ body }) => {
      const text = z.object({ _unparsed: z.string() }).parse(body)._unparsed;
      expect(map(Buffer.from(text))).toMatchObject({ kind: 'quarantined', code: 'unreadable' });
      const snapshot = await canonical(channel, map(Buffer.from(text.replaceAll(/,\s*\.\.\.\s*/g, ''))));
      expect(snapshot.order).toMatchObject({
        externalId: '3',
        externalNumber: '000000003',
        channelTotal: { amount: 16500 },
      });
      // One of seven items is shown: 22.00, and 5.00 to ship.
      expect(totalOf(snapshot)).toBe(2700);
      expect(snapshot.order.holds).toMatchObject([{ reason: expect.stringContaining('165.00 USD') as string }]);
    },
  );

  const invoices = examples.filter(({ call }) => /GET .*\/V1\/invoices\//.test(call));

  // An invoice of a whole order has its items with the same fields; only which item is whose child it does not say.
  it.each(invoices)('$name: as an order, its items come to its total', async ({ body }) => {
    const { items, ...head } = invoice.parse(body);
    const rows = items.map((item, index) => {
      const [bundle] = items.slice(0, index).filter(({ sku }) => sku.startsWith('24-WG080-'));
      const parent =
        item.base_row_total === undefined ? items.find((one) => one.sku === item.sku && one !== item) : undefined;
      const ofBundle = bundle !== undefined && bundle.sku.includes(item.sku) ? bundle : undefined;
      return {
        ...item,
        item_id: item.order_item_id,
        qty_ordered: item.qty,
        product_type: item.sku.startsWith('24-WG080-') ? 'bundle' : 'simple',
        parent_item_id: (ofBundle ?? parent)?.order_item_id,
      };
    });
    const document = {
      ...order(),
      ...head,
      entity_id: 3,
      state: 'processing',
      base_total_paid: head.base_grand_total,
      base_shipping_tax_amount: 0,
      items: rows,
    };
    const snapshot = await canonical(channel, map(bytes(document)));
    expect(totalOf(snapshot)).toBe(Math.round(head.base_grand_total * 100));
    expect(snapshot.order.channelTotal?.amount).toBe(totalOf(snapshot));
  });

  it.each(examples.filter(({ call }) => !/GET .*\/V1\/orders\//.test(call)))(
    '$name: no order, in words',
    ({ body }) => {
      expect(map(bytes(body))).toMatchObject({ kind: 'quarantined', code: 'not-as-documented' });
    },
  );
});
