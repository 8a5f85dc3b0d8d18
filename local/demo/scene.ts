import { type ApiClient } from '../../shared/contracts/api-client.ts';
import { startShopifySandbox, type ShopifySandbox } from '../../tests/sandboxes/shopify.ts';
import { startWebhookReceiver, type WebhookReceiver } from '../../tests/sandboxes/webhook-receiver.ts';
import { type Server } from './server.ts';
import { type StockView } from './stock-rows.ts';
import { type Teller } from './teller.ts';

/** A product of the story. */
export interface Product {
  readonly sku: string;
  readonly title: string;
  readonly priceMinor: number;
  /** Shopify's ids of it. */
  readonly variantId: string;
  readonly inventoryItemId: string;
}

/** The names of one run; new ones each time, so that a server can see the story again and again. */
export interface Names {
  readonly pool: string;
  readonly store: string;
  readonly newark: string;
  readonly columbus: string;
  readonly shopify: string;
  readonly market: string;
  /** Shopify's id of the location at which it shows our quantities. */
  readonly shopifyLocation: string;
  readonly tee: Product;
  readonly mug: Product;
  /** Shopify's id of the order. */
  readonly orderNumber: string;
}

/** What is kept from the marketplace, so that two shops do not fight for the last unit. */
export const marketBuffer = 2;

/** Everything that the acts of the story share. */
export interface Scene {
  readonly url: string;
  readonly api: ApiClient;
  readonly names: Names;
  readonly secrets: { readonly shopify: string; readonly token: string; readonly market: string };
  readonly shop: ShopifySandbox;
  readonly market: WebhookReceiver;
  readonly teller: Teller;
  /** The stock as it was told last; acts compare with it. */
  stock: StockView | undefined;
}

/** Names for a run that starts now. */
export function namesAt(now: number): Names {
  const run = now.toString(36).slice(-6);
  const product = (sku: string, title: string, priceMinor: number, offset: number): Product => ({
    sku: `${sku}-${run.toUpperCase()}`,
    title,
    priceMinor,
    variantId: String(now * 10 + offset),
    inventoryItemId: String(now * 10 + 5 + offset),
  });
  return {
    pool: `us-${run}`,
    store: `boston-${run}`,
    newark: `newark-${run}`,
    columbus: `columbus-${run}`,
    shopify: `shopify-${run}`,
    market: `market-${run}`,
    shopifyLocation: String(now * 10 + 9),
    tee: product('TEE', 'Black tee, M', 2400, 1),
    mug: product('MUG', 'White mug', 1250, 2),
    orderNumber: String(now),
  };
}

/** Sets the scene: two shops of other parties in this process, and names for the run. */
export async function setScene({ url, api }: Pick<Server, 'url' | 'api'>, teller: Teller): Promise<Scene> {
  const secrets = {
    shopify: `shpss_${crypto.randomUUID()}`,
    token: `shpat_${crypto.randomUUID()}`,
    market: `market-${crypto.randomUUID()}`,
  };
  const [shop, market] = await Promise.all([
    startShopifySandbox({ accessToken: secrets.token }),
    startWebhookReceiver({ secret: secrets.market }),
  ]);
  return { url, api, teller, secrets, shop, market, names: namesAt(Date.now()), stock: undefined };
}

/** Ends the shops. */
export const strike = async ({ shop, market }: Scene): Promise<void> => {
  await Promise.all([shop.stop(), market.stop()]);
};
