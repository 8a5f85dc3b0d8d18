import { type ListingContent, type ListingPrice } from '../../../shared/contracts/network/listing-content.ts';
import { type Result } from '../../../shared/kernel/result.ts';
import { type Channel } from '../../../shared/model/network/network.ts';
import { type Offer } from './availability-connector.ts';
import { type Connection } from './connection.ts';

/** What a channel is to show of a SKU. */
export interface ListingDraft {
  readonly sku: string;
  /** The SKU of the product that it is a variant of. */
  readonly parent?: string;
  readonly content: ListingContent;
  /** Absent: the channel's price is left as it is. */
  readonly price?: ListingPrice;
  /** `hidden`: it stays there and nobody can buy it. `gone`: it is taken off. */
  readonly visibility: 'shown' | 'hidden' | 'gone';
  readonly ids: Offer['ids'];
}

/** What a channel said to a listing. */
export type ListingAnswer =
  | { readonly kind: 'live'; readonly ids?: Offer['ids'] }
  /** It looks at it: ask under this id. */
  | { readonly kind: 'pending'; readonly submission: string; readonly ids?: Offer['ids'] }
  /** In the channel's words, with the remedy where one is known. */
  | { readonly kind: 'rejected'; readonly reasons: readonly string[] };

/** How what a product is and costs reaches a channel. */
export interface ListingsConnector {
  /** The most drafts that one `publish` is given. */
  readonly batch: number;
  /** True where the channel takes new products; else it only changes what has the channel's ids already. */
  readonly creates: boolean;
  /** What the channel itself lacks to be told of products, as the end of a sentence (`give it an endpoint of kind webhook`); left out, it needs nothing. */
  readonly lacksSetting?: (channel: Channel) => string | undefined;
  /** Each draft has its answer, by SKU, or `provider-unavailable`. Safe to repeat. */
  readonly publish: (
    connection: Connection,
    drafts: readonly ListingDraft[],
  ) => Promise<ReadonlyMap<string, Result<ListingAnswer>>>;
  /** What became of a submission. */
  readonly outcome?: (
    connection: Connection,
    submission: string,
    drafts: readonly Pick<ListingDraft, 'sku' | 'ids'>[],
  ) => Promise<Result<'pending' | ReadonlyMap<string, ListingAnswer>>>;
}
