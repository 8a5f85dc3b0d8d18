import * as z from 'zod';
import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { type Connection } from '../../domain/connection.ts';
import { type ListingAnswer, type ListingDraft, type ListingsConnector } from '../../domain/listings-connector.ts';
import { answerOf, live, rejected } from '../kit/listing-answers.ts';
import { publishEach } from '../kit/publish-each.ts';
import { type EbayOffer, type Written, readItem, readOffer, write } from './listings-calls.ts';
import { outcome, submissionOf } from './listings-outcome.ts';
import { changeOf, itemOf, missingIn, newOfferOf, offerOf, priceOf, siteOf } from './listings-requests.ts';

/**
 * Products and prices at eBay, by our SKU: an inventory item, its offer on the channel's site, and the listing that the offer is published as. Only what differs is
 * told, as a listing has 250 revisions a day. A variant is a listing of its own.
 * Source: https://developer.ebay.com/api-docs/sell/static/inventory/inventory-item-to-offer.html
 */
export const listings: ListingsConnector = {
  batch: 10,
  creates: true,
  publish: (connection, drafts) => publishEach(connection, drafts, (draft) => tell(connection, draft)),
  outcome,
};

const noSite =
  'The channel does not say on which site it sells, and its currency is that of several. Add marketplaceId, such as EBAY_DE, to its settings.';

async function tell(connection: Connection, draft: ListingDraft): Promise<Result<ListingAnswer>> {
  if (siteOf(connection.channel) === '') return rejected(noSite);
  const offer = await readOffer(connection, draft.sku);
  if (!offer.ok) return answerOf(offer.refusal);
  if (draft.visibility !== 'shown') return end(connection, draft, offer.value);
  const missing = offer.value === undefined ? missingIn(draft, connection.channel) : [];
  if (missing.length > 0) return rejected(...missing);
  const item = await tellItem(connection, draft);
  if (item !== undefined) return item;
  return offer.value === undefined ? create(connection, draft) : change(connection, draft, offer.value);
}

/** Ends a listing. What is hidden keeps its offer, to be published again; of what is gone the item alone stays, for other sites. */
async function end(connection: Connection, { sku, visibility }: ListingDraft, offer: EbayOffer | undefined) {
  if (offer === undefined || (visibility === 'hidden' && offer.status !== 'PUBLISHED')) return live();
  const path = pathOf(offer.offerId);
  const written = await write(
    connection,
    sku,
    visibility === 'gone' ? { method: 'DELETE', path } : { method: 'POST', path: `${path}/withdraw` },
  );
  return written.done ? live() : written.answer;
}

const pathOf = (offerId: string): string => `/offer/${encodeURIComponent(offerId)}`;

/** Tells the item where it differs; the answer where that is not taken. */
async function tellItem(connection: Connection, draft: ListingDraft): Promise<Result<ListingAnswer> | undefined> {
  const before = await readItem(connection, draft.sku);
  if (!before.ok) return answerOf(before.refusal);
  const body = itemOf(draft, before.value);
  if (body === undefined) return undefined;
  const path = `/inventory_item/${encodeURIComponent(draft.sku)}`;
  const written = await write(connection, draft.sku, { method: 'PUT', path, body });
  return written.done ? undefined : written.answer;
}

const created = z.looseObject({ offerId: z.string() });

/** Makes an offer. Should its answer be lost, it is found by the next try. */
async function create(connection: Connection, draft: ListingDraft): Promise<Result<ListingAnswer>> {
  const written = await write(connection, draft.sku, { path: '/offer', body: newOfferOf(draft, connection.channel) });
  if (!written.done) return written.answer;
  const offer = created.safeParse(written.body);
  return offer.success
    ? toBePublished(connection, offer.data.offerId)
    : refuse('provider-unavailable', `eBay took the offer of ${draft.sku} and did not name it. It is looked for.`);
}

/** eBay publishes nothing without stock, and stock is told once the SKU has the offer's id: publishing waits for that. */
const toBePublished = ({ now }: Connection, offerId: string): Result<ListingAnswer> =>
  ok({ kind: 'pending', submission: submissionOf(offerId, now()), ids: { inventoryItemId: offerId } });

/** Tells an offer what differs, and publishes it if it is not. */
async function change(connection: Connection, draft: ListingDraft, offer: EbayOffer): Promise<Result<ListingAnswer>> {
  const { offerId, status, listing } = offer;
  const isPublished = status === 'PUBLISHED';
  const changed = changeOf(draft, offer);
  if (changed !== 'nothing') {
    const written = await revise(connection, draft, offer, changed === 'price' && isPublished);
    if (!written.done) return written.answer;
  }
  if (!isPublished) return toBePublished(connection, offerId);
  return live({ inventoryItemId: offerId, ...(listing?.listingId != null && { listingId: listing.listingId }) });
}

/** A price alone is told without the rest, which the stock's own calls may be changing. Offers that are not published take no such call. */
function revise(
  connection: Connection,
  draft: ListingDraft,
  offer: EbayOffer,
  isPriceAlone: boolean,
): Promise<Written> {
  const { offerId } = offer;
  if (!isPriceAlone || draft.price === undefined)
    return write(connection, draft.sku, { method: 'PUT', path: pathOf(offerId), body: offerOf(draft, offer) });
  const body = { requests: [{ sku: draft.sku, offers: [{ offerId, price: priceOf(draft.price.price) }] }] };
  return write(connection, draft.sku, { path: '/bulk_update_price_quantity', body });
}
