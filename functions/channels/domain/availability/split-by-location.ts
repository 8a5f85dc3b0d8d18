/**
 * Splits what a channel may show over its locations, in proportion to what each has, by the largest remainder: the parts are whole, together they are the total,
 * and none is more than its location has, unless the total is. What is left over then is spread alike. The same input is always the same split.
 * @param total units, 0 or more
 * @param have what there is, by the channel's location id; less than nothing counts as nothing
 */
export function splitByLocation(total: number, have: Readonly<Record<string, number>>): Record<string, number> {
  const ids = Object.keys(have).sort();
  const there = ids.map((id) => Math.max(0, have[id] ?? 0));
  const sum = there.reduce((all, one) => all + one, 0);
  const parts =
    total <= sum
      ? shares(total, there)
      : shares(total - sum, sum > 0 ? there : ids.map(() => 1)).map((more, at) => more + (there[at] ?? 0));
  return Object.fromEntries(ids.map((id, at) => [id, parts[at] ?? 0]));
}

/** Exact in whole numbers: a product of two quantities may be more than a double holds. */
function shares(total: number, weights: readonly number[]): number[] {
  const all = BigInt(weights.reduce((sum, one) => sum + one, 0));
  if (all === 0n) return weights.map(() => 0);
  const exact = weights.map((weight) => BigInt(total) * BigInt(weight));
  const floors = exact.map((product) => Number(product / all));
  let rest = total - floors.reduce((sum, one) => sum + one, 0);
  const byRemainder = exact
    .map((product, at) => ({ at, remainder: product % all }))
    .sort((a, b) => (a.remainder === b.remainder ? a.at - b.at : a.remainder > b.remainder ? -1 : 1));
  for (const { at } of byRemainder) {
    if (rest <= 0) break;
    floors[at] = (floors[at] ?? 0) + 1;
    rest -= 1;
  }
  return floors;
}
