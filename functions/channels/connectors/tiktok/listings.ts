import * as z from 'zod';
import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { type Connection } from '../../domain/connection.ts';
import { type ListingAnswer, type ListingDraft, type ListingsConnector } from '../../domain/listings-connector.ts';
import { answerOf, live, rejected } from '../kit/listing-answers.ts';
import { publishEach } from '../kit/publish-each.ts';
import { type ShopCall, anything, callShop } from './api.ts';
import { type Product, editOf, faultOfSku, isWhole, priceChangeOf, product, reasonsIn } from './listings-product.ts';

/**
 * What products of a shop say and cost, by TikTok's own ids: it takes new ones only with pictures that were uploaded to it, so they are made in Seller Center. Words
 * and whether it is shown are the whole product's, the price is a SKU's. Only what differs is told, as TikTok looks at each edit.
 */
export const listings: ListingsConnector = {
  batch: 25,
  creates: false,
  publish: (connection, drafts) => publishEach(connection, drafts, (draft) => tell(connection, draft)),
  outcome,
};

const noProduct = (channelId: string, sku: string): string =>
  `TikTok takes no new products from Crossdock. Add it in Seller Center, then say its listingId (the product) and variantId (the SKU) with PUT /v1/channels/${channelId}/listings/${sku}.`;
const ofSeveral =
  'TikTok hides and removes whole products, and this SKU is one of several. Nobody can buy a SKU without stock: turn hideWhenSoldOut off for it, or hide the product in Seller Center.';

const offAsWhole =
  'Its product is off at TikTok with all of its SKUs. Bring the product back in Seller Center, then publish it again.';

async function tell(connection: Connection, draft: ListingDraft): Promise<Result<ListingAnswer>> {
  const { listingId } = draft.ids;
  if (listingId === undefined)
    return draft.visibility === 'gone' ? live() : rejected(noProduct(connection.channel.channelId, draft.sku));
  const found = await readProduct(connection, listingId);
  if (!found.ok) return answerOf(found.refusal);
  if (draft.visibility !== 'shown') return takeOff(connection, draft, listingId, found.value);
  const fault = faultOfSku(draft, found.value);
  if (fault !== undefined) return rejected(fault);
  if (isOff(found.value)) return bringBack(connection, draft, listingId, found.value);
  if (found.value.status === 'PENDING' && priceChangeOf(draft, found.value) !== undefined) return onceOnSale(listingId);
  const priced = await tellPrice(connection, draft, listingId, found.value);
  if (!priced.ok) return answerOf(priced.refusal);
  if (isWhole(draft, found.value)) return tellWhole(connection, draft, listingId, found.value);
  // What TikTok has against the words of the product is not this SKU's, as long as it is shown.
  return refused.has(found.value.status ?? '') ? rejected(...reasonsIn(found.value)) : live();
}

/** True of a product that its seller took off, or never brought on sale. */
const isOff = ({ status }: Product): boolean => status === 'SELLER_DEACTIVATED' || status === 'DRAFT';

/** Has a product shown again, and then priced: TikTok takes no price of one that is not on sale. */
async function bringBack(
  connection: Connection,
  draft: ListingDraft,
  productId: string,
  before: Product,
): Promise<Result<ListingAnswer>> {
  if (!isWhole(draft, before)) return rejected(offAsWhole);
  const told = await tellWhole(connection, draft, productId, before);
  if (!told.ok || told.value.kind === 'rejected') return told;
  const priced = await tellPrice(connection, draft, productId, before);
  return priced.ok ? told : priced.refusal.code === 'provider-unavailable' ? priced : onceOnSale(productId);
}

/** What is told anew once TikTok has looked at the product. */
const again = 'again ';
const onceOnSale = (productId: string): Result<ListingAnswer> =>
  ok({ kind: 'pending', submission: `${again}${productId}` });

function tellPrice(connection: Connection, draft: ListingDraft, productId: string, before: Product) {
  const price = priceChangeOf(draft, before);
  return change(connection, price && { path: `${pathOf(productId)}/prices/update`, body: price });
}

