import { startAmazonSandbox } from '../../../tests/sandboxes/amazon.ts';
import { type OpenAccount } from '../account.ts';

const credentials = { clientId: 'amzn1.bench', clientSecret: 'a-client-secret', refreshToken: 'Atzr|a-refresh-token' };
const marketplaceIds = 'ATVPDKIKX0DER';
const quantityPatch = (quantity: number) => ({
  productType: 'PRODUCT',
  patches: [
    {
      op: 'merge',
      path: '/attributes/fulfillment_availability',
      value: [{ fulfillment_channel_code: 'DEFAULT', quantity }],
    },
  ],
});

/** A seller; the sandbox keeps Amazon's usage plans itself. */
export const openAmazon: OpenAccount = async ({ skus, units }) => {
  const sandbox = await startAmazonSandbox(credentials);
  const { listings, feeds } = sandbox.book;
  listings.list(...skus);
  for (const sku of skus) listings.patch(sku, quantityPatch(units));
  return {
    type: 'amazon',
    url: sandbox.url,
    channel: (url) => ({
      settings: { sellerId: 'A1BENCH', marketplaceIds, apiUrl: url, lwaUrl: `${url}/auth/o2/token` },
      credentials,
    }),
    ids: () => ({}),
    shown: (sku) => listings.shown(skus[sku] ?? '')?.quantity,
    tellsStock: ({ method, path }) =>
      method === 'PATCH' || (method === 'POST' && path.startsWith('/feeds/2021-06-30/feeds')),
    limits: [],
    allows: '5 SKUs a second, one a call; a feed in two minutes, 15 at once',
    workThrough: () => feeds.workThrough(sandbox.book),
    stop: sandbox.stop,
  };
};
