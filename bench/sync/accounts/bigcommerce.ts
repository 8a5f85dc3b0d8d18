import { startBigCommerceSandbox } from '../../../tests/sandboxes/bigcommerce.ts';
import { type OpenAccount } from '../account.ts';

const idOf = (sku: number): number => 5_000 + sku;
const locationId = 1;

/** A store of the smallest plans; the sandbox keeps its window itself. */
export const openBigCommerce: OpenAccount = async ({ skus, units }) => {
  const sandbox = await startBigCommerceSandbox();
  const { inventory } = sandbox;
  skus.forEach((_, sku) => inventory.track(idOf(sku), idOf(sku)));
  for (const { at } of inventory.items) at.set(locationId, units);
  const byVariant = new Map(inventory.items.map(({ variant_id, at }) => [variant_id, at]));
  return {
    type: 'bigcommerce',
    url: sandbox.url,
    channel: (apiUrl) => ({
      settings: { storeHash: sandbox.storeHash, apiUrl },
      credentials: { accessToken: sandbox.accessToken },
    }),
    ids: (sku) => ({ variantId: String(idOf(sku)), listingId: String(idOf(sku)) }),
    shown: (sku) => byVariant.get(idOf(sku))?.get(locationId),
    tellsStock: ({ path }) => path.endsWith('/adjustments/absolute'),
    limits: [],
    allows: '150 calls in 30 seconds of up to 2,000 SKUs, one at a time',
    stop: sandbox.stop,
  };
};
