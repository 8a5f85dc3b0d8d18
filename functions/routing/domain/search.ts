import { type Choice, choiceOf, compareChoices, unavoidableSplits } from './choice.ts';
import { type Problem, type Site, covers, undominated } from './problem.ts';

/** What a search may cost, and what it has cost: a check is one partial or whole plan that was looked at. */
export interface Work {
  readonly limit: number;
  checks: number;
  /** Whole plans that were compared. */
  plans: number;
}

/** True once the limit was reached: what was found is then not proven best. */
export const exhausted = ({ checks, limit }: Work): boolean => checks >= limit;

/** The least number of sites that any plan takes: for each SKU, how many of its fullest sites it needs. */
export const fewestSites = ({ demand, sites }: Problem): number =>
  demand.reduce((most, units, sku) => {
    // Where one site has all of it, which is nearly always, nothing needs to be sorted.
    if (sites.some((site) => (site.units[sku] ?? 0) >= units)) return most;
    const sums = largestSums(
      sites.map((site) => site.units[sku] ?? 0),
      sites.length,
    );
    return Math.max(
      most,
      sums.findIndex((sum) => sum >= units),
    );
  }, 1);

/** Where the search for plans of one size stands. */
interface Search {
  readonly problem: Problem;
  readonly work: Work;
  readonly nearestTenths: number;
  readonly leastSplits: number;
  /** Sites that have some of a SKU, nearest first. */
  readonly suppliers: readonly (readonly Site[])[];
  /** Units of a SKU that so many of its fullest sites have together. */
  readonly atMost: readonly (readonly number[])[];
  /** The same for all SKUs at once: a site's share is the sum of its parts of what is wanted of each. */
  readonly shareAtMost: readonly number[];
  /** Units that the chosen sites leave open; below zero where they have more. */
  readonly missing: number[];
  readonly chosen: Site[];
  readonly banned: Set<Site>;
  best: Choice | undefined;
}

/**
 * The best plan of exactly `size` sites, when none of fewer exists: depth first over the SKU with the fewest sites that have it, nearest
 * sites first; a branch ends where the open slots cannot hold what is missing, or where even the nearest sites would lose to what was
 * found.
 * @param known a plan of that size to beat
 */
export function bestOfSize(problem: Problem, size: number, work: Work, known: Choice | undefined): Choice | undefined {
  const sites = undominated(problem, size);
  const search: Search = {
    problem,
    work,
    nearestTenths: sites[0]?.tenths ?? 0,
    leastSplits: unavoidableSplits(problem),
    suppliers: problem.demand.map((_, sku) => sites.filter(({ units }) => (units[sku] ?? 0) > 0)),
    atMost: problem.demand.map((_, sku) =>
      largestSums(
        sites.map(({ units }) => units[sku] ?? 0),
        size,
      ),
    ),
    shareAtMost: largestSums(
      sites.map((site) => shareOf(site, problem)),
      size,
    ),
    missing: [...problem.demand],
    chosen: [],
    banned: new Set(),
    best: known,
  };
  explore(search, size, 0);
  return search.best;
}

/** Sums of the 0, 1, 2 … `size` largest. */
function largestSums(values: readonly number[], size: number): number[] {
  const largest = [...values].sort((a, b) => b - a);
  const sums = [0];
  for (let slot = 0; slot < size; slot += 1) sums.push((sums[slot] ?? 0) + (largest[slot] ?? 0));
  return sums;
}

const shareOf = ({ units }: Site, { demand }: Problem): number =>
  units.reduce((sum, count, sku) => sum + count / (demand[sku] ?? 1), 0);

function explore(search: Search, slots: number, tenths: number): void {
  const { work, suppliers } = search;
  if (exhausted(work)) return;
  work.checks += 1;
  const sku = scarcest(search, slots);
  if (sku === 'complete') compare(search);
  else if (sku !== 'hopeless' && slots === 1) finish(search, suppliers[sku] ?? [], tenths);
  else if (sku !== 'hopeless') branch(search, suppliers[sku] ?? [], slots, tenths);
}

/** Takes each site in turn, nearest first, and explores what may stand beside it. */
function branch(search: Search, sites: readonly Site[], slots: number, tenths: number): void {
  const { banned } = search;
  const tried: Site[] = [];
  for (const site of sites) {
    if (banned.has(site)) continue;
    if (tooFar(search, tenths + site.tenths + (slots - 1) * search.nearestTenths)) break;
    banned.add(site);
    tried.push(site);
    choose(search, site, 1);
    explore(search, slots - 1, tenths + site.tenths);
    choose(search, site, -1);
  }
  // A site stays banned while its siblings are explored: every set that has it was looked at with it.
  for (const site of tried) banned.delete(site);
}

/** Takes a site into the plan, or out of it again. */
function choose({ chosen, missing }: Search, site: Site, sign: 1 | -1): void {
  if (sign === 1) chosen.push(site);
  else chosen.pop();
  for (let sku = 0; sku < missing.length; sku += 1) missing[sku] = (missing[sku] ?? 0) - sign * (site.units[sku] ?? 0);
}

/** The last slot: a site that has all that is missing completes a plan. */
function finish(search: Search, sites: readonly Site[], tenths: number): void {
  for (const site of sites) {
    if (exhausted(search.work) || tooFar(search, tenths + site.tenths)) return;
    search.work.checks += 1;
    if (!covers(site.units, search.missing) || search.banned.has(site)) continue;
    search.chosen.push(site);
    compare(search);
    search.chosen.pop();
  }
}

/** The missing SKU that the fewest sites have; or that nothing is missing, or that the open slots cannot hold what is. */
function scarcest(
  { problem, missing, suppliers, atMost, shareAtMost }: Search,
  slots: number,
): number | 'complete' | 'hopeless' {
  let found: number | undefined;
  let share = 0;
  for (let sku = 0; sku < missing.length; sku += 1) {
    const units = missing[sku] ?? 0;
    if (units <= 0) continue;
    if (units > (atMost[sku]?.[slots] ?? 0)) return 'hopeless';
    share += units / (problem.demand[sku] ?? 1);
    if (found === undefined || (suppliers[sku]?.length ?? 0) < (suppliers[found]?.length ?? 0)) found = sku;
  }
  // The margin is for rounding in sums of fractions.
  if (share > (shareAtMost[slots] ?? 0) + 1e-6) return 'hopeless';
  return found ?? 'complete';
}

const tooFar = ({ best, leastSplits }: Search, atLeastTenths: number): boolean =>
  best !== undefined && best.splits <= leastSplits && atLeastTenths > best.tenths;

function compare(search: Search): void {
  search.work.plans += 1;
  const choice = choiceOf(search.problem, search.chosen);
  if (search.best === undefined || compareChoices(choice, search.best) < 0) search.best = choice;
}
