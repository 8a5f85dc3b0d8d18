import { type LineUnits } from '../../../shared/model/orders/order.ts';
import { type Candidate } from './candidates.ts';

/** Units of a line that are promised and wait for a location. */
export interface Wanted extends LineUnits {
  readonly sku: string;
}

/** A SKU that is short: what is wanted of it in all, and who has how much. */
export interface Short {
  readonly sku: string;
  readonly wanted: number;
  readonly available: number;
  readonly locations: readonly { readonly location: string; readonly atf: number }[];
}

/** Which lines all locations together can send whole, and what is short for the others. */
export interface Coverage {
  readonly covered: readonly Wanted[];
  readonly waiting: readonly Wanted[];
  readonly short: readonly Short[];
}

/**
 * Chooses the lines to plan: all of them where there is enough; of a SKU that is short as many whole lines as there are units for,
 * small ones first, then in the order's sequence.
 */
export function coverable(wanted: readonly Wanted[], candidates: readonly Candidate[]): Coverage {
  const left = new Map<string, number>();
  for (const { available } of candidates)
    for (const [sku, units] of available) left.set(sku, (left.get(sku) ?? 0) + units);
  const covered = new Set<Wanted>();
  for (const line of [...wanted].sort((a, b) => a.quantity - b.quantity)) {
    const units = left.get(line.sku) ?? 0;
    if (units < line.quantity) continue;
    left.set(line.sku, units - line.quantity);
    covered.add(line);
  }
  const waiting = wanted.filter((line) => !covered.has(line));
  const skus = [...new Set(waiting.map(({ sku }) => sku))];
  return {
    covered: wanted.filter((line) => covered.has(line)),
    waiting,
    short: skus.map((sku) => shortOf(sku, wanted, candidates)),
  };
}

function shortOf(sku: string, wanted: readonly Wanted[], candidates: readonly Candidate[]): Short {
  const locations = candidates.flatMap(({ location, available }) => {
    const atf = available.get(sku);
    return atf === undefined ? [] : [{ location, atf }];
  });
  return {
    sku,
    wanted: wanted.reduce((sum, line) => (line.sku === sku ? sum + line.quantity : sum), 0),
    available: locations.reduce((sum, { atf }) => sum + atf, 0),
    locations,
  };
}
