import { type Result, ok } from '../../../../shared/kernel/result.ts';
import { type Connection } from '../../domain/connection.ts';
import { type ListingDraft } from '../../domain/listings-connector.ts';
import { type ListingAnswers, answerOf, live, rejected } from '../kit/listing-answers.ts';
import { numberOf } from './ids.ts';
import { handleOf, newOptions, newVariantInput, productInput } from './listings-inputs.ts';
import { type ShopVariant } from './listings-read.ts';
import { changeCatalog, showProduct, variantIn, wordsOf } from './listings-write.ts';

/** A price of nothing would be one. */
const noPrice = 'It is new to the shop and has no price. Give it one in a price list of the channel.';

/** The ids of a variant, as webhooks write them. */
export const idsOf = (productId: string, { id, inventoryItem }: ShopVariant): ListingDraft['ids'] => ({
  listingId: numberOf(productId),
  variantId: numberOf(id),
  inventoryItemId: numberOf(inventoryItem.id),
});

/** Drafts of new variants that can be made, and the answers to those that cannot. */
export function withPrices(drafts: readonly ListingDraft[]): {
  readonly priced: readonly ListingDraft[];
  readonly answers: ListingAnswers;
} {
  const answers: ListingAnswers = new Map();
  for (const { sku, visibility, price } of drafts) {
    if (visibility === 'gone') answers.set(sku, live());
    else if (price === undefined) answers.set(sku, rejected(noPrice));
  }
  return { priced: drafts.filter(({ sku }) => !answers.has(sku)), answers };
}

/**
 * Makes one product with its variants, all or nothing: variants that Shopify will not have are left out, and the rest is sent again. Its handle is
 * made of the SKU, so a product that was made without our knowing is found by it.
 */
export async function makeProduct(
  connection: Connection,
  drafts: readonly ListingDraft[],
): Promise<Result<ListingAnswers>> {
  const { priced, answers } = withPrices(drafts);
  const [first] = priced;
  if (first === undefined) return ok(answers);
  const handle = handleOf(first);
  const isShown = priced.some(({ visibility }) => visibility === 'shown');
  const input = {
    ...productInput(priced.find(({ visibility }) => visibility === 'shown') ?? first),
    handle,
    status: isShown ? 'ACTIVE' : 'DRAFT',
    productOptions: newOptions(priced),
    variants: priced.map(newVariantInput),
  };
  const made = await changeCatalog(connection, 'productSet', { identifier: { handle }, input });
  if (!made.ok) return ok(new Map([...answers, ...priced.map(({ sku }) => [sku, answerOf(made.refusal)] as const)]));
  const { userErrors: errors, product } = made.value;
  if (errors.length > 0 || product == null) {
    const refused = blamedBy(priced, errors);
    const rest = await makeProduct(
      connection,
      priced.filter(({ sku }) => !refused.has(sku)),
    );
    return rest.ok ? ok(new Map([...answers, ...rest.value, ...refused])) : rest;
  }
  const shown = isShown ? await showProduct(connection, product.id) : ok<true>(true);
  for (const { sku } of priced) {
    const variant = product.variants?.nodes.find((one) => one.sku === sku);
    answers.set(sku, shown.ok ? live(variant && idsOf(product.id, variant)) : answerOf(shown.refusal));
  }
  return ok(answers);
}

/** The drafts that errors are about, with the reasons: those that are named, or all. */
export function blamedBy(drafts: readonly ListingDraft[], errors: Parameters<typeof wordsOf>[0][]): ListingAnswers {
  const named = drafts.flatMap(({ sku }, index) => {
    const own = errors.filter((error) => variantIn(error) === index);
    return own.length === 0 ? [] : [[sku, rejected(...own.map(wordsOf))] as const];
  });
  const all = errors.length === 0 ? ['Shopify did not make the product, and does not say why.'] : errors.map(wordsOf);
  return new Map(named.length > 0 ? named : drafts.map(({ sku }) => [sku, rejected(...all)] as const));
}
