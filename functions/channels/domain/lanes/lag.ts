import { plusSeconds } from '../../../../shared/kernel/time.ts';
import { type LagBucket } from '../../../../shared/model/channels/lane.ts';

/** Bounds of the counts, in milliseconds, each twice the one before: from a quarter of a second to more than nine hours. The last count is of all above. */
export const lagBounds: readonly number[] = Array.from({ length: 18 }, (_, index) => 250 * 2 ** index);

const bucketSeconds = 300;
const keptSeconds = 3600;

/**
 * How long the changes of the last hour waited, in milliseconds. Only how many lie between two bounds is kept, so percentiles are estimates: at most twice, at least half of
 * what it was; `longestMs` is exact.
 */
export interface LagSummary {
  readonly count: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly longestMs: number;
}

const beginningOf = (now: string): string =>
  new Date(Math.floor(Date.parse(now) / (bucketSeconds * 1000)) * bucketSeconds * 1000).toISOString();

const recent = (buckets: readonly LagBucket[], now: string): LagBucket[] =>
  buckets.filter(({ from }) => from > plusSeconds(now, -keptSeconds));

/** Adds how long some changes waited, in milliseconds; what is older than an hour goes. */
export function withLags(buckets: readonly LagBucket[], lags: readonly number[], now: string): LagBucket[] {
  if (lags.length === 0) return [...buckets];
  const from = beginningOf(now);
  const present = buckets.find((bucket) => bucket.from === from) ?? { from, counts: [], longest: 0 };
  const counts = Array.from({ length: lagBounds.length + 1 }, (_, index) => present.counts[index] ?? 0);
  for (const lag of lags) counts[placeOf(lag)] = (counts[placeOf(lag)] ?? 0) + 1;
  const filled = { from, counts, longest: Math.max(present.longest, ...lags) };
  return [...recent(buckets, now).filter((bucket) => bucket.from !== from), filled];
}

const placeOf = (lag: number): number => {
  const index = lagBounds.findIndex((bound) => lag <= bound);
  return index === -1 ? lagBounds.length : index;
};

/** The last hour's changes; `undefined` when there were none. */
export function lagSummary(buckets: readonly LagBucket[], now: string): LagSummary | undefined {
  const last = recent(buckets, now);
  const counts = Array.from({ length: lagBounds.length + 1 }, (_, index) =>
    last.reduce((sum, bucket) => sum + (bucket.counts[index] ?? 0), 0),
  );
  const count = counts.reduce((sum, one) => sum + one, 0);
  if (count === 0) return undefined;
  const longest = Math.max(...last.map((bucket) => bucket.longest));
  const percentile = (part: number): number => estimateOf(counts, Math.ceil(part * count), longest);
  return { count, p50Ms: percentile(0.5), p99Ms: percentile(0.99), longestMs: longest };
}

/** The lag of a rank, the shortest first: those between two bounds are taken to be as far from each other, each so many times the one before. */
function estimateOf(counts: readonly number[], rank: number, longest: number): number {
  let below = 0;
  const index = counts.findIndex((one) => (below += one) >= rank);
  const within = counts[index] ?? 1;
  const part = (rank - (below - within)) / within;
  const most = Math.min(longest, lagBounds[index] ?? longest);
  const least = lagBounds[index - 1];
  return Math.round(least === undefined ? most * part : least * (most / least) ** part);
}
