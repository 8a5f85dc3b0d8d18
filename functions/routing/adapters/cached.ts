/**
 * Keeps what `read` gave for `maximumAgeMs`, for one value; those who ask at the same time share one read, and a read that failed is
 * not kept. Who finds that what is kept is not `enough` gets it read anew, once.
 */
export function cached<T>(
  read: () => Promise<T>,
  maximumAgeMs: number,
  now: () => number,
): (enough?: (value: T) => boolean) => Promise<T> {
  let kept: { readonly value: Promise<T>; readonly readAt: number } | undefined;
  const anew = (): Promise<T> => {
    const value = read();
    const mine = { value, readAt: now() };
    kept = mine;
    value.catch(() => {
      if (kept === mine) kept = undefined;
    });
    return value;
  };
  return async (enough = () => true) => {
    const seen = kept !== undefined && now() - kept.readAt < maximumAgeMs ? kept.value : anew();
    const value = await seen;
    if (enough(value)) return value;
    return kept === undefined || kept.value === seen ? anew() : kept.value;
  };
}
