import { type Result, ok } from '../../../../shared/kernel/result.ts';
import { type Connection } from '../../domain/connection.ts';
import { type ListingDraft } from '../../domain/listings-connector.ts';
import { type ListingAnswers, answerOf, live, rejected } from '../kit/listing-answers.ts';
import { type ProductStatus, newVariantInput, productInput, variantInput } from './listings-inputs.ts';
import { blamedBy, idsOf, withPrices } from './listings-make.ts';
import { type ShopProduct, type ShopVariant } from './listings-read.ts';
import { type UserError, changeCatalog, showProduct, variantIn, wordsOf } from './listings-write.ts';

/** A draft with the variant that the shop has of it. */
export interface Placed {
  readonly draft: ListingDraft;
  readonly variant?: ShopVariant | undefined;
}

/** Brings a product of the shop to what drafts say: what all of its variants share, then variants that are there, new ones, and those that go. */
export async function changeProduct(
  connection: Connection,
  product: ShopProduct,
  placed: readonly Placed[],
): Promise<Result<ListingAnswers>> {
  const status = statusFor(product, placed);
  const staying = placed.filter(({ draft }) => draft.visibility !== 'gone');
  const shown = staying.find(({ draft }) => draft.visibility === 'shown');
  const speaker = (shown ?? staying[0])?.draft;
  const { priced, answers } = withPrices(
    placed.filter(({ variant }) => variant === undefined).map(({ draft }) => draft),
  );
  const input = { ...(speaker && productInput(speaker, product)), ...(status && { status }) };
  if (Object.keys(input).length > 0) {
    const set = await changeCatalog(connection, 'productSet', { identifier: { id: product.id }, input });
    if (!set.ok) return set;
    const { userErrors } = set.value;
    if (userErrors.length > 0)
      return ok(new Map(placed.map(({ draft }) => [draft.sku, rejected(...userErrors.map(wordsOf))])));
  }
  if (shown !== undefined && !product.isPublished) {
    const published = await showProduct(connection, product.id);
    if (!published.ok) return ok(new Map(placed.map(({ draft }) => [draft.sku, answerOf(published.refusal)])));
  }
  const steps = [
    () => updateVariants(connection, product, staying),
    () => addVariants(connection, product, priced),
    () =>
      removeVariants(
        connection,
        product,
        status === 'ARCHIVED' ? [] : placed.filter(({ draft }) => draft.visibility === 'gone'),
      ),
  ];
  for (const step of steps) for (const [sku, answer] of await step()) answers.set(sku, answer);
  for (const { draft, variant } of placed)
    if (!answers.has(draft.sku)) answers.set(draft.sku, live(variant && idsOf(product.id, variant)));
  return ok(answers);
}

/** A product is hidden or archived with the last of its variants; `undefined` leaves it as it is, for the variants that nothing is said of. */
function statusFor(product: ShopProduct, placed: readonly Placed[]): ProductStatus | undefined {
  const are = (visibility: ListingDraft['visibility']) => placed.some(({ draft }) => draft.visibility === visibility);
  if (are('shown')) return 'ACTIVE';
  const isAll = placed.filter(({ variant }) => variant !== undefined).length >= product.variants;
  if (!isAll) return undefined;
  return are('hidden') ? 'DRAFT' : 'ARCHIVED';
}

/** The good ones are changed, whatever is wrong with others. */
async function updateVariants(connection: Connection, { id: productId }: ShopProduct, placed: readonly Placed[]) {
  const known = placed.flatMap(({ draft, variant }) => (variant === undefined ? [] : [{ draft, variant }]));
  if (known.length === 0) return new Map<string, never>();
  const variants = known.map(({ draft, variant }) => ({ id: variant.id, ...variantInput(draft) }));
  const done = await changeCatalog(connection, 'productVariantsBulkUpdate', { productId, variants });
  const drafts = known.map(({ draft }) => draft);
  if (!done.ok) return allAnswered(drafts, done.refusal);
  const { userErrors } = done.value;
  return userErrors.length === 0 ? new Map<string, never>() : blamedBy(drafts, userErrors);
}

/** All or nothing: those that Shopify will not have are left out, and the rest is sent again. */
async function addVariants(
  connection: Connection,
  product: ShopProduct,
  drafts: readonly ListingDraft[],
): Promise<ListingAnswers> {
  if (drafts.length === 0) return new Map();
  const variants = drafts.map(newVariantInput);
  const done = await changeCatalog(connection, 'productVariantsBulkCreate', { productId: product.id, variants });
  if (!done.ok) return allAnswered(drafts, done.refusal);
  const { userErrors, productVariants } = done.value;
  if (userErrors.length > 0) {
    const refused = blamedBy(drafts, userErrors);
    const rest = await addVariants(
      connection,
      product,
      drafts.filter(({ sku }) => !refused.has(sku)),
    );
    return new Map([...rest, ...refused]);
  }
  return new Map(
    drafts.map(({ sku }) => {
      const made = productVariants?.find((one) => one.sku === sku);
      return [sku, live(made && idsOf(product.id, made))];
    }),
  );
}

async function removeVariants(
  connection: Connection,
  { id: productId }: ShopProduct,
  placed: readonly Placed[],
): Promise<ListingAnswers> {
  const known = placed.flatMap(({ draft, variant }) => (variant === undefined ? [] : [{ draft, id: variant.id }]));
  if (known.length === 0) return new Map();
  const variantsIds = known.map(({ id }) => id);
  const done = await changeCatalog(connection, 'productVariantsBulkDelete', { productId, variantsIds });
  const drafts = known.map(({ draft }) => draft);
  if (!done.ok) return allAnswered(drafts, done.refusal);
  const errors: readonly UserError[] = done.value.userErrors.filter((error) => variantIn(error) === undefined);
  return new Map(drafts.map(({ sku }) => [sku, errors.length > 0 ? rejected(...errors.map(wordsOf)) : live()]));
}

const allAnswered = (drafts: readonly ListingDraft[], refusal: Parameters<typeof answerOf>[0]): ListingAnswers =>
  new Map(drafts.map(({ sku }) => [sku, answerOf(refusal)]));
