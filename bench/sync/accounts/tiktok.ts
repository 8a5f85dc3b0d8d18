import { startTiktokSandbox } from '../../../tests/sandboxes/tiktok.ts';
import { type OpenAccount } from '../account.ts';
import { bucket } from '../limits.ts';

const warehouseId = '7068517275539719942';
const app = {
  appKey: 'app-key-1',
  appSecret: 'an-app-secret-of-tiktok',
  shopCipher: 'ROW_abc',
  warehouses: [warehouseId],
};
/** As a product of clothes has sizes and colors. */
const skusOfProduct = 10;
const idOf = (sku: number): string => String(1_729_382_256_910_000_000n + BigInt(sku));
const productOf = (sku: number): string => String(1_729_592_969_710_000_000n + BigInt(Math.floor(sku / skusOfProduct)));

/** A shop. TikTok documents no figure; 50 calls a second is what partners report. */
export const openTiktok: OpenAccount = async ({ skus, units }) => {
  const sandbox = await startTiktokSandbox(app);
  skus.forEach((_, sku) => {
    sandbox.stock.skus.set(idOf(sku), { productId: productOf(sku), quantities: { [warehouseId]: units } });
  });
  return {
    type: 'tiktok',
    url: sandbox.url,
    channel: (url) => ({
      settings: { appKey: app.appKey, shopCipher: app.shopCipher, warehouseId, apiUrl: url, authUrl: url },
      credentials: { appSecret: app.appSecret, refreshToken: sandbox.refreshToken() },
    }),
    ids: (sku) => ({ variantId: idOf(sku), listingId: productOf(sku) }),
    shown: (sku) => sandbox.stock.skus.get(idOf(sku))?.quantities[warehouseId],
    tellsStock: ({ path }) => path.includes('/inventory/update'),
    limits: [bucket({ what: '50 a second', counts: () => true }, { perSecond: 50, burst: 50 })],
    allows: '50 calls a second, each of one product (not documented; as partners report)',
    stop: sandbox.stop,
  };
};