const pathOf = (productId: string): string => `/product/202309/products/${encodeURIComponent(productId)}`;

const readProduct = (connection: Connection, productId: string): Promise<Result<Product>> =>
  callShop(connection, { operation: 'product', method: 'GET', path: pathOf(productId) }, product);

/** A product that TikTok is told of is looked at by it. */
async function tellWhole(
  connection: Connection,
  draft: ListingDraft,
  productId: string,
  before: Product,
): Promise<Result<ListingAnswer>> {
  const edit = editOf(draft, before);
  const edited = await change(connection, edit && { path: `${pathOf(productId)}/partial_edit`, body: edit });
  if (!edited.ok) return answerOf(edited.refusal);
  const shown = isOff(before) ? await ofProduct(connection, 'POST', '/activate', productId) : ok(true);
  if (!shown.ok) return answerOf(shown.refusal);
  if (edit === undefined && !isOff(before)) return judged(before);
  return ok({ kind: 'pending', submission: productId });
}

async function takeOff(
  connection: Connection,
  draft: ListingDraft,
  productId: string,
  before: Product,
): Promise<Result<ListingAnswer>> {
  const { status } = before;
  if (status === 'DELETED' || (draft.visibility === 'hidden' && status === 'SELLER_DEACTIVATED')) return live();
  if (!isWhole(draft, before)) return rejected(ofSeveral);
  const done =
    draft.visibility === 'gone'
      ? await ofProduct(connection, 'DELETE', '', productId)
      : await ofProduct(connection, 'POST', '/deactivate', productId);
  return done.ok ? live() : answerOf(done.refusal);
}

/** Makes a change where there is one. */
const change = (connection: Connection, call: Pick<ShopCall, 'path' | 'body'> | undefined): Promise<Result<unknown>> =>
  call === undefined
    ? Promise.resolve(ok(true))
    : callShop(connection, { operation: 'listing', method: 'POST', ...call }, anything);

const failures = z.looseObject({
  errors: z.array(z.looseObject({ code: z.int().nullish(), message: z.string().nullish() })).nullish(),
});

/** Calls of several products name what failed among the data of a success. */
async function ofProduct(
  connection: Connection,
  method: 'POST' | 'DELETE',
  what: '' | '/activate' | '/deactivate',
  productId: string,
): Promise<Result<unknown>> {
  const path = `/product/202309/products${what}`;
  const answer = await callShop(
    connection,
    { operation: 'listing', method, path, body: { product_ids: [productId] } },
    failures,
  );
  const [failed] = (answer.ok ? answer.value.errors : undefined) ?? [];
  return failed === undefined
    ? answer
    : refuse(
        'invalid-request',
        `TikTok refused it with code ${failed.code ?? 'unknown'}: ${failed.message ?? 'no words'}`,
      );
}

async function outcome(
  connection: Connection,
  submission: string,
  drafts: readonly Pick<ListingDraft, 'sku'>[],
): Promise<Result<'pending' | ReadonlyMap<string, ListingAnswer>>> {
  const found = await readProduct(connection, submission.replace(again, ''));
  if (!found.ok) return found;
  if (found.value.status === 'PENDING' || found.value.audit?.status === 'AUDITING') return ok('pending');
  const answer = judged(found.value);
  if (answer.ok && answer.value.kind === 'live' && submission.startsWith(again))
    return refuse('not-found', 'TikTok has looked at the product, and its price is still to be told.');
  return answer.ok ? ok(new Map(drafts.map(({ sku }) => [sku, answer.value]))) : answer;
}

/** Statuses of a product that TikTok will not show. */
const refused = new Set(['FAILED', 'FREEZE', 'PLATFORM_DEACTIVATED', 'DELETED']);

const judged = (now: Product): Result<ListingAnswer> =>
  now.audit?.status === 'FAILED' || refused.has(now.status ?? '') ? rejected(...reasonsIn(now)) : live();
