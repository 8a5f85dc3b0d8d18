import { startWalmartSandbox, walmartKeys } from '../../../tests/sandboxes/walmart.ts';
import { type OpenAccount } from '../account.ts';
import { window } from '../limits.ts';

/** A seller. Limits: https://developer.walmart.com/us-marketplace/docs/rate-limiting */
export const openWalmart: OpenAccount = async ({ skus, units }) => {
  const sandbox = await startWalmartSandbox();
  sandbox.stock.list(...skus);
  for (const sku of skus) {
    const body = Buffer.from(JSON.stringify({ sku, quantity: { unit: 'EACH', amount: units } }));
    sandbox.stock.answer({ method: 'PUT', path: `/v3/inventory?sku=${encodeURIComponent(sku)}`, headers: {}, body });
  }
  const isCall = ({ method, path }: { readonly method: string; readonly path: string }): boolean =>
    method === 'PUT' && path.startsWith('/v3/inventory');
  const isFeed = ({ method, path }: { readonly method: string; readonly path: string }): boolean =>
    method === 'POST' && path.startsWith('/v3/feeds');
  return {
    type: 'walmart',
    url: sandbox.url,
    channel: (apiUrl) => ({ settings: { apiUrl }, credentials: walmartKeys }),
    ids: () => ({}),
    shown: (sku) => sandbox.stock.shown(skus[sku] ?? ''),
    tellsStock: (call) => isCall(call) || isFeed(call),
    limits: [
      window({ what: '200 a minute', counts: isCall }, 200, 60),
      window({ what: '10 feeds an hour', counts: isFeed }, 10, 3_600),
    ],
    allows: '200 SKUs a minute, one a call; 10 feeds an hour',
    workThrough: () => sandbox.stock.workThrough(),
    stop: sandbox.stop,
  };
};
