import { type BackorderPolicy } from '../../../shared/model/network/product.ts';
import { type Promised } from '../../../shared/model/stock/backorder.ts';
import { promiseFor } from '../../../shared/model/stock/promises.ts';
import { type Supply } from '../../../shared/model/stock/supply.ts';

/** What an order that is short of a SKU finds there. */
export interface Queue {
  /** What the pool can sell. */
  readonly ats: number;
  /** Units of the pool that orders wait for already. */
  readonly queued: number;
  /** What is to come for the pool. */
  readonly supplies: readonly Supply[];
  /** What the product allows. */
  readonly policy?: BackorderPolicy | undefined;
  /** When it is launched, if that is to come. RFC 3339. */
  readonly launch?: string | undefined;
  /** The channel has sold the units: its order waits whatever the product allows. */
  readonly soldAlready: boolean;
}

/**
 * What an order is promised whose units are not there: as far as supply goes and, of a pre-order, not before its day. Nothing when it may
 * not wait for them.
 */
export function promisedIn(queue: Queue, quantity: number): Promised | undefined {
  const { policy, queued, ats, supplies, launch, soldAlready } = queue;
  const terms = { ats, notBefore: launch };
  const promised = promiseFor({ quantity }, supplies, [{ quantity: queued }], terms);
  if (soldAlready) return promised;
  if (policy === undefined || queued + quantity > policy.limit) return undefined;
  const covered = promised.promises.reduce((sum, promise) => sum + promise.quantity, 0);
  return policy.onlyAgainstSupply && covered < quantity ? undefined : promised;
}
