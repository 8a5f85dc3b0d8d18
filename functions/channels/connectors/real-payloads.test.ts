import { afterEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { ShopifyInventory } from '../../../tests/sandboxes/shopify-inventory.ts';
import { connectionOf } from '../fixtures/connection.ts';
import { channelOf } from '../fixtures/world.ts';
import { inputBytes, inputsPresent } from '../fixtures/inputs.ts';
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
      const channel = channelOf({ channelId: 'shopify-us', type: 'shopify' });
      const taken = (signing: string, bytes = body) =>
        takeIn({ headers, body: bytes }, connectionOf(channel, { signing: [signing] }));
      expect(taken(secret)).toMatchObject({ ok: true, value: [{ deliveryId: 'w1', topic: 'orders/create' }] });
      expect(taken(secret, flipped(body))).toMatchObject({ refusal: { code: 'invalid-signature' } });
      expect(taken(`${secret}!`)).toMatchObject({ refusal: { code: 'invalid-signature' } });
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
      expect(verified(['bc_client_secret'], { headers, body })).toEqual({ ok: true, value: webhook_id });
      expect(verified(['bc_client_secret'], { headers, body: flipped(body) })).toMatchObject({ ok: false });
      expect(verified(['another secret'], { headers, body })).toMatchObject({ ok: false });
      vi.setSystemTime((webhook_timestamp + 301) * 1000);
      expect(verified(['bc_client_secret'], { headers, body })).toMatchObject({ ok: false });
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
