import { adobe } from './adobe.ts';
import { amazon } from './amazon.ts';
import { bigcommerce } from './bigcommerce.ts';
import { ebay } from './ebay.ts';
import { edi } from './edi.ts';
import { onx } from './onx.ts';
import { type PublishedCall } from './published-call.ts';
import { shopify } from './shopify.ts';
import { square } from './square.ts';
import { tiktok } from './tiktok.ts';
import { walmart } from './walmart.ts';
import { woocommerce } from './woocommerce.ts';

/** By type of channel. */
export const publishedCalls: Readonly<Record<string, readonly PublishedCall[]>> = {
  adobe,
  amazon,
  bigcommerce,
  ebay,
  edi,
  onx,
  shopify,
  square,
  tiktok,
  walmart,
  woocommerce,
};

/** Types whose calls are our own contract, or that are not called: `shared/contracts` and docs/channels.md say what they get. */
export const ownContracts: readonly string[] = ['api', 'webhook'];
