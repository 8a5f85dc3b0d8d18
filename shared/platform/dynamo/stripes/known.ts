/**
 * How many stripes a pool has, as this instance last learned it. It may be wrong at any time: every write carries conditions that fail
 * when it is, and then the writer learns. A wrong number costs one more try and never a wrong count.
 */
const known = new Map<string, { readonly stripes: number; readonly until: number }>();

/** How long it is believed. Not longer, because a writer that knows too few keeps writing those and is told by nothing. */
const believedMs = 30_000;
/** More than these are forgotten, oldest first: few SKUs are hot at once. */
const most = 1000;

const keyOf = (sku: string, pool: string): string => JSON.stringify([sku, pool]);

/** How many stripes the pool has; 1 when nothing else is known. */
export function knownStripes(sku: string, pool: string): number {
  const found = known.get(keyOf(sku, pool));
  return found !== undefined && found.until > Date.now() ? found.stripes : 1;
}

/** Remembers how many stripes a pool has; a pool of one is what everybody assumes, so it is forgotten. */
export function learnStripes(sku: string, pool: string, stripes: number): void {
  const key = keyOf(sku, pool);
  known.delete(key);
  if (stripes <= 1) return;
  known.set(key, { stripes, until: Date.now() + believedMs });
  const [oldest] = known.keys();
  if (known.size > most && oldest !== undefined) known.delete(oldest);
}
