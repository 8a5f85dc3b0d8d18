import { type OrderBook } from '../market.ts';

/** How a sandbox keeps its orders. */
interface Keeping<T> {
  /** What each of them has; what was kept without it is of another version of the demo. */
  readonly has: readonly (keyof T & string)[];
  /** All that the sandbox has of an order: plain JSON. */
  readonly read: (externalId: string) => T | undefined;
  readonly put: (externalId: string, order: T) => unknown;
}

/** A book whose orders are kept and put back as they are. */
export const bookOf = <T extends object>({ has, read, put }: Keeping<T>): OrderBook => {
  const isOrder = (kept: unknown): kept is T =>
    typeof kept === 'object' && kept !== null && has.every((name) => name in kept);
  return {
    read,
    restore: (externalId, kept) => {
      if (isOrder(kept)) put(externalId, kept);
    },
  };
};
