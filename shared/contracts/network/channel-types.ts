/** The kinds of channel that Crossdock speaks to. */
export const channelTypes = [
  'api',
  'webhook',
  'shopify',
  'amazon',
  'walmart',
  'ebay',
  'tiktok',
  'woocommerce',
  'bigcommerce',
  'adobe',
  'square',
  'edi',
  'onx',
] as const;
/** One of them. */
export type ChannelType = (typeof channelTypes)[number];

/** Types whose channels take no products and prices from Crossdock. */
const untold: readonly ChannelType[] = ['api', 'edi', 'onx'];
/** True of a type whose channels are told of products and prices: its connector has `listings`. */
export const takesPrices = (type: ChannelType): boolean => !untold.includes(type);
