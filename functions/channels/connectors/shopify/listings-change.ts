import { type Result, ok } from '../../../../shared/kernel/result.ts';
import { type Connection } from '../../domain/connection.ts';
import { type ListingAnswer, type ListingDraft } from '../../domain/listings-connector.ts';
import { type ListingAnswers, answerOf, live, rejected } from '../kit/listing-answers.ts';
import { type ProductStatus, goneInput, newVariantInput, productInput, variantInput } from './listings-inputs.ts';
import { blamedBy, idsOf, withPrices } from './listings-make.ts';
import { type ShopProduct } from './listings-read.ts';
import { type Placed, leftBehind, noteGone } from './listings-return.ts';
import { type UserError, changeCatalog, showProduct, variantIn, wordsOf } from './listings-write.ts';

/** Brings a product of the shop to what drafts say: what all of its variants share, then variants that are there, new ones, and those that go. */
export async function changeProduct(
  connection: Connection,
  product: ShopProduct,
  placed: readonly Placed[],
): Promise<Result<ListingAnswers>> {
  const status = statusFor(product, placed);
  const [gone, staying] = [placed.filter(isGone), placed.filter((one) => !isGone(one))];
  const { priced, answers } = withPrices(
    placed.filter(({ variant }) => variant === undefined).map(({ draft }) => draft),
  );
  if (status === 'ACTIVE' && product.isArchived) {
    const back = await makeRoom(connection, product, staying, priced);
    if (!back.ok) return back;
    for (const [sku, answer] of back.value.answers) answers.set(sku, answer);
    if (!back.value.isRoom) return ok(answers);
  }
  const refused = await tellShared(connection, product, staying, status);
  if (refused !== undefined) return ok(new Map(placed.map(({ draft }) => [draft.sku, refused])));
  const fresh = priced.filter(({ sku }) => !answers.has(sku));
  const steps = [
    () => updateVariants(connection, product, staying),
    () => addVariants(connection, product, fresh),
    () => (status === 'ARCHIVED' ? keepGone : removeVariants)(connection, product, gone),
  ];
  for (const step of steps) for (const [sku, answer] of await step()) answers.set(sku, answer);
  for (const { draft, variant } of placed)
    if (!answers.has(draft.sku)) answers.set(draft.sku, live(variant && idsOf(product.id, variant)));
  return ok(answers);
}

const isGone = ({ draft }: Placed): boolean => draft.visibility === 'gone';

/** Tells what all variants share, and puts what is shown on the online store. @returns the answer to all drafts where that is not taken */
async function tellShared(
  connection: Connection,
  product: ShopProduct,
  staying: readonly Placed[],
  status: ProductStatus | undefined,
): Promise<Result<ListingAnswer> | undefined> {
  const shown = staying.find(({ draft }) => draft.visibility === 'shown');
  const speaker = (shown ?? staying[0])?.draft;
  const input = { ...(speaker && productInput(speaker, product)), ...(status && { status }) };
  if (Object.keys(input).length > 0) {
    const set = await changeCatalog(connection, 'productSet', { identifier: { id: product.id }, input });
    if (!set.ok) return answerOf(set.refusal);
    const { userErrors } = set.value;
    if (userErrors.length > 0) return rejected(...userErrors.map(wordsOf));
  }
  if (shown === undefined || product.isPublished) return undefined;
  const published = await showProduct(connection, product.id);
  return published.ok ? undefined : answerOf(published.refusal);
}

/**
 * Before an archived product is shown again, what was taken off with it and is not told to be shown is removed from it. New variants come first, as Shopify keeps no
 * product without one. @returns the answers of those; `isRoom` is false where nothing that is told would be shown
 */
async function makeRoom(
  connection: Connection,
  product: ShopProduct,
  staying: readonly Placed[],
  fresh: readonly ListingDraft[],
): Promise<Result<{ readonly answers: ListingAnswers; readonly isRoom: boolean }>> {
  const left = await leftBehind(connection, product, staying);
  if (!left.ok) return left;
  if (left.value.length === 0) return ok({ answers: new Map(), isRoom: true });
  const answers = await addVariants(connection, product, fresh);
  const isMade = [...answers.values()].some((answer) => answer.ok && answer.value.kind === 'live');
  if (!isMade && staying.every(({ variant }) => variant === undefined)) return ok({ answers, isRoom: false });
  const input = { productId: product.id, variantsIds: left.value };
  const removed = await changeCatalog(connection, 'productVariantsBulkDelete', input);
  return removed.ok ? ok({ answers, isRoom: true }) : removed;
}

/** Variants that stay in a product that is archived. */
async function keepGone(
  connection: Connection,
  product: ShopProduct,
  gone: readonly Placed[],
): Promise<ListingAnswers> {
  const noted = await noteGone(connection, product, gone);
  if (noted.ok) return new Map();
  return allAnswered(
    gone.map(({ draft }) => draft),
    noted.refusal,
  );
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
async function updateVariants(
  connection: Connection,
  { id: productId, isArchived }: ShopProduct,
  placed: readonly Placed[],
) {
  const known = placed.flatMap(({ draft, variant }) => (variant === undefined ? [] : [{ draft, variant }]));
  if (known.length === 0) return new Map<string, never>();
  const variants = known.map(({ draft, variant }) => ({
    id: variant.id,
    ...variantInput(draft),
    ...(isArchived && goneInput(false)),
  }));
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
