import { type Result, refuse } from '../../../../shared/kernel/result.ts';

const warehouses =
  'Correct the setting warehouseId, or the channel’s locations: GET /logistics/202309/warehouses lists the shop’s sales warehouses';
const everyWarehouse =
  'The SKU lies in several warehouses, and TikTok wants all of them told: map each in the channel’s locations and turn stockByLocation on';
const ids = 'Correct variantId (TikTok’s SKU) and listingId (its product) of the listing';

/** What to do about a code. Source: https://partner.tiktokshop.com/docv2/page/update-inventory-202309 (error codes) */
const remedies: Readonly<Record<number, string>> = {
  12_019_022: warehouses,
  12_052_095: warehouses,
  12_052_097: warehouses,
  12_052_530: warehouses,
  12_052_531: warehouses,
  12_052_532: warehouses,
  12_052_533: everyWarehouse,
  12_052_037: everyWarehouse,
  12_052_516: everyWarehouse,
  12_052_557: ids,
  12_052_144: 'TikTok keeps the stock of its own warehouses itself: remove the listing here',
  12_052_141: 'The product is sold in several countries from one stock: set it where that is kept, at TikTok',
  12_052_393: 'A promotion holds its stock: TikTok lets it fall once the promotion is over; put the listing again then',
};

/** TikTok's final no to a SKU, in its words and with the remedy where one is known. */
export function stockRefusal(sku: string, code: number, words: string): Result<never> {
  const remedy = remedies[code];
  return refuse(
    remedy === ids ? 'not-found' : 'invalid-request',
    `${words}. ${remedy ?? `Look at ${sku} in Seller Center, then put the listing again`}.`,
  );
}
