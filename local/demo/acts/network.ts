import { mustSucceed } from '../../../shared/contracts/api-client.ts';
import { putChannel, putListing, putLocation } from '../../../shared/contracts/network/apis.ts';
import { type Product, type Scene, marketBuffer } from '../scene.ts';
import { gid } from '../stock-view.ts';

/** Two warehouses and a store, two channels that sell from one pool, and what is listed where. */
export async function buildNetwork(scene: Scene): Promise<void> {
  const { names, teller } = scene;
  teller.step('A store and two warehouses put their stock into one pool.');
  await place(scene, names.store, 'Boston, Newbury Street', 'store', '02116');
  await place(scene, names.newark, 'Newark, NJ', 'warehouse', '07114');
  await place(scene, names.columbus, 'Columbus, OH', 'warehouse', '43215');
  teller.step('Two channels sell from that pool: a Shopify shop, and a marketplace that talks in signed webhooks.');
  await channels(scene);
  for (const product of [names.tee, names.mug]) await list(scene, product);
}

async function place(
  { api, names, teller }: Scene,
  locationId: string,
  name: string,
  type: 'store' | 'warehouse',
  postalCode: string,
): Promise<void> {
  const body = { name, type, pool: names.pool, country: 'US', postalCode };
  const location = mustSucceed(await api(putLocation, { params: { locationId }, body }));
  teller.expect(`${locationId} is found on the map by its postal code`, location.latitude !== undefined);
  const [latitude, longitude] = [location.latitude, location.longitude].map((degrees) => degrees?.toFixed(2) ?? '?');
  teller.fact(type, `${locationId}, ${postalCode} (${latitude ?? ''}, ${longitude ?? ''})`);
}

async function channels({ api, names, teller, shop, market, secrets }: Scene): Promise<void> {
  const shopify = mustSucceed(
    await api(putChannel, {
      params: { channelId: names.shopify },
      body: {
        name: 'Our shop on Shopify',
        type: 'shopify',
        pool: names.pool,
        currency: 'USD',
        endpoint: { kind: 'shopify', url: shop.url, locationId: names.shopifyLocation },
        secrets: { signing: secrets.shopify, accessToken: secrets.token },
      },
    }),
  );
  teller.expect('secrets are never read back', !('secrets' in shopify));
  teller.fact('channel', `${names.shopify} (GraphQL Admin API at ${shop.url})`);
  mustSucceed(
    await api(putChannel, {
      params: { channelId: names.market },
      body: {
        name: 'A marketplace',
        type: 'webhook',
        pool: names.pool,
        currency: 'USD',
        buffer: marketBuffer,
        endpoint: { kind: 'webhook', url: `${market.url}/availability` },
        secrets: { signing: secrets.market },
      },
    }),
  );
  teller.fact('channel', `${names.market} (webhooks to ${market.url}; never sells the last ${marketBuffer})`);
}

/** The shop has the item already, at none; Crossdock learns its ids. */
async function list({ api, names, teller, shop }: Scene, { sku, variantId, inventoryItemId }: Product): Promise<void> {
  shop.inventory.stock(gid('InventoryItem', inventoryItemId), gid('Location', names.shopifyLocation), 0);
  const params = { channelId: names.shopify, sku };
  mustSucceed(await api(putListing, { params, body: { variantId, inventoryItemId } }));
  teller.fact('listing', `${sku} is variant ${variantId} there`);
}
