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
