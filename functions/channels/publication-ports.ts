import { type PublicationState } from '../../shared/contracts/network/publication-states.ts';
import { type Result } from '../../shared/kernel/result.ts';
import { type Once } from '../../shared/model/changes.ts';
import { type PriceList, type SkuPrices } from '../../shared/model/network/price-list.ts';
import { type Product } from '../../shared/model/network/product.ts';
import { type Publication } from '../../shared/model/network/publication.ts';
import { type PublicationWalk } from '../../shared/model/network/publication-walk.ts';
import { type Backlog } from './offer-ports.ts';

/** Which SKU on which channel. */
export type PublicationKey = Pick<Publication, 'channelId' | 'sku'>;

/** What is due, as the index has it: what the channel is being told of first, and what has waited longest. */
export interface DuePublications {
  readonly skus: readonly string[];
  /** When the next is due, if all that is due now is in it; absent: nothing more waits. */
  readonly next?: string;
}

/** Publications, and what they rest on. */
export interface PublicationStore {
  one(key: PublicationKey): Promise<Publication | undefined>;
  /** Many, as they are now, in any order; what is not there is left out. */
  many(keys: readonly PublicationKey[]): Promise<readonly Publication[]>;
  /** What is due at a time, `most` at most. */
  due(channelId: string, now: string, most: number): Promise<DuePublications>;
  /** Those in a state. Refusal: `invalid-request` for a cursor of another listing. */
  inState(
    channelId: string,
    state: PublicationState,
    page: { readonly cursor?: string | undefined; readonly limit: number },
  ): Promise<Result<{ readonly publications: readonly Publication[]; readonly cursor?: string }>>;
  /** How many are in a state, as the index has it. */
  count(channelId: string, state: PublicationState, most: number): Promise<Backlog>;
  /** All of a channel in the order of their SKUs, behind one of them; fewer than `most` are the last. */
  after(channelId: string, after: string | undefined, most: number): Promise<readonly Publication[]>;
  /** Whether all of a channel are, or were, looked at again. */
  walk(channelId: string): Promise<PublicationWalk | undefined>;
  products(skus: readonly string[]): Promise<readonly Product[]>;
  priceLists(): Promise<readonly PriceList[]>;
  prices(keys: readonly Pick<SkuPrices, 'priceListId' | 'sku'>[]): Promise<readonly SkuPrices[]>;
  /** The record of an earlier call under a key. */
  earlier(key: string): Promise<Once | undefined>;
}
