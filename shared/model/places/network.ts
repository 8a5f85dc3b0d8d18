import { type PlacesOf } from '../entities.ts';

/** Where the SKUs of all products stand in the order of their spelling. */
export const spellingPartition = 'SPELLINGS';

/** Where the products of a barcode are listed. */
export const barcodePartition = (barcode: string): string => `BARCODE#${barcode}`;

/** Where all price lists are. */
export const priceListPartition = 'PRICE-LISTS';

/** Where the prices of a list are. */
export const pricePartition = (priceListId: string): string => `PRICES#${priceListId}`;

/**
 * Where is locations, channels, rules and products.
 *
 * | question | table, key |
 * |---|---|
 * | all locations; all channels | network `pk = LOCATIONS`, `pk = CHANNELS` |
 * | all price lists; the prices of one, in the order of their SKUs | network `pk = PRICE-LISTS`; `pk = PRICES#<list>`, `sk = SKU#<sku>` |
 * | all rules; a product; the kits that a SKU is part of | network `pk = RULES`, `pk = PRODUCT#<sku>`, `pk = COMPONENT#<sku>` |
 */
export const networkPlaces: PlacesOf<
  | 'location'
  | 'channel'
  | 'apiKey'
  | 'stockRule'
  | 'productAlias'
  | 'product'
  | 'kitMembership'
  | 'priceList'
  | 'skuPrices'
> = {
  location: { table: 'network', key: ({ locationId }) => ({ pk: 'LOCATIONS', sk: locationId }) },
  channel: { table: 'network', key: ({ channelId }) => ({ pk: 'CHANNELS', sk: channelId }) },
  apiKey: { table: 'network', key: ({ hash }) => ({ pk: `KEY#${hash}`, sk: 'KEY' }) },
  stockRule: { table: 'network', key: ({ ruleId }) => ({ pk: 'RULES', sk: ruleId }) },
  productAlias: {
    table: 'network',
    key: ({ kind, value, sku }) =>
      kind === 'barcode'
        ? { pk: barcodePartition(value), sk: `SKU#${sku}` }
        : { pk: spellingPartition, sk: `${value}#${sku}` },
  },
  product: { table: 'network', key: ({ sku }) => ({ pk: `PRODUCT#${sku}`, sk: 'PRODUCT' }) },
  priceList: { table: 'network', key: ({ priceListId }) => ({ pk: priceListPartition, sk: priceListId }) },
  skuPrices: {
    table: 'network',
    key: ({ priceListId, sku }) => ({ pk: pricePartition(priceListId), sk: `SKU#${sku}` }),
  },
  kitMembership: {
    table: 'network',
    key: ({ component, kit }) => ({ pk: `COMPONENT#${component}`, sk: `KIT#${kit}` }),
  },
};
