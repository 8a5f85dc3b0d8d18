/** What a channel allows: says of each call whether it is within. */
export interface Limit {
  /** In words, as it is documented. */
  readonly what: string;
  /** True for a call that counts against it. */
  readonly counts: (call: { readonly method: string; readonly path: string }) => boolean;
  /** Takes one; false when it is used up. */
  readonly take: (nowMs: number) => boolean;
}

type Counted = Pick<Limit, 'what' | 'counts'>;

/** A bucket that holds `burst` and fills at `perSecond`; a call takes `cost` of it. */
export function bucket(
  about: Counted,
  { perSecond, burst, cost = 1 }: { readonly perSecond: number; readonly burst: number; readonly cost?: number },
): Limit {
  let [left, at] = [burst, 0];
  return {
    ...about,
    take: (nowMs) => {
      left = Math.min(burst, left + ((nowMs - at) / 1000) * perSecond);
      at = nowMs;
      const isWithin = left >= cost;
      if (isWithin) left -= cost;
      return isWithin;
    },
  };
}

/** At most so many calls in any period of so many seconds. */
export function window(about: Counted, most: number, seconds: number): Limit {
  const taken: number[] = [];
  return {
    ...about,
    take: (nowMs) => {
      while ((taken[0] ?? nowMs) <= nowMs - seconds * 1000) taken.shift();
      const isWithin = taken.length < most;
      if (isWithin) taken.push(nowMs);
      return isWithin;
    },
  };
}
