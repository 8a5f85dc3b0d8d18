import { type RulesPorts, type SkuPage } from '../ports.ts';

/** SKUs by name are read this many at once. */
const namedAtOnce = 50;

/** One page of the SKUs that somebody has to look at: those that are named, or all. A cursor of named ones is how many were done. */
export async function pageOf(
  ports: Pick<RulesPorts, 'skuPage' | 'stockOf'>,
  skus: readonly string[] | undefined,
  cursor: string | undefined,
): Promise<SkuPage> {
  if (skus === undefined) return ports.skuPage(cursor);
  const done = Number(cursor ?? 0);
  const next = done + namedAtOnce;
  const named = skus.slice(done, next).map(async (sku) => ({ sku, ...(await ports.stockOf(sku)) }));
  return { skus: await Promise.all(named), ...(next < skus.length && { cursor: String(next) }) };
}
