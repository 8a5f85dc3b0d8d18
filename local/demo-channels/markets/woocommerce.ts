import { randomUUID } from 'node:crypto';
import { line, order } from '../../../functions/channels/connectors/woocommerce/fixtures/order.ts';
import { startWooSandbox, wooHeaders } from '../../../tests/sandboxes/woocommerce.ts';
import { type OpenMarket, deliver, epochSeconds, goods, webhookUrlOf } from '../market.ts';

const channelId = 'demo-woocommerce';
const topics = ['order.created', 'order.updated', 'order.deleted', 'order.restored'];
const home = {
  first_name: 'Jo',
  last_name: 'Example',
  address_1: '5 Canal St',
  city: 'Boston',
  state: 'MA',
  postcode: '02114',
  country: 'US',
};

/** A WooCommerce shop: its webhooks carry whole orders. */
export const openWoocommerce: OpenMarket = async (crossdock) => {
  const secret = randomUUID();
  const keys = { consumerKey: `ck_${randomUUID()}`, consumerSecret: `cs_${randomUUID()}` };
  const shop = await startWooSandbox(keys);
  const delivery_url = webhookUrlOf(crossdock, channelId);
  shop.subscribe(...topics.map((topic) => ({ topic, status: 'active', delivery_url })));
  const put = (topic: string, id: number, status: string, street = home.address_1): Promise<void> => {
    const one = {
      ...order({ id, number: `W-${id}`, currency: 'USD', line_items: [line({ sku: goods.tee })] }),
      status,
      date_modified_gmt: new Date().toISOString().slice(0, 19),
      shipping: { ...home, address_1: street },
    };
    shop.put(one);
    const body = JSON.stringify(one);
    return deliver(crossdock, channelId, { headers: wooHeaders(secret, body, topic, epochSeconds()), body });
  };
  return {
    channel: {
      channelId,
      type: 'woocommerce',
      settings: { apiUrl: shop.url },
      credentials: { signing: secret, values: keys },
    },
    place: async (number) => {
      await put('order.created', number, 'processing');
      return String(number);
    },
    move: (id) => put('order.updated', Number(id), 'processing', '60 Canal St'),
    cancel: (id) => put('order.updated', Number(id), 'cancelled'),
    stop: shop.stop,
  };
};
