import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { parseJson } from '../../../../shared/kernel/json.ts';
import { connectionOf } from '../../fixtures/connection.ts';
import { inputBytes, inputsIn, inputsPresent } from '../../fixtures/inputs.ts';
import { channelOf } from '../../fixtures/world.ts';
import { canonical, totalOf } from '../../testing/connector-contract.ts';
import { type Mapped } from '../../domain/connector.ts';
import { minorOf } from '../kit/amounts.ts';
import { mapOrder } from './map-order.ts';
import { takeIn } from './signature.ts';

const channel = channelOf({ channelId: 'tiktok-real', type: 'tiktok', settings: { appKey: 'fake_app_key' } });
const order = z.looseObject({
  id: z.string(),
  line_items: z.array(z.unknown()),
  payment: z.looseObject({ currency: z.string(), total_amount: z.string() }),
});
const page = z.looseObject({ data: z.looseObject({ orders: z.array(order) }) });

/** The orders of a file: one by itself, or a page of them. */
function ordersIn(file: string) {
  const json = parseJson(inputBytes(file).toString());
  const [one, many] = [order.safeParse(json), page.safeParse(json)];
  return one.success ? [one.data] : many.success ? many.data.data.orders : [];
}

const all = inputsIn('tiktok').filter((file) => file.endsWith('.json'));
const files = all.filter((file) => ordersIn(file).length > 0);

describe.skipIf(!inputsPresent)('recorded TikTok payloads (skipped where they are not beside the repository)', () => {
  it('there are some', () => expect(files.length).toBeGreaterThan(0));

  it.each(files)('%s: parts come to the total to the minor unit, ids to the digit', async (file) => {
    for (const one of ordersIn(file)) {
      const mapped: Mapped = mapOrder(Buffer.from(JSON.stringify({ order: one })), {
        channel,
        topic: 'ORDER_POLLED',
        deliveryId: 'd',
      });
      const snapshot = await canonical(channel, mapped);
      expect(snapshot.order.externalId).toBe(one.id);
      expect(totalOf(snapshot)).toBe(minorOf(one.payment.total_amount, one.payment.currency));
      expect(snapshot.order.lines.reduce((sum, { quantity }) => sum + quantity, 0)).toBe(one.line_items.length);
    }
  });

  it.each(all.filter((file) => file.includes('webhook')))('%s: its recorded signature is good', (file) => {
    const vectors = z
      .array(z.looseObject({ scheme: z.string() }))
      .parse(parseJson(inputBytes('signatures/vectors.json').toString()));
    const { secret, body, signature } = z
      .looseObject({ secret: z.string(), body: z.string(), signature: z.string() })
      .parse(vectors.find(({ scheme }) => scheme === 'tiktok-shop'));
    const connection = connectionOf(channel, { signing: [secret] });
    const taken = takeIn({ headers: { authorization: signature }, body: Buffer.from(body) }, connection);
    expect(taken).toMatchObject({ ok: true, value: [{ topic: 'ORDER_STATUS_CHANGE' }] });
    expect(mapOrder(inputBytes(file), { channel, topic: 'ORDER_STATUS_CHANGE', deliveryId: 'd' })).toMatchObject({
      kind: 'quarantined',
      reason: expect.stringContaining('only names an order') as string,
    });
  });
});
