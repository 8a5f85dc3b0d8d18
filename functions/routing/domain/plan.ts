import { type Field } from './candidates.ts';
import { type Choice } from './choice.ts';
import { type Short, type Wanted, coverable } from './coverable.ts';
import { greedyChoice } from './greedy.ts';
import { packSku, takeFrom } from './pack.ts';
import { type Problem, problemOf } from './problem.ts';
import { type Work, bestOfSize, exhausted, fewestSites } from './search.ts';

/** What one location sends. */
export interface Parcel {
  readonly location: string;
  readonly distanceKm?: number;
  readonly lines: readonly Wanted[];
}

/** A routing plan and what it was chosen by. */
export interface Plan {
  /** Nearest first. */
  readonly parcels: readonly Parcel[];
  /** Lines that come from more than one location. */
  readonly splitLines: number;
  /** Whole plans that were compared. */
  readonly plansCompared: number;
  /** Whether no better plan exists by the rule; else the work limit ended the search. */
  readonly provenBest: boolean;
  /** Lines that are not in it, as all locations together cannot send them whole. */
  readonly waiting: readonly Wanted[];
  readonly short: readonly Short[];
}

/** The rule that decides between plans, in words. */
export const routingRule = 'fewest parcels, then fewest split lines, then nearest';

/** How many partial and whole plans are looked at before the best one so far is taken. */
export const maximumChecks = 200_000;

/**
 * Plans who sends what: fewest parcels, then fewest lines that come from several locations, then the least sum of great-circle distances
 * (locations without a known place last), then by location id. Lines that cannot be sent whole wait and are named.
 */
export function planFor(wanted: readonly Wanted[], field: Pick<Field, 'candidates'>, limit = maximumChecks): Plan {
  const { covered, waiting, short } = coverable(wanted, field.candidates);
  if (covered.length === 0) return { parcels: [], splitLines: 0, plansCompared: 0, provenBest: true, waiting, short };
  const problem = problemOf(covered, field.candidates);
  const work: Work = { limit, checks: 0, plans: 1 };
  const choice = choose(problem, work);
  return {
    parcels: parcelsOf(problem, choice),
    splitLines: choice.splits,
    plansCompared: work.plans,
    provenBest: choice.proven && !exhausted(work),
    waiting,
    short,
  };
}

/** A greedy plan bounds the number of parcels; sizes below it are searched in turn, and its own size for a better one. */
function choose(problem: Problem, work: Work): Choice {
  const greedy = greedyChoice(problem);
  for (let size = fewestSites(problem); size <= greedy.sites.length && !exhausted(work); size += 1) {
    const found = bestOfSize(problem, size, work, size === greedy.sites.length ? greedy : undefined);
    if (found !== undefined) return found;
  }
  return greedy;
}

/** Gives each location its lines: whole ones to the nearest that has all of them, the rest to the fullest. */
function parcelsOf(problem: Problem, { sites }: Choice): Parcel[] {
  const lines = sites.map((): Wanted[] => []);
  for (const [sku, ofSku] of problem.lines.entries()) {
    const left = sites.map(({ units }) => units[sku] ?? 0);
    const { placed } = packSku(
      ofSku.map(({ quantity }) => quantity),
      left,
    );
    const whole = ofSku.map((line, index) => ({ line, at: placed[index] ?? -1 }));
    for (const { line, at } of whole.filter((one) => one.at >= 0)) {
      lines[at]?.push(line);
      left[at] = (left[at] ?? 0) - line.quantity;
    }
    for (const { line } of whole.filter((one) => one.at < 0)) {
      for (const { at, units } of takeFrom(left, line.quantity)) lines[at]?.push({ ...line, quantity: units });
    }
  }
  return sites.flatMap(({ candidate: { location, distanceKm } }, index) => {
    const mine = lines[index] ?? [];
    return mine.length === 0 ? [] : [{ location, ...(distanceKm !== undefined && { distanceKm }), lines: mine }];
  });
}
