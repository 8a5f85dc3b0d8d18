import { type Result, ok } from '../../../../shared/kernel/result.ts';
import { type Connection } from '../../domain/connection.ts';
import { type ListingAnswer, type ListingDraft, type ListingsConnector } from '../../domain/listings-connector.ts';
import { type ListingAnswers, answerOf, live, sorted, toldInTurn } from '../kit/listing-answers.ts';
import { type BatchAnswer, splitRefused } from '../kit/split-refused.ts';
import { send } from './api.ts';
import { type WriteWeight, productBody, productTerms, variantTerms } from './listings-bodies.ts';
import { makeProduct, wholly } from './listings-make.ts';
import { type StoreVariant, findVariants, isBase, weightWriter } from './listings-read.ts';
import * as z from 'zod';

/** Products in one call, as BigCommerce has it. Source: PUT /v3/catalog/products; that of variants takes 50 */
const mostProducts = 10;

/** Products and variants with their prices, one call after the other: bulk calls of the catalog are not to run beside others. */
export const listings: ListingsConnector = { batch: mostProducts, creates: true, publish };

/** A draft with the variant that the store has of it. */
interface Placed {
  readonly draft: ListingDraft;
  readonly variant: StoreVariant;
}

async function publish(
  connection: Connection,
  drafts: readonly ListingDraft[],
): Promise<ReadonlyMap<string, Result<ListingAnswer>>> {
  const { good, answers } = sorted(connection.channel, drafts);
  if (good.length === 0) return answers;
  const ordered = good.toSorted((a, b) => (a.sku < b.sku ? -1 : 1));
  const found = await findVariants(connection, ordered);
  const weight = found.ok ? await weightWriter(connection) : found;
  if (!found.ok || !weight.ok) {
    const refused = found.ok ? weight : found;
    return new Map([
      ...answers,
      ...good.map(({ sku }) => [sku, refused.ok ? live() : answerOf(refused.refusal)] as const),
    ]);
  }
  const known = ordered.flatMap((draft): Placed[] => {
    const variant = found.value.get(draft.sku);
    return variant === undefined ? [] : [{ draft, variant }];
  });
  const told = await tellKnown(connection, known, weight.value);
  const fresh = ordered.filter(({ sku }) => !found.value.has(sku));
  const groups = [...Map.groupBy(fresh, ({ sku, parent }) => parent ?? `own ${sku}`).values()];
  const made = await toldInTurn(
    groups.map((group) => ({ drafts: group })),
    (group) => makeProduct(connection, group.drafts, weight.value),
  );
  return new Map([...answers, ...told, ...made]);
}

/** One call for the products and one for their variants; each is taken as a whole, or halved until what is refused stands alone. */
async function tellKnown(
  connection: Connection,
  placed: readonly Placed[],
  weight: WriteWeight,
): Promise<ListingAnswers> {
  const groups = [...Map.groupBy(placed, ({ variant }) => variant.product_id)].map(([productId, group]) => ({
    productId,
    group,
  }));
  type Group = (typeof groups)[number];
  const products = await splitRefused(
    groups.filter(({ group }) => productPart(group, weight) !== undefined),
    (some: readonly Group[]) =>
      put(connection, 'products', some, ({ productId, group }) => ({ id: productId, ...productPart(group, weight) })),
  );
  const refused = new Map(
    [...products].flatMap(([{ productId }, answer]) => (answer.ok ? [] : [[productId, answer.refusal] as const])),
  );
  const variants = await splitRefused(
    placed.filter(({ variant }) => !isBase(variant) && !refused.has(variant.product_id)),
    (some: readonly Placed[]) =>
      put(connection, 'variants', some, ({ draft, variant }) => ({ id: variant.id, ...variantPart(draft, weight) })),
  );
  return new Map(
    placed.map((one) => {
      const { draft, variant } = one;
      const own = variants.get(one);
      const refusal = refused.get(variant.product_id) ?? (own?.ok === false ? own.refusal : undefined);
      const ids = { listingId: String(variant.product_id), variantId: String(variant.id) };
      return [draft.sku, refusal === undefined ? live(ids) : answerOf(refusal)];
    }),
  );
}

/** What a product is told for its drafts; `undefined` where variants are taken off, and others of it may stay. */
function productPart(group: readonly Placed[], weight: WriteWeight): object | undefined {
  const [only] = group;
  if (only !== undefined && isBase(only.variant)) {
    const { draft } = only;
    if (draft.visibility === 'gone') return { is_visible: false };
    return { ...productBody(draft), ...productTerms(draft, weight), is_visible: draft.visibility === 'shown' };
  }
  const drafts = group.map(({ draft }) => draft);
  const shown = drafts.find(({ visibility }) => visibility === 'shown');
  const speaker = shown ?? drafts.find(({ visibility }) => visibility === 'hidden');
  return speaker && { ...productBody(speaker), ...(shown && { is_visible: true }) };
}

const variantPart = (draft: ListingDraft, weight: WriteWeight): object =>
  draft.visibility === 'gone' ? { purchasing_disabled: true } : variantTerms(draft, weight);

async function put<T>(
  connection: Connection,
  what: 'products' | 'variants',
  some: readonly T[],
  bodyOf: (one: T) => object,
): Promise<BatchAnswer<T>> {
  const answer = await send(connection, 'PUT', `v3/catalog/${what}`, some.map(bodyOf));
  const came = answer.ok ? wholly(answer.value, `change ${what}`, z.looseObject({})) : answer;
  return came.ok
    ? { kind: 'answered', answers: new Map(some.map((one) => [one, ok<true>(true)])) }
    : { kind: 'refused', refusal: came.refusal };
}
