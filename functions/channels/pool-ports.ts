import { type Kit } from '../../shared/model/network/product.ts';
import { type Pool, type Share } from '../../shared/model/stock/counters.ts';

/** What pools have, of many SKUs at once, as it is now; the SKUs of a call must differ. */
export interface PoolReadings {
  /** Of some SKUs; one that the pool never had is left out. */
  of(pool: string, skus: readonly string[]): Promise<readonly Pool[]>;
  /** What a channel has of some SKUs for itself; one of which it never had any is left out. */
  shares(pool: string, channelId: string, skus: readonly string[]): Promise<readonly Share[]>;
  /** Those of some SKUs that are kits. */
  kits(skus: readonly string[]): Promise<readonly Kit[]>;
  /** SKUs of a pool and the kits that they are part of, in no order, behind a place; a page may be empty. `next` is absent with the last. */
  page(pool: string, after: string | undefined): Promise<{ readonly skus: readonly string[]; readonly next?: string }>;
}
