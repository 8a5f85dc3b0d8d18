import { type Candidate } from '../domain/candidates.ts';
import { type Wanted } from '../domain/coverable.ts';

/** How a made-up network looks. */
export interface RoutingProblemShape {
  readonly lines: number;
  readonly locations: number;
  /** Probability that a location stocks a SKU at all. */
  readonly stocked: number;
  /** Units on a shelf that has any: 1 to this many. */
  readonly deepest: number;
  readonly seed: number;
}

/** An order and a network to route it in, the same for the same shape: for benchmarks and tests. */
export function routingProblem({ lines, locations, stocked, deepest, seed }: RoutingProblemShape): {
  readonly wanted: Wanted[];
  readonly candidates: Candidate[];
} {
  const random = randomFrom(seed);
  const skus = Array.from({ length: lines }, (_, index) => `SKU-${index}`);
  const wanted = skus.map((sku, index) => ({ lineId: String(index + 1), sku, quantity: 1 + Math.floor(random() * 3) }));
  const candidates = Array.from({ length: locations }, (_, index) => ({
    location: `location-${index}`,
    distanceKm: Math.round(random() * 40_000) / 10,
    available: new Map(
      skus.flatMap((sku): [string, number][] =>
        random() < stocked ? [[sku, 1 + Math.floor(random() * deepest)]] : [],
      ),
    ),
  }));
  return { wanted, candidates: candidates.filter(({ available }) => available.size > 0) };
}

/** Numbers in [0, 1) from a seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
