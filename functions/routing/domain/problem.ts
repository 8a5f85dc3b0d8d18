import { type Candidate } from './candidates.ts';
import { type Wanted } from './coverable.ts';

/** A location as the search sees it. */
export interface Site {
  readonly candidate: Candidate;
  /** Distance in tenths of a kilometer, so that sums are exact and equal ones are equal; an unknown one is farther than any. */
  readonly tenths: number;
  /** Units by SKU (its index in the problem), never more than are wanted. */
  readonly units: readonly number[];
}

/** What is to be sent and who may send it, in numbers. */
export interface Problem {
  readonly skus: readonly string[];
  /** Units wanted, by SKU. */
  readonly demand: readonly number[];
  /** The lines of each SKU, largest first. */
  readonly lines: readonly (readonly Wanted[])[];
  /** Nearest first, then by location id: a site's index is its rank. */
  readonly sites: readonly Site[];
}

/** Farther than any place on earth, however many of them are added. */
const unknownTenths = 1e9;

/** Puts lines and candidates into numbers. */
export function problemOf(wanted: readonly Wanted[], candidates: readonly Candidate[]): Problem {
  const skus = [...new Set(wanted.map(({ sku }) => sku))];
  const lines = skus.map((sku) => wanted.filter((line) => line.sku === sku).sort((a, b) => b.quantity - a.quantity));
  const demand = lines.map((ofSku) => ofSku.reduce((sum, { quantity }) => sum + quantity, 0));
  const sites = candidates
    .map((candidate): Site => ({
      candidate,
      tenths: candidate.distanceKm === undefined ? unknownTenths : Math.round(candidate.distanceKm * 10),
      units: skus.map((sku, index) => Math.min(candidate.available.get(sku) ?? 0, demand[index] ?? 0)),
    }))
    .sort((a, b) => a.tenths - b.tenths || (a.candidate.location < b.candidate.location ? -1 : 1));
  return { skus, demand, lines, sites };
}

/** With how many of the nearest sites each is compared: to keep one too many costs time later, and nothing else. */
const comparedSites = 100;

/**
 * The sites that a best plan of `size` parcels needs to be looked for among. A site goes when `size` others are each as near and have
 * as much of everything: at least one of them is not in the plan and could take its place, at no loss.
 */
export function undominated({ sites }: Problem, size: number): readonly Site[] {
  // One site is looked at once: finding out who is needed would cost more.
  if (size === 1) return sites;
  const kept: Site[] = [];
  for (const site of sites) {
    let better = 0;
    // Sites come nearest first, so whoever is kept already is as near.
    for (let index = 0; index < kept.length && index < comparedSites && better < size; index += 1) {
      if (covers(kept[index]?.units ?? [], site.units)) better += 1;
    }
    if (better < size) kept.push(site);
  }
  return kept;
}

/** True where `a` has at least what `b` has of everything. */
export function covers(a: readonly number[], b: readonly number[]): boolean {
  for (let sku = 0; sku < a.length; sku += 1) if ((a[sku] ?? 0) < (b[sku] ?? 0)) return false;
  return true;
}
