import { startWooSandbox } from '../../../tests/sandboxes/woocommerce.ts';
import { type OpenAccount } from '../account.ts';

const keys = { consumerKey: 'ck_of_the_benchmark', consumerSecret: 'cs_of_the_benchmark' };
const idOf = (sku: number): number => 1_000 + sku;

/** A shop of simple products. WooCommerce itself has no limit but that of a batch. */
export const openWooCommerce: OpenAccount = async ({ skus, units }) => {
  const sandbox = await startWooSandbox(keys);
  skus.forEach((_, sku) => {
    sandbox.catalog.list(idOf(sku));
    Object.assign(sandbox.catalog.stock(idOf(sku)) ?? {}, { manage_stock: true, stock_quantity: units });
  });
  return {
    type: 'woocommerce',
    url: sandbox.url,
    channel: (apiUrl) => ({ settings: { apiUrl }, credentials: keys }),
    ids: (sku) => ({ listingId: String(idOf(sku)), variantId: String(idOf(sku)) }),
    shown: (sku) => sandbox.catalog.stock(idOf(sku))?.stock_quantity ?? undefined,
    tellsStock: ({ path }) => path.endsWith('/batch'),
    limits: [],
    allows: '100 SKUs a call; no limit of calls',
    stop: sandbox.stop,
  };
};
