/** How the lines of one SKU go over the locations of a plan. */
export interface Packing {
  /** For each line, the location (index into `free`) that sends all of it, or -1 where it is split. */
  readonly placed: readonly number[];
  readonly splits: number;
  /** Whether no packing splits fewer lines. */
  readonly proven: boolean;
}

/** How many placements are tried for one SKU: only many lines of one SKU on shelves that barely hold them come near. */
const maximumTries = 2_000;

/**
 * Packs the lines of one SKU (quantities, largest first) whole onto locations (units free, nearest first) so that as few as possible
 * are split. All together fit.
 */
export function packSku(quantities: readonly number[], free: readonly number[]): Packing {
  if (free.length === 1) return { placed: quantities.map(() => 0), splits: 0, proven: true };
  let best: Packing = { placed: quantities.map(() => -1), splits: quantities.length, proven: true };
  let tries = 0;
  const left = [...free];
  const placed: number[] = [];
  const place = (line: number, splits: number): void => {
    if (splits >= best.splits || tries >= maximumTries) return;
    tries += 1;
    const quantity = quantities[line];
    if (quantity === undefined) {
      best = { placed: [...placed], splits, proven: true };
      return;
    }
    for (let at = 0; at < left.length; at += 1) {
      const units = left[at] ?? 0;
      if (units < quantity) continue;
      left[at] = units - quantity;
      placed[line] = at;
      place(line + 1, splits);
      left[at] = units;
    }
    placed[line] = -1;
    place(line + 1, splits + 1);
  };
  place(0, 0);
  return { ...best, proven: tries < maximumTries || best.splits === 0 };
}

/** Takes `quantity` units from as few locations as hold them, fullest first, then nearest; `left` counts down. */
export function takeFrom(left: number[], quantity: number): { readonly at: number; readonly units: number }[] {
  const order = left.map((units, at) => ({ units, at })).sort((a, b) => b.units - a.units || a.at - b.at);
  const taken: { at: number; units: number }[] = [];
  let missing = quantity;
  for (const { units, at } of order) {
    const take = Math.min(units, missing);
    if (take === 0) break;
    taken.push({ at, units: take });
    left[at] = units - take;
    missing -= take;
  }
  if (missing > 0) throw new Error(`${missing} units have no location though the plan has enough`);
  return taken;
}
