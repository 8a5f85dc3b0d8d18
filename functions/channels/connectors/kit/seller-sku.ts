import { type Offer } from '../../domain/availability-connector.ts';

/** The seller's SKU at a marketplace that keeps stock by it: ours, unless the listing has another as its `inventoryItemId`. */
export const sellerSku = ({ sku, ids }: Pick<Offer, 'sku' | 'ids'>): string => ids.inventoryItemId ?? sku;
