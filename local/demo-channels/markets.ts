import { type Crossdock, type Market, type OpenMarket } from './market.ts';
import { openAdobe } from './markets/adobe.ts';
import { openAmazon } from './markets/amazon.ts';
import { openApi } from './markets/api.ts';
import { openBigcommerce } from './markets/bigcommerce.ts';
import { openEbay } from './markets/ebay.ts';
import { openEdi } from './markets/edi.ts';
import { openOnx } from './markets/onx.ts';
import { openShopify } from './markets/shopify.ts';
import { openSquare } from './markets/square.ts';
import { openTiktok } from './markets/tiktok.ts';
import { openWalmart } from './markets/walmart.ts';
import { openWebhook } from './markets/webhook.ts';
import { openWoocommerce } from './markets/woocommerce.ts';
import { type ChannelType } from '../../shared/contracts/network/channel-types.ts';

/** One of every type: a type without a market here does not compile. */
const openers: Readonly<Record<ChannelType, OpenMarket>> = {
  api: openApi,
  webhook: openWebhook,
  shopify: openShopify,
  amazon: openAmazon,
  walmart: openWalmart,
  ebay: openEbay,
  tiktok: openTiktok,
  woocommerce: openWoocommerce,
  bigcommerce: openBigcommerce,
  adobe: openAdobe,
  square: openSquare,
  edi: openEdi,
  onx: openOnx,
};

/** Opens all of them, each on a free port of this process. */
export const openMarkets = (crossdock: Crossdock): Promise<Market[]> =>
  Promise.all(Object.values(openers).map((open) => open(crossdock)));
