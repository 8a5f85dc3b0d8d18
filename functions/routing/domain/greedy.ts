import { type Choice, choiceOf, compareChoices, suffices } from './choice.ts';
import { type Problem, type Site, covers } from './problem.ts';

/** How often the whole set is gone through for a nearer site in place of a chosen one. */
const passes = 3;

/**
 * A good plan at once: takes the site that has most of what is still missing, again and again; drops what turned out needless; puts a
 * nearer site in place of each where one will do. The exact search starts from it, and stands by it where its work limit ends.
 */
export function greedyChoice(problem: Problem): Choice {
  let chosen = withoutNeedless(problem, coverGreedily(problem));
  for (let pass = 0; pass < passes; pass += 1) {
    const nearer = improved(problem, chosen);
    if (nearer === undefined) break;
    chosen = nearer;
  }
  return choiceOf(problem, chosen);
}

function coverGreedily({ demand, sites }: Problem): Site[] {
  const missing = [...demand];
  const chosen = new Set<Site>();
  while (missing.some((units) => units > 0)) {
    let best: { site: Site; gain: number } | undefined;
    for (const site of sites) {
      if (chosen.has(site)) continue;
      const gain = gainOf(site, missing, demand);
      if (gain > (best?.gain ?? 0)) best = { site, gain };
    }
    if (best === undefined) throw new Error('the sites together do not have what they were said to have');
    chosen.add(best.site);
    for (const [sku, units] of best.site.units.entries()) missing[sku] = (missing[sku] ?? 0) - units;
  }
  return [...chosen];
}

/** How much of what is missing a site has: each SKU counts by the share of it. */
function gainOf({ units }: Site, missing: readonly number[], demand: readonly number[]): number {
  let gain = 0;
  for (let sku = 0; sku < missing.length; sku += 1) {
    const open = missing[sku] ?? 0;
    if (open > 0) gain += Math.min(open, units[sku] ?? 0) / (demand[sku] ?? 1);
  }
  return gain;
}

/** Farthest first, each site without which the others still suffice is left out. */
function withoutNeedless(problem: Problem, chosen: readonly Site[]): Site[] {
  let kept = [...chosen].sort((a, b) => b.tenths - a.tenths);
  for (const site of kept) {
    const others = kept.filter((one) => one !== site);
    if (suffices(problem, others)) kept = others;
  }
  return kept;
}

/** The set after each of its sites in turn gave way to the nearest that does as well; none when all stayed. */
function improved(problem: Problem, chosen: readonly Site[]): Site[] | undefined {
  let best = choiceOf(problem, chosen);
  let changed = false;
  for (const site of chosen) {
    const others = best.sites.filter((one) => one !== site);
    const missing = problem.demand.map((units, sku) =>
      others.reduce((left, one) => left - (one.units[sku] ?? 0), units),
    );
    for (const one of problem.sites) {
      if (one.tenths >= site.tenths) break;
      if (!covers(one.units, missing) || others.includes(one)) continue;
      const choice = choiceOf(problem, [...others, one]);
      if (compareChoices(choice, best) >= 0) continue;
      best = choice;
      changed = true;
      break;
    }
  }
  return changed ? withoutNeedless(problem, best.sites) : undefined;
}
