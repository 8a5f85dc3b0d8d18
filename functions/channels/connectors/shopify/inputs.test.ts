import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { parseJson } from '../../../../shared/kernel/json.ts';
import { decimalFromMinor } from '../../../../shared/kernel/money.ts';
import { inputBytes, inputsPresent } from '../../fixtures/inputs.ts';
import { channelOf } from '../../fixtures/world.ts';
import { canonical, totalOf } from '../../testing/connector-contract.ts';
import { fulfillmentOrder, graphqlOrderNode } from './fixtures/graphql-order.ts';
import { mapDelivery } from './map-order.ts';
import { documentsIn, filesBelow } from './testing/recorded.ts';

const files = filesBelow('shopify');
const wholes = files.filter((file) => documentsIn(parseJson(inputBytes(file).toString())).length > 0);
const topics: readonly (readonly [RegExp, string])[] = [
  [/Fulfillment(Event)?\.json$/, 'fulfillments/update'],
  [/InventoryLevel\.json$/, 'inventory_levels/update'],
  [/InventoryItem\.json$/, 'inventory_items/update'],
  [/OrderTransaction\.json$/, 'order_transactions/create'],
  [/DraftOrder\.json$/, 'draft_orders/create'],
  [/Checkout\.json$/, 'checkouts/create'],
  [/Location\.json$/, 'locations/update'],
];
/** Recorded copies whose own amounts do not come to their own total: prices were changed, or an order-wide code is not shared out. */
const falseSums = ['shopify/python-fixtures/order.json', 'shopify/webhook-samples-official/2021-07/Order.json'];

const modes = z.object({
  shippingAddress: z.unknown().optional(),
  shippingLines: z.array(z.object({ title: z.string(), code: z.string() })),
  customAttributes: z.array(z.object({ key: z.string(), value: z.string() })).default([]),
  fulfillmentOrders: z.array(
    z.object({
      assignedLocation: z.object({ name: z.string() }),
      deliveryMethod: z.object({ methodType: z.string() }),
    }),
  ),
});

const mapIn = (currency: string, body: Buffer, topic: string) =>
  mapDelivery(body, {
    channel: channelOf({ channelId: 'shopify-real', type: 'shopify', currency }),
    topic,
    deliveryId: 'd',
  });

