/** The middle value; of an even number the mean of the two in the middle. Of none: NaN. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? NaN) + (sorted[Math.ceil(middle)] ?? NaN)) / 2;
}

/**
 * The smallest value that `share` of all values do not exceed (nearest rank). Of none: NaN.
 * @param share 0 to 1, for instance 0.99
 */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? NaN;
}

/** The sum. */
export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
