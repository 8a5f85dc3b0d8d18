import { startSquareSandbox } from '../../../tests/sandboxes/square.ts';
import { type OpenAccount } from '../account.ts';

const accessToken = 'EAAA-of-the-benchmark';
const stockLocationId = 'L1BENCH';
const idOf = (sku: number): string => `VARIATION${String(sku).padStart(6, '0')}`;
const longAgo = '2026-01-01T00:00:00.000Z';

/** A seller's account. Square publishes no figure for its limit. */
export const openSquare: OpenAccount = async ({ skus, units }) => {
  const sandbox = await startSquareSandbox(accessToken);
  const { variations, counts } = sandbox.inventory;
  const placeOf = (sku: number): string => `${idOf(sku)}@${stockLocationId}`;
  skus.forEach((_, sku) => {
    variations.add(idOf(sku));
    counts.set(placeOf(sku), { quantity: String(units), at: longAgo });
  });
  return {
    type: 'square',
    url: sandbox.url,
    channel: (apiUrl) => ({
      settings: { apiUrl, notificationUrl: 'https://crossdock.example/webhooks/square', stockLocationId },
      credentials: { accessToken },
    }),
    ids: (sku) => ({ variantId: idOf(sku) }),
    shown: (sku) => Number(counts.get(placeOf(sku))?.quantity ?? Number.NaN),
    tellsStock: ({ path }) => path.endsWith('/inventory/changes/batch-create'),
    limits: [],
    allows: '100 SKUs a call; no published figure',
    stop: sandbox.stop,
  };
};
