import { packSku } from './pack.ts';
import { type Problem, type Site } from './problem.ts';

/** A set of sites that together have everything, and what it is judged by. */
export interface Choice {
  /** Nearest first. */
  readonly sites: readonly Site[];
  readonly splits: number;
  readonly tenths: number;
  /** Whether `splits` is the least that this set allows. */
  readonly proven: boolean;
}

/** Judges a set of sites. */
export function choiceOf(problem: Problem, chosen: readonly Site[]): Choice {
  const sites = [...chosen].sort(byRank);
  let splits = 0;
  let proven = true;
  for (const [sku, lines] of problem.lines.entries()) {
    const packing = packSku(
      lines.map(({ quantity }) => quantity),
      sites.map(({ units }) => units[sku] ?? 0),
    );
    splits += packing.splits;
    proven &&= packing.proven;
  }
  return { sites, splits, tenths: sites.reduce((sum, { tenths }) => sum + tenths, 0), proven };
}

/** Fewest parcels, then fewest split lines, then nearest, then by location ids: negative where `a` is the better one. */
export function compareChoices(a: Choice, b: Choice): number {
  return (
    a.sites.length - b.sites.length ||
    a.splits - b.splits ||
    a.tenths - b.tenths ||
    (idsOf(a) < idsOf(b) ? -1 : idsOf(a) > idsOf(b) ? 1 : 0)
  );
}

const byRank = (a: Site, b: Site): number =>
  a.tenths - b.tenths || (a.candidate.location < b.candidate.location ? -1 : 1);

/** The ids in order, in a form that sorts as the list of them does. */
const idsOf = ({ sites }: Choice): string =>
  sites
    .map(({ candidate }) => candidate.location)
    .sort()
    .join(' ');

/** True when the sites together have everything. */
export const suffices = ({ demand }: Problem, sites: readonly Site[]): boolean =>
  demand.every((units, sku) => sites.reduce((sum, site) => sum + (site.units[sku] ?? 0), 0) >= units);

/** How many lines no plan can send whole, because no single site has that many. */
export const unavoidableSplits = ({ lines, sites }: Problem): number =>
  lines.reduce((sum, ofSku, sku) => {
    const most = sites.reduce((max, { units }) => Math.max(max, units[sku] ?? 0), 0);
    return sum + ofSku.filter(({ quantity }) => quantity > most).length;
  }, 0);
