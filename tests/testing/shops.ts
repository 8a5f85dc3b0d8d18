import { mustSucceed } from '../../shared/contracts/api-client.ts';
import * as network from '../../shared/contracts/network/apis.ts';
import * as stock from '../../shared/contracts/stock/apis.ts';
import { eventually } from '../../shared/testing/eventually.ts';
import { type ShopifyCall, startShopifySandbox } from '../sandboxes/shopify.ts';
import { startWebhookReceiver } from '../sandboxes/webhook-receiver.ts';
import { type App } from './app.ts';
import { type stepsOf, unique } from './steps.ts';

/** Signs Shopify's webhooks. */
export const shopifySecret = 'shpss_0123456789abcdef';
/** Signs Standard Webhooks, both ways. */
export const webhookSecret = `whsec_${Buffer.from('a secret of 24 bytes or more').toString('base64')}`;
const accessToken = 'shpat_0123456789abcdef';
const locationId = '7001';
const itemGid = (id: string) => `gid://shopify/InventoryItem/${id}`;
const locationGid = `gid://shopify/Location/${locationId}`;

/** Ids that a SKU has on the Shopify channel. */
interface Ids {
  readonly variantId?: string;
  readonly inventoryItemId?: string;
}

/** Two shops on this machine: one at Shopify, one that speaks Standard Webhooks. */
export async function startShops() {
  const shopify = await startShopifySandbox({ accessToken });
  const receiver = await startWebhookReceiver({ secret: webhookSecret });
  return {
    shopify,
    receiver,
    /** What was not as the shops' contracts have it; a quantity that somebody else changed is no offense. */
    offenses: () => [...shopify.calls.flatMap(offensesOf), ...Array<string>(receiver.refused.count).fill('signature')],
    stop: () => Promise.all([shopify.stop(), receiver.stop()]),
  };
}
/** Both shops. */
export type Shops = Awaited<ReturnType<typeof startShops>>;

function offensesOf({ outcome }: ShopifyCall): string[] {
  if (outcome === 'throttled') return [];
  if (outcome.kind === 'error') return [outcome.message];
  return outcome.userErrors.map(({ code }) => code).filter((code) => code !== 'CHANGE_FROM_QUANTITY_STALE');
}

/** Where no shop answers: for a channel that only sends. */
export const closedShop = 'http://127.0.0.1:9';

/** A pool with one location that both shops sell from: the SKU, the channels and the item's id at Shopify. */
export async function openMarket(
  { api }: Pick<App, 'api'>,
  { given }: ReturnType<typeof stepsOf>,
  { shopify, receiver }: Shops,
  buffers: { readonly shopify?: number; readonly webhook?: number } = {},
) {
  const [pool, sku] = [unique('pool'), unique('SKU')];
  const location = await given.location(pool, '02108');
  const shop = await given.channel(pool, {
    type: 'shopify',
    buffer: buffers.shopify ?? 0,
    onShortage: 'backorder',
    endpoint: { kind: 'shopify', url: shopify.url, locationId },
    secrets: { signing: shopifySecret, accessToken },
  });
  const other = await given.channel(pool, {
    type: 'webhook',
    buffer: buffers.webhook ?? 0,
    onShortage: 'backorder',
    endpoint: { kind: 'webhook', url: receiver.url },
    secrets: { signing: webhookSecret },
  });
  const inventoryItemId = unique('').replace(/\D/g, '');
  shopify.inventory.stock(itemGid(inventoryItemId), locationGid, 0);
  const list = async (ids: Ids) =>
    mustSucceed(await api(network.putListing, { params: { channelId: shop, sku }, body: { inventoryItemId, ...ids } }));
  await list({});
  /** Goods come in. */
  const receive = (units: number) => given.stock(location, sku, units);
  /** The shelf is counted anew. */
  const adjust = async (delta: number) => {
    const body = { location, reference: unique('count'), reason: 'recount', lines: [{ sku, delta }] };
    return mustSucceed(await api(stock.adjustStock, { body }));
  };
  return {
    pool,
    sku,
    location,
    shop,
    other,
    list,
    receive,
    adjust,
    ...watching({ shopify, receiver }, sku, inventoryItemId),
  };
}

/** What the shops show of one SKU, and what telling them took. */
function watching({ shopify, receiver }: Pick<Shops, 'shopify' | 'receiver'>, sku: string, inventoryItemId: string) {
  const item = itemGid(inventoryItemId);
  const shown = () => ({ shopify: shopify.inventory.available(item, locationGid), webhook: receiver.shown(sku) });
  return {
    /** What both show now. */
    shown,
    /** Both show this in the end. */
    untilShown: (wanted: { readonly shopify: number; readonly webhook: number }) =>
      eventually(() => (JSON.stringify(shown()) === JSON.stringify(wanted) ? true : undefined), {
        what: `${sku} at ${JSON.stringify(wanted)}`,
        deadlineMs: 20_000,
      }).catch((cause: unknown) => {
        throw new Error(`the shops show ${JSON.stringify(shown())} of ${sku}`, { cause });
      }),
    /** Somebody sets the quantity at Shopify. */
    tamper: (quantity: number) => shopify.inventory.stock(item, locationGid, quantity),
    /** Shopify's calls about it, in order. */
    calls: () => shopify.calls.filter(({ variables }) => JSON.stringify(variables).includes(`"${item}"`)),
    /** Quantities that the other shop took, in order of arrival. */
    taken: () =>
      receiver.taken.flatMap(({ quantities }) =>
        quantities.filter((one) => one.sku === sku).map(({ quantity }) => quantity),
      ),
  };
}
