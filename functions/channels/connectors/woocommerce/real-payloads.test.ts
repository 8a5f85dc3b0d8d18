import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { parseJson } from '../../../../shared/kernel/json.ts';
import { connectionOf } from '../../fixtures/connection.ts';
import { inputBytes, inputsIn, inputsPresent } from '../../fixtures/inputs.ts';
import { channelOf } from '../../fixtures/world.ts';
import { canonical, totalOf } from '../../testing/connector-contract.ts';
import { minorOf } from '../kit/amounts.ts';
import { mapOrder } from './map-order.ts';
import { wooRefund } from './payload.ts';
import { takeIn } from './signature.ts';

const channel = channelOf({ channelId: 'woo-real', type: 'woocommerce' });
const order = z.looseObject({
  id: z.int(),
  currency: z.string(),
  total: z.string(),
  line_items: z.array(z.looseObject({ quantity: z.number() })),
  refunds: z.array(z.looseObject({ total: z.string() })),
});

/** Every object of a file that is of a shape, however deep. */
function foundIn<T>(of: z.ZodType<T>, value: unknown): T[] {
  const read = of.safeParse(value);
  if (read.success) return [read.data];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap((part) => foundIn(of, part)) : [];
}
const parsed = (file: string) => parseJson(inputBytes(file).toString());
const all = inputsIn('woocommerce').filter((file) => file.endsWith('.json'));
const files = all.filter((file) => foundIn(order, parsed(file)).length > 0);

describe.skipIf(!inputsPresent)(
  'documented WooCommerce payloads (skipped where they are not beside the repository)',
  () => {
    it('there are some', () => expect(files.length).toBeGreaterThan(0));

    it.each(files)('%s: parts come to the total to the minor unit, ids to the digit', async (file) => {
      for (const one of foundIn(order, parsed(file))) {
        const mapped = mapOrder(Buffer.from(JSON.stringify(one)), { channel, topic: 'order.updated', deliveryId: 'd' });
        const snapshot = await canonical(channel, mapped);
        expect(snapshot.order.externalId).toBe(String(one.id));
        expect(totalOf(snapshot)).toBe(minorOf(one.total, one.currency));
        const units = (lines: readonly { readonly quantity: number }[]) =>
          lines.reduce((sum, line) => sum + line.quantity, 0);
        expect(units(snapshot.order.lines)).toBe(units(one.line_items));
        expect(snapshot.refunds.map(({ amount }) => -amount.amount)).toEqual(
          one.refunds.map(({ total }) => minorOf(total, one.currency)),
        );
      }
    });

    it.each(all.filter((file) => file.includes('refund')))('%s: refunds and their lines', (file) => {
      const document = z.looseObject({ refunds: z.array(z.unknown()) });
      const lists = foundIn(
        z.array(z.looseObject({ amount: z.string(), line_items: z.array(z.unknown()) })).min(2),
        parsed(file),
      );
      const [refunds = []] = lists;
      expect(refunds.length).toBeGreaterThan(0);
      const [refunded] = files.flatMap((one) => foundIn(order, parsed(one))).filter((one) => one.refunds.length > 0);
      const body = Buffer.from(JSON.stringify(document.parse({ order: refunded, refunds })));
      const mapped = mapOrder(body, { channel, topic: 'order.updated', deliveryId: 'd' });
      if (mapped.kind !== 'order') throw new Error(mapped.kind);
      expect(mapped.snapshot.refunds?.map(({ externalId }) => externalId)).toEqual(
        refunds.map((one) => wooRefund.parse(one).id),
      );
      expect(mapped.snapshot.refunds?.flatMap(({ lines = [] }) => lines).length).toBeGreaterThan(0);
    });

    it('the recorded signature is good', () => {
      const vectors = z.array(z.looseObject({ scheme: z.string() })).parse(parsed('signatures/vectors.json'));
      const { secret, body_file, signature } = z
        .looseObject({ secret: z.string(), body_file: z.string(), signature: z.string() })
        .parse(vectors.find(({ scheme }) => scheme === 'woocommerce'));
      const headers = { 'x-wc-webhook-signature': signature, 'x-wc-webhook-topic': 'order.created' };
      const taken = takeIn({ headers, body: inputBytes(body_file) }, connectionOf(channel, { signing: [secret] }));
      expect(taken).toMatchObject({ ok: true, value: [{ topic: 'order.created' }] });
    });
  },
);
