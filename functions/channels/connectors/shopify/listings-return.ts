import { type Result, ok } from '../../../../shared/kernel/result.ts';
import { type Connection } from '../../domain/connection.ts';
import { type ListingDraft } from '../../domain/listings-connector.ts';
import { goneInput } from './listings-inputs.ts';
import { type ShopProduct, type ShopVariant, findProduct } from './listings-read.ts';
import { changeCatalog } from './listings-write.ts';

/** A draft with the variant that the shop has of it. */
export interface Placed {
  readonly draft: ListingDraft;
  readonly variant?: ShopVariant | undefined;
}

/**
 * What of an archived product must not come back with it: variants that were taken off with the product, and that nobody tells to be shown.
 * @returns their ids
 */
export async function leftBehind(
  connection: Connection,
  product: ShopProduct,
  staying: readonly Placed[],
): Promise<Result<readonly string[]>> {
  const found = await findProduct(connection, { id: product.id });
  if (!found.ok) return found;
  const gone = (found.value?.variants ?? []).filter(({ metafield }) => metafield?.value === 'true');
  return ok(gone.map(({ id }) => id).filter((id) => !staying.some(({ variant }) => variant?.id === id)));
}

/** Notes at variants that they are taken off with their product. */
export async function noteGone(
  connection: Connection,
  { id: productId }: ShopProduct,
  placed: readonly Placed[],
): Promise<Result<unknown>> {
  const variants = placed.flatMap(({ variant }) =>
    variant === undefined ? [] : [{ id: variant.id, ...goneInput(true) }],
  );
  if (variants.length === 0) return ok(true);
  return changeCatalog(connection, 'productVariantsBulkUpdate', { productId, variants });
}
