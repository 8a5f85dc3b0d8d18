import { type Cause, type Counter, type StockKey, type Terms } from './counters.ts';

/** One conditional write to one position, pool or share: counters to add to, and what must be so before. */
export interface StockChange {
  readonly kind: 'stock';
  readonly key: StockKey;
  readonly add: Counters;
  /** The write happens only if each of these counters is at least this much before it. */
  readonly atLeast?: Counters;
  /** The write happens only if each of these counters is at most this much before it; one that was never touched is 0. */
  readonly atMost?: Counters;
  /** The write happens only if each of these counters is exactly this before it; one that was never touched is 0. */
  readonly equals?: Counters;
  /** The write happens only on this version (0: there is no item yet): for a change that rests on counters read before. */
  readonly version?: number;
  /** The write happens only if the pool holds these terms for this channel (or none): a seller must know its buffer. */
  readonly terms?: { readonly channel: string; readonly expect?: Terms };
  /** The write happens only if the pool's terms are still these, or there are none still: no sale changes them. */
  readonly termsWere?: { readonly terms: Readonly<Record<string, Terms>> | undefined };
  /** The write happens only if no snapshot of this source that is as new or newer was applied to the position; and it keeps this one's time. */
  readonly snapshot?: { readonly source: string; readonly takenAt: string };
  /** Whether the item may come into being by this write; otherwise an unknown SKU is refused. */
  readonly mayCreate?: boolean;
  /** Kept on a position, so that a reader knows where it counts. */
  readonly pool?: string;
  /** Other attributes to keep on the item; `undefined` takes one away. */
  readonly set?: {
    readonly safetyTarget?: number | undefined;
    readonly closed?: true | undefined;
    readonly terms?: Readonly<Record<string, Terms>> | undefined;
  };
  readonly cause: Cause;
}

/** Units by counter. */
export type Counters = Readonly<Partial<Record<Counter, number>>>;

/** The attribute of a position that keeps when a source's last snapshot was taken. */
export const snapshotAttribute = (source: string): string => `snapshot:${source}`;

/** Sums must stay exact as JavaScript numbers: https://tc39.es/ecma262/#sec-number.max_safe_integer */
export const mostUnits = Number.MAX_SAFE_INTEGER;
