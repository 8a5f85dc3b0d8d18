import * as z from 'zod';
import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { type Offer } from '../../domain/availability-connector.ts';
import { type EbayError, ebayError, isTheirs, wordsOf } from './errors.ts';

const errors = z
  .array(ebayError)
  .nullish()
  .transform((all) => all ?? []);
/**
 * What `bulk_update_price_quantity` answers: for each SKU, and each offer of it, a status of its own.
 * Source: https://developer.ebay.com/api-docs/sell/inventory/types/slr:BulkPriceQuantityResponse
 */
export const bulkAnswer = z.looseObject({
  responses: z.array(
    z.looseObject({ sku: z.string().nullish(), offerId: z.string().nullish(), statusCode: z.int(), errors }),
  ),
});
/** Such an answer. */
export type BulkAnswer = z.output<typeof bulkAnswer>;

/** What an offer came to: eBay may take the item's quantity and refuse its offer's. A SKU that it says nothing of is told again. */
export function stockAnswer({ sku, ids }: Offer, { responses }: BulkAnswer, now: string): Result<true> {
  const own = responses.filter(
    (one) => one.sku === sku || (one.sku == null && one.offerId != null && one.offerId === ids.inventoryItemId),
  );
  if (own.length === 0)
    return refuse('provider-unavailable', `eBay said nothing of ${sku} in an answer that should. It is told again.`);
  const failed = own.find(({ statusCode }) => statusCode >= 300);
  return failed === undefined ? ok(true) : stockRefusal(sku, failed.statusCode, failed.errors, now);
}

/** eBay has no item, or no offer, of that id. Source: https://developer.ebay.com/api-docs/sell/inventory/resources/inventory_item/methods/getInventoryItem */
const unknownIds = new Set(['25702', '25710', '25713']);

/** Why eBay does not show a quantity: for now, until tomorrow, or for good. */
export function stockRefusal(sku: string, status: number, errors: readonly EbayError[], now: string): Result<never> {
  const words = wordsOf(errors);
  if (isBlocked(words))
    return refuse('provider-unavailable', `eBay takes no more revisions of ${sku} today: ${words}.`, {
      facts: { limit: true, retryAfterSeconds: secondsToTomorrow(now) },
    });
  if (status === 429)
    return refuse('provider-unavailable', `eBay is asked too often for ${sku}: ${words}.`, { facts: { limit: true } });
  if (status >= 500 || isTheirs(errors))
    return refuse('provider-unavailable', `eBay failed over ${sku} (${status}): ${words}. It is told again.`);
  if (status === 404 || errors.some(({ errorId }) => unknownIds.has(String(errorId))))
    return refuse(
      'not-found',
      `eBay's inventory has no ${sku}, or not the offer that its listing names: ${words}. Give the SKU to the item at eBay (bulk_migrate_listing brings a listing into the inventory) and its offerId to the listing here (inventoryItemId), then put the listing again.`,
    );
  return refuse('invalid-request', `eBay refused the quantity of ${sku} (${status}): ${words}.`);
}

/** The error of a listing that was revised 250 times is not documented by number: its words tell. */
const isBlocked = (words: string): boolean => /revis/i.test(words) && /limit|exceed|maximum|too many|250/i.test(words);

/** eBay's day ends at midnight in California: 08:00 UTC, an hour later than need be in summer. */
function secondsToTomorrow(now: string): number {
  const day = 86_400;
  const sinceMidnight = (((Date.parse(now) / 1000 - 8 * 3600) % day) + day) % day;
  return Math.ceil(day - sinceMidnight);
}
