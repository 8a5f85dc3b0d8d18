import { type Result, ok } from '../../../../shared/kernel/result.ts';
import { settingOf } from '../../domain/connector-needs.ts';
import { type Connection } from '../../domain/connection.ts';
import { type ListingAnswer, type ListingDraft, type ListingsConnector } from '../../domain/listings-connector.ts';
import { type ListingAnswers, answerOf, live, rejected } from '../kit/listing-answers.ts';
import { publishEach } from '../kit/publish-each.ts';
import { sellerSku } from '../kit/seller-sku.ts';
import { outcome, submitItems } from './listings-feed.ts';
import { putPrice, readItem, retire } from './listings-item.ts';
import { type ItemFeed, type KnownItem, type SpecItem, specItem } from './listings-spec.ts';
import { needs } from './needs.ts';

/**
 * Products and prices at Walmart, by the seller's SKU. Prices go at once, a call each; products in a feed, of which Walmart takes ten an hour of each kind and works
 * them through in its time. Walmart has no hiding, and needs none: what is sold out stays there, and nobody can buy it. What is taken off is retired, which may take two days
 * and be for good (https://developer.walmart.com/us-marketplace/docs/retire-an-item); it is told to come back by its end date.
 * Source: https://developer.walmart.com/us-marketplace/docs/item-management-available-requests
 */
export const listings: ListingsConnector = { batch: 50, creates: true, publish, outcome };

/** What is to go into a feed. */
interface Entry {
  readonly sku: string;
  readonly feedType: ItemFeed;
  readonly item: SpecItem;
}

async function publish(connection: Connection, drafts: readonly ListingDraft[]): Promise<ListingAnswers> {
  const entries: Entry[] = [];
  const answers = await publishEach(connection, drafts, (draft) => tell(connection, draft, entries));
  for (const [feedType, own] of Map.groupBy(entries, (entry) => entry.feedType)) {
    const items = own.map(({ item }) => item);
    const submitted = await submitItems(connection, feedType, items);
    const answer: Result<ListingAnswer> = submitted.ok
      ? ok({ kind: 'pending', submission: submitted.value })
      : answerOf(submitted.refusal);
    for (const { sku } of own) answers.set(sku, answer);
  }
  return answers;
}

/** Tells what can be told without a feed. What is left is put among `entries`: the feed's answer takes the place of this one. */
async function tell(connection: Connection, draft: ListingDraft, entries: Entry[]): Promise<Result<ListingAnswer>> {
  if (draft.visibility === 'hidden') return live();
  const sku = sellerSku(draft);
  const found = await readItem(connection, sku);
  if (!found.ok) return answerOf(found.refusal);
  const known = found.value;
  if (draft.visibility === 'gone') return known === undefined || known.isRetired ? live() : retire(connection, sku);
  if (known !== undefined && draft.price !== undefined) {
    const priced = await putPrice(connection, sku, draft.price);
    if (!priced.ok) return answerOf(priced.refusal);
  }
  if (settingOf(connection.channel, needs, 'market') !== 'us')
    return known === undefined || known.isRetired ? rejected(abroad) : live();
  const entry = entryOf(draft, known);
  if (!entry.ok) return rejected(...entry.missing.map((what) => `It has ${what}. Say it, and publish it again.`));
  entries.push(entry.value);
  return live();
}

const abroad =
  'Outside the United States Crossdock tells Walmart prices only. Set the item up, or bring it back, in Seller Center, then publish it again.';

function entryOf(
  draft: ListingDraft,
  known: KnownItem | undefined,
): { readonly ok: true; readonly value: Entry } | { readonly ok: false; readonly missing: readonly string[] } {
  const productType = draft.content.category ?? known?.productType;
  const productId = draft.ids.barcode ?? known?.gtin;
  const missing = [
    ...(productType === undefined
      ? ['no category: Walmart’s product type, as the Taxonomy API lists it (Coffee Mugs)']
      : []),
    ...(productId === undefined ? ['no barcode on its listing: Walmart knows products by GTIN, UPC or EAN'] : []),
    ...(known === undefined && draft.price === undefined ? ['no price, which a new item needs'] : []),
  ];
  if (productType === undefined || productId === undefined || missing.length > 0) return { ok: false, missing };
  const feedType = known === undefined ? 'MP_ITEM' : 'MP_MAINTENANCE';
  return { ok: true, value: { sku: draft.sku, feedType, item: specItem(draft, productType, productId, known) } };
}
