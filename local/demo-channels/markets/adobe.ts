import { mustSucceed } from '../../../shared/contracts/api-client.ts';
import { startBackfill } from '../../../shared/contracts/channels/polling-apis.ts';
import { address, item, order } from '../../../functions/channels/connectors/adobe/fixtures/orders.ts';
import { startAdobeCommerceSandbox, storeTime } from '../../../tests/sandboxes/adobe-commerce.ts';
import { type Crossdock, type OpenMarket, goods } from '../market.ts';

const channelId = 'demo-adobe';
const lookBackMs = 60_000;

/** A channel is asked for what changes from its first minute on; what was placed before that, a backfill brings. */
async function ask({ api }: Crossdock): Promise<void> {
  const from = new Date(Date.now() - lookBackMs).toISOString();
  mustSucceed(await api(startBackfill, { params: { channelId }, body: { from } }));
}

/** An Adobe Commerce store: it sends nothing, so it is asked once a minute. */
export const openAdobe: OpenMarket = async (crossdock) => {
  const shop = await startAdobeCommerceSandbox();
  const { consumerKey, consumerSecret, accessToken, accessTokenSecret } = shop.integration;
  return {
    channel: {
      channelId,
      type: 'adobe',
      settings: { apiUrl: shop.url },
      credentials: { values: { consumerKey, consumerSecret, accessToken, accessTokenSecret } },
    },
    place: async (id) => {
      const [at, to] = [storeTime(new Date()), address({ parent_id: id })];
      const over = { entity_id: id, increment_id: String(id), created_at: at, updated_at: at };
      shop.order(order({ ...over, items: [item({ order_id: id, sku: goods.lamp })] }, { to }));
      await ask(crossdock);
      return String(id);
    },
    cancel: (id) => {
      shop.change(Number(id), { state: 'canceled', status: 'canceled' });
      return ask(crossdock);
    },
    stop: shop.stop,
  };
};
