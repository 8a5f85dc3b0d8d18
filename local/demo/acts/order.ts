import * as z from 'zod';
import { mustSucceed } from '../../../shared/contracts/api-client.ts';
import { listOrders, readOrder } from '../../../shared/contracts/orders/apis.ts';
import { shopifyHeaders } from '../../../tests/sandboxes/shopify.ts';
import { type Scene } from '../scene.ts';
import { gid } from '../stock-view.ts';
import { bookedAtShopify, shopifyOrderBody, totalMinor } from '../shopify-order.ts';
import { dollars } from '../words.ts';

const receipt = z.object({ inboxId: z.string(), duplicate: z.boolean() });

/** Shopify delivers an order, and delivers it again, as it does; it is captured once. Gives the order's id. */
export async function takeOrder(scene: Scene): Promise<string> {
  const { teller } = scene;
  teller.step(
    'Shopify posts orders/create, signed: two tees and a mug for Cambridge, MA. Then it posts it again, as it does.',
  );
  const { shop, names } = scene;
  shop.orders.book.orders.set(gid('Order', names.orderNumber), bookedAtShopify(names));
  const body = shopifyOrderBody(names, new Date());
  const webhookId = crypto.randomUUID();
  const headers = shopifyHeaders(scene.secrets.shopify, body, { webhookId });
  const first = await deliver(scene, body, headers);
  const second = await deliver(scene, body, headers);
  const forged = await deliver(scene, body, { ...headers, 'x-shopify-hmac-sha256': 'Zm9yZ2Vk' });
  teller.expect('the first delivery is taken', first.status === 202 && first.receipt?.duplicate === false);
  teller.expect(
    'the second is known to be the same',
    second.receipt?.duplicate === true && second.receipt.inboxId === first.receipt?.inboxId,
  );
  teller.expect('a forged signature is refused', forged.status === 401);
  teller.fact(
    'deliveries',
    `${first.status} taken; ${second.status} known already; with a forged signature ${forged.status}`,
  );
  return captured(scene);
}

async function deliver({ url, names }: Scene, body: string, headers: Record<string, string>) {
  const response = await fetch(`${url}/webhooks/${names.shopify}`, { method: 'POST', headers, body });
  const parsed = receipt.safeParse(await response.json());
  return { status: response.status, ...(parsed.success && { receipt: parsed.data }) };
}

async function captured({ api, names, teller }: Scene): Promise<string> {
  const query = { channelId: names.shopify };
  const orderId = await teller.until(
    'the order is captured',
    async () => mustSucceed(await api(listOrders, { query })).orders[0]?.orderId,
  );
  const { orders } = mustSucceed(await api(listOrders, { query }));
  teller.expect('two deliveries are one order', orders.length === 1);
  const order = mustSucceed(await api(readOrder, { params: { orderId } }));
  teller.expect('it costs what Shopify said', order.totalMinor === totalMinor(names));
  teller.expect('it is paid', order.paymentStatus === 'paid');
  const skus = order.lines.map(({ sku }) => sku);
  teller.expect('its variants were mapped to SKUs', skus.join() === [names.tee.sku, names.mug.sku].join());
  teller.fact('order', `${orderId}, ${dollars(order.totalMinor)}, ${order.paymentStatus}`);
  teller.fact('lines', order.lines.map(({ quantity, sku }) => `${quantity} × ${sku}`).join(', '));
  return orderId;
}
