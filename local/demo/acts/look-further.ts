import { mustSucceed } from '../../../shared/contracts/api-client.ts';
import { listOrders } from '../../../shared/contracts/orders/apis.ts';
import { type Scene } from '../scene.ts';

/** Where everything that the story was about can be looked up: the ids, and the calls that take them. */
export async function lookFurther({ api, url, names, teller }: Scene, orderId: string): Promise<void> {
  teller.title('To look further');
  const query = { channelId: names.shopify, externalId: names.orderNumber };
  const { orders } = mustSucceed(await api(listOrders, { query }));
  teller.expect('the order is found by the number that Shopify has for it', orders[0]?.orderId === orderId);
  teller.fact('server', url);
  teller.fact('order', `GET /v1/orders/${orderId}`);
  teller.fact('by its Shopify id', `GET /v1/orders?channelId=${names.shopify}&externalId=${names.orderNumber}`);
  teller.fact('its story', `GET /v1/orders/${orderId}/timeline`);
  for (const channelId of [names.shopify, names.market]) teller.fact('channel', `GET /v1/channels/${channelId}`);
  for (const { sku } of [names.tee, names.mug]) teller.fact('stock', `GET /v1/stock/${sku}`);
}
