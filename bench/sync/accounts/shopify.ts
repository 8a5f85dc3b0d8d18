import { startShopifySandbox } from '../../../tests/sandboxes/shopify.ts';
import { type OpenAccount } from '../account.ts';
import { bucket } from '../limits.ts';

const accessToken = 'shpat_of_the_benchmark';
const locationId = '7001';
const itemOf = (sku: number): string => String(100_000 + sku);
const gid = (kind: string, id: string): string => `gid://shopify/${kind}/${id}`;
const isApi = ({ path }: { readonly path: string }): boolean => path.endsWith('/graphql.json');

/** A shop; the cost of a mutation and how its bucket fills are as recorded of a real shop, the dearest of them. */
export const openShopify: OpenAccount = async ({ skus, units }) => {
  const sandbox = await startShopifySandbox({ accessToken });
  const [item, location] = [(sku: number) => gid('InventoryItem', itemOf(sku)), gid('Location', locationId)];
  skus.forEach((_, sku) => sandbox.inventory.stock(item(sku), location, units));
  const allows = 'a bucket of 2,000 points, 100 a second; 13 for a call of up to 250 SKUs';
  return {
    type: 'shopify',
    url: sandbox.url,
    channel: (apiUrl) => ({ settings: { apiUrl, locationId }, credentials: { accessToken } }),
    ids: (sku) => ({ inventoryItemId: itemOf(sku) }),
    shown: (sku) => sandbox.inventory.available(item(sku), location),
    tellsStock: isApi,
    limits: [bucket({ what: allows, counts: isApi }, { perSecond: 100, burst: 2_000, cost: 13 })],
    allows,
    stop: sandbox.stop,
  };
};
