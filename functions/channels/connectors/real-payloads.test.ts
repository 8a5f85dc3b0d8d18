import { afterEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { ShopifyInventory } from '../../../tests/sandboxes/shopify-inventory.ts';
import { parseJson } from '../../../shared/kernel/json.ts';
import { channelOf } from '../fixtures/world.ts';
import { inputBytes, inputsIn, inputsPresent } from '../fixtures/inputs.ts';
import { mapOrder } from './shopify/map-order.ts';
import { takeIn } from './shopify/signature.ts';
import { verified } from './webhook/signature.ts';

const vector = z.object({
  scheme: z.string(),
  secret: z.string(),
  body_file: z.string(),
  signature: z.string(),
  webhook_id: z.string().optional(),
  webhook_timestamp: z.number().optional(),
});
const vectorOf = (scheme: string) => {
  const all = z
    .array(z.looseObject({ scheme: z.string() }))
    .parse(JSON.parse(inputBytes('signatures/vectors.json').toString()));
  return vector.parse(all.find((one) => one.scheme.startsWith(scheme)));
};
const flipped = (body: Buffer): Buffer => Buffer.from(body.map((byte, index) => (index === 10 ? byte ^ 1 : byte)));

afterEach(() => void vi.useRealTimers());

describe.skipIf(!inputsPresent)(
  'recorded signatures (skipped where the recorded payloads are not beside the repository)',
  () => {
    it('Shopify', () => {
      const { secret, body_file, signature } = vectorOf('shopify');
      const body = inputBytes(body_file);
      const headers = {
        'x-shopify-hmac-sha256': signature,
        'x-shopify-webhook-id': 'w1',
        'x-shopify-topic': 'orders/create',
      };
      expect(takeIn(secret, { headers, body })).toMatchObject({
        ok: true,
        value: { deliveryId: 'w1', topic: 'orders/create' },
      });
      expect(takeIn(secret, { headers, body: flipped(body) })).toMatchObject({
        refusal: { code: 'invalid-signature' },
      });
      expect(takeIn(`${secret}!`, { headers, body })).toMatchObject({ refusal: { code: 'invalid-signature' } });
    });

    it('Standard Webhooks, as BigCommerce signs', () => {
      const { body_file, signature, webhook_id = '', webhook_timestamp = 0 } = vectorOf('bigcommerce');
      vi.useFakeTimers({ now: webhook_timestamp * 1000 });
      const body = inputBytes(body_file);
      const headers = {
        'webhook-id': webhook_id,
        'webhook-timestamp': String(webhook_timestamp),
        'webhook-signature': signature,
      };
      expect(verified('bc_client_secret', { headers, body })).toEqual({ ok: true, value: webhook_id });
      expect(verified('bc_client_secret', { headers, body: flipped(body) })).toMatchObject({ ok: false });
      expect(verified('another secret', { headers, body })).toMatchObject({ ok: false });
      vi.setSystemTime((webhook_timestamp + 301) * 1000);
      expect(verified('bc_client_secret', { headers, body })).toMatchObject({ ok: false });
    });
  },
);

const place = { address1: '1 Beacon St', country_code: 'US' };
const sample = z.looseObject({
  id: z.unknown(),
  currency: z.string(),
  total_price: z.string(),
  shipping_address: z.unknown().optional(),
});

/** A real order, as our mapping sees it with what the sample lacks added: an address, and a SKU for every variant. */
async function mapReal(json: object) {
  const order = sample.parse(json);
  const text = JSON.stringify({
    ...order,
    test: false,
    cancelled_at: null,
    shipping_address: order.shipping_address ?? place,
  });
  const channel = channelOf({ channelId: 'shopify-real', type: 'shopify', currency: order.currency });
  const mapped = await mapOrder(Buffer.from(text), {
    channel,
    topic: 'orders/create',
    skusOf: (variant) => Promise.resolve([`SKU-${variant}`]),
  });
  if (mapped.kind !== 'order') throw new Error(mapped.reason);
  return { order, mapped: mapped.order };
}

const digits = (decimal: string): number => Number(decimal.replace('.', ''));
const deliveries = [...inputsIn('shopify/webhooks-2025-real'), 'shopify/webhook-samples-official/2022-04/Order.json'];

describe.skipIf(!inputsPresent)(
  'real Shopify orders (skipped where the recorded payloads are not beside the repository)',
  () => {
    it.each(deliveries)('%s: total to the minor unit, ids to the digit', async (file) => {
      const text = inputBytes(file).toString();
      const { order, mapped } = await mapReal(z.looseObject({}).parse(parseJson(text)));
      expect(mapped.total?.amount).toBe(digits(order.total_price));
      expect(text).toContain(`"id": ${mapped.externalId},`);
      for (const line of mapped.lines) expect(text).toContain(`"id": ${line.externalLineId ?? ''},`);
      expect(mapped.holds.every(({ reason }) => !reason.includes('add up'))).toBe(true);
    });

    it('the documented REST orders: total to the minor unit', async () => {
      const examples = z
        .array(z.looseObject({ response: z.looseObject({}).optional() }))
        .parse(JSON.parse(inputBytes('shopify/rest-2024-04/order.json').toString()));
      const orders = examples.flatMap(({ response }) => {
        const { orders = [], order } = z
          .object({ orders: z.array(z.looseObject({})).optional(), order: z.looseObject({}).optional() })
          .parse(response ?? {});
        return [...orders, ...(order ? [order] : [])].filter(
          (one) => 'line_items' in one && 'total_price' in one && 'currency' in one,
        );
      });
      expect(orders.length).toBeGreaterThan(10);
      for (const json of orders) {
        const withVariant = {
          ...json,
          line_items: z
            .array(z.looseObject({ variant_id: z.unknown() }))
            .parse(json['line_items'])
            .map((line) => ({ ...line, variant_id: line.variant_id ?? 1 })),
        };
        const { order, mapped } = await mapReal(withVariant);
        expect(mapped.total?.amount).toBe(digits(order.total_price));
      }
    });

    it('as delivered: no SKU is listed, or no address', async () => {
      const channel = channelOf({ channelId: 'shopify-hk', type: 'shopify', currency: 'HKD' });
      const context = { channel, topic: 'orders/create', skusOf: () => Promise.resolve([]) };
      const [, first = '', second = ''] = inputsIn('shopify/webhooks-2025-real').sort();
      expect(await mapOrder(inputBytes(first), context)).toMatchObject({
        kind: 'quarantined',
        reason: expect.stringContaining('no shipping address') as string,
      });
      expect(await mapOrder(inputBytes(second), context)).toMatchObject({
        kind: 'quarantined',
        reason: expect.stringContaining('variant 50398373085484') as string,
      });
      expect(await mapOrder(inputBytes('shopify/webhook-samples-official/2022-04/Order.json'), context)).toEqual({
        kind: 'ignored',
        reason: 'test order',
      });
    });
  },
);

const failedCall = z.object({
  errors: z.array(z.object({ message: z.string(), extensions: z.object({ code: z.string() }) })),
});
const userErrors = z.array(z.object({ field: z.array(z.string()), message: z.string(), code: z.string() }));
const doneCall = z.object({ data: z.object({ inventorySetQuantities: z.object({ userErrors }) }) });
const conversation = z.object({
  variables: z.object({
    input: z.object({ quantities: z.array(z.looseObject({})) }).loose(),
    idempotencyKey: z.string(),
  }),
  response: z.unknown(),
});
const recordedShop = z.looseObject({
  unknownIdValidation: z.looseObject({ knownInventoryItemId: z.string(), knownLocationId: z.string() }),
});

describe.skipIf(!inputsPresent)(
  'the Shopify sandbox, against what a shop answered on 2026-04 (skipped where it is not beside the repository)',
  () => {
    const read = () =>
      recordedShop.parse(
        JSON.parse(
          inputBytes(
            'shopify/graphql-conformance/2026-04.products__inventory-quantity-contracts-2026-04.json',
          ).toString(),
        ),
      );

    it.each([
      ['inventorySetQuantities', 'with a key'],
      ['missingSetIdempotency', 'without a key'],
      ['missingSetChangeFromQuantity', 'with a key'],
      ['setUnknownInventoryItem', 'with a key'],
      ['setUnknownLocation', 'with a key'],
    ])('%s, %s', (name, key) => {
      const recorded = read();
      const { variables, response } = conversation.parse(recorded[name] ?? recorded.unknownIdValidation[name]);
      const inventory = new ShopifyInventory();
      inventory.stock(
        recorded.unknownIdValidation.knownInventoryItemId,
        recorded.unknownIdValidation.knownLocationId,
        0,
      );
      const answer = inventory.set(variables.input, key === 'with a key' ? variables.idempotencyKey : undefined);
      const failed = failedCall.safeParse(response);
      const expected = failed.success
        ? { kind: 'error', message: failed.data.errors[0]?.message, code: failed.data.errors[0]?.extensions.code }
        : { kind: 'payload', userErrors: doneCall.parse(response).data.inventorySetQuantities.userErrors };
      expect(answer).toMatchObject(expected);
    });
  },
);