describe.skipIf(!inputsPresent)('recorded Shopify payloads (skipped where they are not beside the repository)', () => {
  it('are there', () => expect(wholes.length).toBeGreaterThan(8));

  it.each(wholes.filter((file) => !/DraftOrder|Checkout/.test(file)))(
    '%s: orders and refunds, to the minor unit and the digit',
    async (file) => {
      const text = inputBytes(file).toString();
      for (const { topic, body, currency, total } of documentsIn(parseJson(text))) {
        const mapped = mapIn(currency, body, topic);
        if (mapped.kind === 'change') {
          expect(text).toContain(`"id": ${mapped.change.changeId}`);
          expect(text).toContain(`"order_id": ${mapped.change.externalId}`);
          continue;
        }
        if (mapped.kind !== 'order') {
          // Drafts and examples without an address; nothing else may be wrong with them.
          expect(mapped).toMatchObject({ kind: 'quarantined', code: 'address' });
          expect(body.toString()).not.toMatch(/"shipping_address":\{/);
          continue;
        }
        const snapshot = await canonical(channelOf({ channelId: 'shopify-real', type: 'shopify', currency }), mapped);
        const { order } = snapshot;
        expect(order.channelTotal && decimalFromMinor(order.channelTotal)).toBe(total);
        if (!falseSums.includes(file)) expect(totalOf(snapshot)).toBe(order.channelTotal?.amount);
        for (const id of [order.externalId, ...order.lines.map(({ externalLineId }) => externalLineId ?? '')])
          expect(text).toMatch(new RegExp(`"id": ?${id}[,\\s]`));
      }
    },
  );

  it.each(
    files.flatMap((file) =>
      topics
        .filter(([name]) => name.test(file))
        .slice(0, 1)
        .map(([, topic]) => [file, topic] as const),
    ),
  )('%s as %s is none of ours', (file, topic) =>
    expect(mapIn('USD', inputBytes(file), topic)).toMatchObject({ kind: 'ignored' }),
  );

  it('an edit names its order; a real cancel zeroes what is current and keeps what was ordered', () => {
    expect(
      mapIn('USD', inputBytes('shopify/webhook-samples-official/2022-04/OrderEdit.json'), 'orders/edited'),
    ).toMatchObject({
      code: 'not-as-documented',
    });
    expect(
      mapIn('HKD', inputBytes('shopify/webhooks-2025-real/orders_cancelled.1-hkd.json'), 'orders/cancelled'),
    ).toMatchObject({
      snapshot: {
        state: 'cancelled',
        order: { lines: [{ quantity: 1 }], attributes: { cancel_reason: 'customer' }, channelTotal: { amount: 9900 } },
        cancelled: [{ quantity: 1 }],
        refunds: [{ amount: { amount: 9900 }, lines: [{ restock: 'cancel', quantity: 1, location: '103709376812' }] }],
      },
    });
  });

  it('a return at a till goes back to its store, for what the card was given', () => {
    const refund = inputBytes('shopify/redacted-production/refunds_create.pos-return-cad.json');
    expect(mapIn('CAD', refund, 'refunds/create')).toMatchObject({
      change: {
        externalId: '6022498320664',
        refund: {
          amount: { amount: 16125, currency: 'CAD' },
          lines: [{ quantity: 4, restock: 'return', location: '5791776832' }],
        },
      },
    });
  });

  it.each(files.filter((file) => file.includes('graphql-conformance')))(
    '%s: an answer that lacks parts of an order is told, never guessed',
    (file) => {
      const orders: unknown[] = [];
      JSON.stringify(JSON.parse(inputBytes(file).toString()), (key, value: unknown) => {
        if (key === 'order' && typeof value === 'object' && value !== null && 'id' in value) orders.push(value);
        return value;
      });
      for (const order of orders) {
        const mapped = mapIn('CAD', Buffer.from(JSON.stringify({ data: { order } })), 'orders/polled');
        expect(mapped).toMatchObject({ kind: 'quarantined', code: 'not-as-documented' });
      }
    },
  );

  it.each([
    ['native_pickup', { method: 'pickup', pickupPoint: { externalId: '7701', name: 'Shopping Recife' } }],
    ['native_local_delivery', { method: 'local-delivery' }],
    [
      'misclassified_pickup_sent_as_shipping',
      { method: 'pickup', pickupPoint: { externalId: '97784398144', name: 'Shops Jardins' } },
    ],
  ])('as recorded in production, %s is what the buyer chose', (name, delivery) => {
    const recorded = parseJson(
      inputBytes('shopify/redacted-production/fulfilment-modes.graphql-shapes.json').toString(),
    );
    const { [name]: shape } = z.object({ [name]: modes }).parse(recorded);
    const [mode] = shape?.fulfillmentOrders ?? [];
    const [shippingLine] = graphqlOrderNode().shippingLines.nodes;
    const node = graphqlOrderNode({
      customAttributes: shape?.customAttributes,
      shippingLines: { nodes: shape?.shippingLines.map((line) => ({ ...shippingLine, ...line })) },
      ...(shape?.shippingAddress === null && { shippingAddress: null }),
    });
    const at = { ...fulfillmentOrder('').assignedLocation, name: mode?.assignedLocation.name };
    const handover = {
      fulfillmentOrders: { nodes: [fulfillmentOrder(mode?.deliveryMethod.methodType ?? '', { assignedLocation: at })] },
    };
    const document = Buffer.from(JSON.stringify({ data: { order: node, handover } }));
    expect(mapIn('USD', document, 'orders/polled')).toMatchObject({ snapshot: { order: { delivery } } });
  });
});
