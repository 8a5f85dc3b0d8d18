import { ebayKeys, startEbaySandbox } from '../../../tests/sandboxes/ebay.ts';
import { type OpenAccount } from '../account.ts';
import { window } from '../limits.ts';

const { clientId, clientSecret, refreshToken } = ebayKeys;
const daySeconds = 86_400;
const isStock = ({ path }: { readonly path: string }): boolean => path.endsWith('/bulk_update_price_quantity');

/** A seller; the sandbox counts the revisions of each listing. Limit: https://developer.ebay.com/develop/get-started/api-call-limits */
export const openEbay: OpenAccount = async ({ skus, units }) => {
  const sandbox = await startEbaySandbox();
  for (const sku of skus) sandbox.inventory.items.set(sku, { quantity: units });
  return {
    type: 'ebay',
    url: sandbox.url,
    channel: (apiUrl) => ({ settings: { apiUrl }, credentials: { clientId, clientSecret, refreshToken } }),
    ids: () => ({}),
    shown: (sku) => sandbox.inventory.items.get(skus[sku] ?? '')?.quantity,
    tellsStock: isStock,
    limits: [window({ what: '2,000,000 a day', counts: isStock }, 2_000_000, daySeconds)],
    allows: '2,000,000 calls a day of up to 25 SKUs; 250 revisions of a listing a day',
    stop: sandbox.stop,
  };
};
