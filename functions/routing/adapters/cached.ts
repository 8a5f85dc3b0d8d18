/**
 * Keeps what `read` gave for `maximumAgeMs`, for one value; those who ask at the same time share one read, and a read that failed is
 * not kept.
 */
export function cached<T>(read: () => Promise<T>, maximumAgeMs: number, now: () => number): () => Promise<T> {
  let kept: { readonly value: Promise<T>; readonly readAt: number } | undefined;
  return () => {
    if (kept !== undefined && now() - kept.readAt < maximumAgeMs) return kept.value;
    const value = read();
    const mine = { value, readAt: now() };
    kept = mine;
    value.catch(() => {
      if (kept === mine) kept = undefined;
    });
    return value;
  };
}
